import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import { fixed } from './fixed.ts';

/** Sections of docs/runbook.md that say what to do; a test holds the two to each other. */
export const runbookSections = [
  'an-execution-failed',
  'dead-letters',
  'a-function-fails',
  'throttled',
  'the-table-fails',
  'reminders-stopped',
  'overdue-without-an-owner',
  'a-safety-page-is-not-acknowledged',
  'sends-fail',
  'the-api-fails',
  'tokens-are-refused',
] as const;

export type HouseAlarm = {
  /** In kebab case, unique; the alarm is `<stage>-<name>`. */
  readonly name: string;
  /** What the failure does to a patient, in one sentence. */
  readonly meansForThePatient: string;
  readonly runbook: (typeof runbookSections)[number];
  readonly metric: IMetric;
  /** Rings at this value or above; `below` rings under it, and when nothing is measured at all. */
  readonly threshold: number;
  readonly below?: boolean;
  /** Of so many periods of the metric in a row; one unless told. */
  readonly periods?: number;
};

/** Every alarm says what its failure does to a patient and where the runbook goes on, and tells the same topic. */
export class Alarms extends Construct {
  private readonly topic: Topic;
  private readonly names: Names;

  constructor(scope: Construct, names: Names, { alarms }: Settings, masterKey: Key) {
    super(scope, 'Alarms');
    this.names = names;
    this.topic = new Topic(this, 'Topic', { topicName: names.alarms, masterKey, enforceSSL: true });
    fixed(this.topic, 'AlarmTopic');
    for (const service of ['cloudwatch', 'budgets'])
      this.topic.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
          actions: ['sns:Publish'],
          resources: [this.topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
        }),
      );
    for (const email of alarms.emails) this.topic.addSubscription(new EmailSubscription(email));
  }

  get arn(): string {
    return this.topic.topicArn;
  }

  add({ name, meansForThePatient, runbook, metric, threshold, below = false, periods = 1 }: HouseAlarm): void {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.names.stage}-${name}`,
      alarmDescription: `${meansForThePatient} What to do: docs/runbook.md#${runbook}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
