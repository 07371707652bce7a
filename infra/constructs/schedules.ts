import { Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/contracts/deployment.ts';
import { lambdaArn } from '../arns.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

/** What schedules call. */
export const SCHEDULED = ['send-message', 'on-deadline'] as const satisfies readonly FunctionName[];
type Scheduled = (typeof SCHEDULED)[number];

/** One group for all one-time reminders, and the role that lets EventBridge Scheduler call what they are for and nothing else. */
export class Schedules extends Construct {
  readonly group: string;
  readonly role: Role;
  /** The functions behind the schedules; their ARNs are built from their names, because one of them needs this role's ARN. */
  readonly targetArns: Readonly<Record<Scheduled, string>>;

  constructor(scope: Construct, names: Names, deadLetters: Queue, key: Key) {
    super(scope, 'Schedules');
    this.group = names.scheduleGroup;
    fixed(new ScheduleGroup(this, 'Group', { scheduleGroupName: this.group }), 'ReminderGroup');
    const arnOf = (name: Scheduled) => lambdaArn(this, names.function(name));
    this.targetArns = { 'send-message': arnOf('send-message'), 'on-deadline': arnOf('on-deadline') };
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: names.scheduleRole,
      statements: [
        allow(['lambda:InvokeFunction'], ...SCHEDULED.map((name) => this.targetArns[name])),
        allow(['sqs:SendMessage'], deadLetters.queueArn),
        allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn),
      ],
    });
    fixed(policy, 'SchedulerPolicy');
    this.role = new Role(this, 'Role', {
      roleName: names.scheduleRole,
      managedPolicies: [policy],
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': this.groupArn },
        },
      }),
    });
    fixed(this.role, 'SchedulerRole');
  }

  /** Says that the target is the function it was named after: another would never be called. */
  call({ name }: HouseFunction) {
    if (!SCHEDULED.some((each) => each === name))
      throw new Error(`Schedules call ${SCHEDULED.join(', ')}, not ${name}`);
  }

  get groupArn(): string {
    return Stack.of(this).formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: this.group });
  }

  /** Every schedule of the group: their names are made at run time. */
  get scheduleArns(): string {
    return Stack.of(this).formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${this.group}/*` });
  }
}

const allow = (actions: string[], ...resources: string[]) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources });
