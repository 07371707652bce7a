import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Alarms } from './alarms.ts';

/** Tells whoever hears of alarms that the account's month will cost more than was meant: a loop of messages shows here first. */
export class Spending extends Construct {
  constructor(scope: Construct, names: Names, { alarms }: Settings, topic: Alarms) {
    super(scope, 'Spending');
    const subscribers = [{ subscriptionType: 'SNS', address: topic.arn }];
    const at = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers,
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: names.budget,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: alarms.monthlyBudget, unit: 'USD' },
      },
      notificationsWithSubscribers: [at('ACTUAL', 80), at('FORECASTED', 100)],
    });
  }
}
