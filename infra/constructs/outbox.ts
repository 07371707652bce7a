import { Duration } from 'aws-cdk-lib';
import { EventField, type EventPattern, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as RuleTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { tableKeySchema } from '../../functions/contracts/table-keys.ts';
import { machineArn } from '../arns.ts';
import type { Names } from '../names.ts';
import type { DeadLetters } from './dead-letters.ts';
import { fixed } from './fixed.ts';
import type { HouseFunctions } from './house-functions.ts';
import type { JourneyTable } from './journey-table.ts';

export type OutboxProps = {
  readonly names: Names;
  readonly table: JourneyTable;
  readonly functions: HouseFunctions;
  readonly deadLetters: DeadLetters;
  readonly machines: readonly string[];
};

/** What keeps work moving when a process is lost: the stream retries at once, the sweep finishes, the daily round looks for gaps. */
export class Outbox extends Construct {
  private readonly props: OutboxProps;

  constructor(scope: Construct, props: OutboxProps) {
    super(scope, 'Outbox');
    this.props = props;
    this.retryFromStream();
    this.every('sweep-outbox', Schedule.rate(Duration.minutes(5)));
    // 09:00 UTC is before every clinic of the United States opens.
    this.every('reconcile-journeys', Schedule.cron({ hour: '9', minute: '0' }));
    // People come to work on full and half hours; who has had theirs today gets no second one.
    this.every('send-digests', Schedule.rate(Duration.minutes(30)));
    this.watchExecutions();
  }

  private retryFromStream() {
    const { table, functions, deadLetters } = this.props;
    const mapping = new EventSourceMapping(this, 'Stream', {
      target: functions.toCall('work-outbox').lambda,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.LATEST,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { Keys: { [tableKeySchema.sort]: { S: FilterRule.beginsWith('outbox#') } } },
        }),
      ],
      batchSize: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // By default a bad record blocks its shard for a day; the row stays pending, so the sweep takes it up again.
      retryAttempts: 5,
      maxRecordAge: Duration.hours(1),
      onFailure: new SqsDlq(deadLetters.invocations),
    });
    fixed(mapping, 'OutboxStream');
  }

  private every(name: 'sweep-outbox' | 'reconcile-journeys' | 'send-digests', schedule: Schedule) {
    this.rule(name, { schedule });
  }

  private watchExecutions() {
    const { machines, names } = this.props;
    this.rule('on-execution-ended', {
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: machines.map((name) => machineArn(this, names.machine(name))),
        },
      },
      // The event also carries the input and output: they stay behind.
      event: RuleTargetInput.fromObject({
        id: EventField.eventId,
        source: EventField.source,
        'detail-type': EventField.detailType,
        time: EventField.time,
        detail: Object.fromEntries(
          ['executionArn', 'stateMachineArn', 'name', 'status'].map((field) => [
            field,
            EventField.fromPath(`$.detail.${field}`),
          ]),
        ),
      }),
    });
  }

  private rule(
    name: 'sweep-outbox' | 'reconcile-journeys' | 'send-digests' | 'on-execution-ended',
    when: { readonly schedule?: Schedule; readonly eventPattern?: EventPattern; readonly event?: RuleTargetInput },
  ) {
    const { names, functions, deadLetters } = this.props;
    const { event, ...trigger } = when;
    const rule = new Rule(this, name, {
      ruleName: names.rule(name),
      ...trigger,
      targets: [
        new RuleTarget(functions.toCall(name).lambda, {
          deadLetterQueue: deadLetters.events,
          ...(event === undefined ? {} : { event }),
        }),
      ],
    });
    fixed(rule, `${name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Rule`);
  }
}
