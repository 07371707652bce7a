import { Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/contracts/deployment.ts';
import { lambdaArn } from '../arns.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';
import type { HouseFunction } from './house-function.ts';

/** What schedules call. */
export const SCHEDULED = ['send-message', 'on-deadline', 'watch-clinic'] as const satisfies readonly FunctionName[];
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
    this.targetArns = {
      'send-message': arnOf('send-message'),
      'on-deadline': arnOf('on-deadline'),
      'watch-clinic': arnOf('watch-clinic'),
    };
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
    this.beat(names, deadLetters);
  }

  /** A schedule of the reminders' own group, role and dead letters: while it fires, theirs do. */
  private beat(names: Names, deadLetters: Queue) {
    const heartbeat = new CfnSchedule(this, 'Heartbeat', {
      name: names.rule('heartbeat'),
      groupName: this.group,
      scheduleExpression: 'rate(5 minutes)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.targetArns['watch-clinic'],
        roleArn: this.role.roleArn,
        input: '{}',
        // The next one comes anyway; an hour of heartbeats at once would say nothing.
        retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    heartbeat.node.addDependency(this.node.findChild('Group'));
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
