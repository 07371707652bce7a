import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import type { MachineName } from '../functions/contracts/deployment.ts';
import type { HouseAlarm } from './constructs/alarms.ts';
import type { DeadLetters } from './constructs/dead-letters.ts';
import type { HouseFunctions } from './constructs/house-functions.ts';
import type { JourneyTable } from './constructs/journey-table.ts';
import type { Workflow } from './constructs/workflow.ts';
import type { Names } from './names.ts';

const MINUTES_5 = Duration.minutes(5);

/** What it means for the patient when an execution of each machine dies. */
const stopped: Readonly<Record<MachineName, string>> = {
  intake: 'A person who asked for treatment gets no further and hears nothing.',
  cycle: "A patient's next dose and its integration are not booked.",
  'dosing-day': 'A patient is in the clinic for a dose and its checks are no longer asked for.',
  completion: 'A patient who finished gets no follow-up and no continuing care.',
  appointment: 'An appointment is no longer confirmed, and a no-show would not be noticed.',
  'staff-task': 'Something that a patient needs from a person is no longer chased.',
  'partner-handoff': 'A patient waits for a therapist who is no longer being asked.',
  'safety-event': 'An adverse event or a crisis may have nobody who answers for it. Act at once.',
};

const perFiveMinutes = { period: MINUTES_5, statistic: Stats.SUM };

/** One alarm for each machine: failed, timed out or stopped by hand, none of which a design allows. */
export const machineAlarms = (machines: ReadonlyMap<MachineName, Workflow>): readonly HouseAlarm[] =>
  [...machines].map(([name, { machine }]) => ({
    name: `${name}-executions-failed`,
    meansForThePatient: stopped[name],
    runbook: 'an-execution-failed',
    metric: new MathExpression({
      expression: 'failed + timedOut + aborted',
      period: MINUTES_5,
      usingMetrics: {
        failed: machine.metricFailed(perFiveMinutes),
        timedOut: machine.metricTimedOut(perFiveMinutes),
        aborted: machine.metricAborted(perFiveMinutes),
      },
    }),
    threshold: 1,
  }));

/** Anything in a dead-letter queue is something that was meant for a patient and did not happen. */
export const deadLetterAlarms = ({ schedules, events, invocations }: DeadLetters): readonly HouseAlarm[] =>
  [
    {
      queue: schedules,
      name: 'undelivered-schedules',
      meansForThePatient: 'A reminder did not go out when it was due.',
    },
    {
      queue: events,
      name: 'undelivered-events',
      meansForThePatient: 'It is unknown whether a message reached the patient.',
    },
    {
      queue: invocations,
      name: 'failed-invocations',
      meansForThePatient: 'A message, a booking or the next step of a journey is late and waits for the sweep.',
    },
  ].map(({ queue, ...alarm }) => ({
    ...alarm,
    runbook: 'dead-letters',
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: MINUTES_5, statistic: Stats.MAXIMUM }),
    threshold: 1,
  }));

/** One alarm for each function that fails, and one for all that are throttled. */
export const functionAlarms = ({ all }: HouseFunctions): readonly HouseAlarm[] => [
  ...[...all].map(
    ([name, { lambda }]): HouseAlarm => ({
      name: `${name}-errors`,
      meansForThePatient: `What "${name}" does for a patient is late, and becomes a task for a person when it keeps failing.`,
      runbook: 'a-function-fails',
      metric: lambda.metricErrors(perFiveMinutes),
      threshold: 1,
    }),
  ),
  {
    name: 'functions-throttled',
    meansForThePatient: 'Everything for every patient is late: the account is at its limit of concurrent functions.',
    runbook: 'throttled',
    metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', ...perFiveMinutes }),
    threshold: 1,
    periods: 2,
  },
];

const OPERATIONS = [Operation.GET_ITEM, Operation.QUERY, Operation.TRANSACT_WRITE_ITEMS];

/** The table is everything that is known of a journey: without it nothing moves. */
export const tableAlarms = ({ table }: JourneyTable): readonly HouseAlarm[] => [
  {
    name: 'table-system-errors',
    meansForThePatient: "No patient's journey moves and no decision of a clinician can be written.",
    runbook: 'the-table-fails',
    metric: table.metricSystemErrorsForOperations({ operations: OPERATIONS, period: MINUTES_5 }),
    threshold: 1,
    periods: 2,
  },
  {
    name: 'table-throttled',
    meansForThePatient: 'Steps of journeys are late, because the table takes no more reads or writes.',
    runbook: 'throttled',
    metric: table.metricThrottledRequestsForOperations({ operations: OPERATIONS, period: MINUTES_5 }),
    threshold: 1,
    periods: 2,
  },
];

/** The heartbeat: the sweep runs every five minutes, day and night, so silence is a failure of its own. */
export const heartbeatAlarms = (functions: HouseFunctions, names: Names): readonly HouseAlarm[] => {
  const sweep = functions.of('sweep-outbox').lambda;
  return [
    {
      name: 'reminders-stopped',
      meansForThePatient: 'Reminders, bookings and safety messages that fell out are no longer picked up again.',
      runbook: 'reminders-stopped',
      metric: sweep.metricInvocations(perFiveMinutes),
      threshold: 1,
      below: true,
      periods: 3,
    },
    {
      name: 'schedules-dropped',
      meansForThePatient: 'A reminder was given up after its last attempt.',
      runbook: 'reminders-stopped',
      metric: new Metric({
        namespace: 'AWS/Scheduler',
        metricName: 'InvocationDroppedCount',
        dimensionsMap: { ScheduleGroup: names.scheduleGroup },
        ...perFiveMinutes,
      }),
      threshold: 1,
    },
  ];
};
