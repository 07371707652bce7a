import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Operation, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { MachineName } from '../functions/contracts/deployment.ts';
import { METRICS_NAMESPACE, type Metric as Measure } from '../functions/contracts/watching.ts';
import type { HouseAlarm } from './constructs/alarms.ts';
import type { DeadLetters } from './constructs/dead-letters.ts';
import type { HouseFunctions } from './constructs/house-functions.ts';
import type { COUNTED } from './constructs/public-api.ts';
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

export const perFiveMinutes = { period: MINUTES_5, statistic: Stats.SUM };

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
export const deadLetterAlarms = ({
  schedules,
  events,
  invocations,
  unreadable,
  webhooks,
}: DeadLetters): readonly HouseAlarm[] =>
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
    {
      queue: unreadable,
      name: 'unreadable-items',
      meansForThePatient: 'Something that was to follow for a patient will not happen until somebody reads it.',
    },
    {
      queue: webhooks,
      name: 'undelivered-webhooks',
      meansForThePatient:
        'Another system of the clinic was not told what happened to a patient, and goes on as if it had not.',
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
    meansForThePatient:
      'Steps, answers or messages of many patients are late: functions are at the limit of the account, or at their own.',
    runbook: 'throttled',
    metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', ...perFiveMinutes }),
    threshold: 1,
    periods: 2,
  },
];

const OPERATIONS = [Operation.GET_ITEM, Operation.QUERY, Operation.TRANSACT_WRITE_ITEMS];

/** What rings for a table that answers with errors, or takes no more: what each means for a patient. */
const alarmsOf = (
  table: Table,
  name: string,
  means: { readonly failing: string; readonly throttled: string },
): readonly HouseAlarm[] => [
  {
    name: `${name}-system-errors`,
    meansForThePatient: means.failing,
    runbook: 'the-table-fails',
    metric: table.metricSystemErrorsForOperations({ operations: OPERATIONS, period: MINUTES_5 }),
    threshold: 1,
    periods: 2,
  },
  {
    name: `${name}-throttled`,
    meansForThePatient: means.throttled,
    runbook: 'throttled',
    metric: table.metricThrottledRequestsForOperations({ operations: OPERATIONS, period: MINUTES_5 }),
    threshold: 1,
    periods: 2,
  },
];

/** The table is everything that is known of a journey: without it nothing moves. */
export const tableAlarms = (table: Table): readonly HouseAlarm[] =>
  alarmsOf(table, 'table', {
    failing: "No patient's journey moves and no decision of a clinician can be written.",
    throttled: 'Steps of journeys are late, because the table takes no more reads or writes.',
  });

/** No journey waits for a note: only therapists notice. */
export const notesAlarms = (table: Table): readonly HouseAlarm[] =>
  alarmsOf(table, 'notes-table', {
    failing: 'No journey is held up, but therapists cannot write or read what was said in a session.',
    throttled: 'No journey is held up, but notes of therapists are slow or refused.',
  });

/** What the functions measure of this stage; nothing measured is no news here, the heartbeat says when they fall silent. */
export const measured = ({ stage }: Names, metricName: Measure | keyof typeof COUNTED, statistic: string) =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { Stage: stage },
    period: MINUTES_5,
    statistic,
  });

/** The heartbeat comes the way of the reminders, the sweep runs every five minutes, day and night: silence is a failure of its own. */
export const heartbeatAlarms = (functions: HouseFunctions, names: Names): readonly HouseAlarm[] => [
  {
    name: 'reminders-stopped',
    meansForThePatient: 'Schedules no longer fire: patients get no reminders and deadlines pass unnoticed.',
    runbook: 'reminders-stopped',
    metric: functions.of('watch-clinic').lambda.metricInvocations(perFiveMinutes),
    threshold: 1,
    below: true,
    periods: 3,
  },
  {
    name: 'sweep-stopped',
    meansForThePatient: 'Reminders, bookings and safety messages that fell out are no longer picked up again.',
    runbook: 'reminders-stopped',
    metric: functions.of('sweep-outbox').lambda.metricInvocations(perFiveMinutes),
    threshold: 1,
    below: true,
    periods: 3,
  },
  {
    name: 'outbox-stands-still',
    meansForThePatient: 'A message, a booking or the next step of a journey has been waiting for 30 minutes.',
    runbook: 'reminders-stopped',
    metric: measured(names, 'OldestOutboxItem', Stats.MAXIMUM),
    threshold: 1800,
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

/** What only people can put right, and what their patients feel until then. */
export const peopleAlarms = (names: Names): readonly HouseAlarm[] => [
  {
    name: 'safety-page-not-acknowledged',
    meansForThePatient:
      'A person in a crisis, or with an adverse event, has nobody who answered the page. Telephone now.',
    runbook: 'a-safety-page-is-not-acknowledged',
    metric: measured(names, 'UnacknowledgedPages', Stats.MAXIMUM),
    threshold: 1,
  },
  {
    name: 'tasks-overdue-without-an-owner',
    meansForThePatient: 'Patients wait for an answer, a booking or a clearance that nobody has taken on.',
    runbook: 'overdue-without-an-owner',
    metric: measured(names, 'OverdueTasks', Stats.MAXIMUM),
    threshold: 1,
    // Half an hour, so that whoever is just writing the answer is not rung for.
    periods: 6,
  },
  {
    name: 'sends-failing',
    meansForThePatient:
      'E-mails or texts do not arrive: patients miss reminders, and safety messages go by telephone instead.',
    runbook: 'sends-fail',
    metric: measured(names, 'FailedSends', Stats.SUM),
    // One wrong number is a task for the coordinator already; five in five minutes are the channel itself.
    threshold: 5,
  },
];
