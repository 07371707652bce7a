import { minus } from '../../functions/domain/time/instants.ts';
import { claimOf } from './reminders.ts';
import { allOf, groupedBy, type Invariant, type Of, type World } from './world.ts';

const order = ({ entries, scenario }: World): string[] => [
  ...entries.flatMap((entry, n) => {
    const previous = entries[n - 1];
    return previous !== undefined && entry.at < previous.at
      ? [`a ${entry.kind} entry of ${entry.at} stands after ${previous.at}`]
      : [];
  }),
  ...entries
    .filter(({ at }) => at < scenario.start)
    .map(({ kind, at }) => `a ${kind} entry of ${at} is before the request`),
];

const ofTask = ([id, events]: [string, Of<'task'>[]]): string[] => {
  const opened = events.find(({ event }) => event === 'opened');
  const [first] = events;
  if (opened === undefined)
    return first?.event === 'superseded' ? [] : [`task ${id} was ${first?.event} and never opened`];
  return [
    ...(first === opened ? [] : [`task ${id} was ${first?.event} before it opened`]),
    ...(opened.dueAt !== undefined && opened.dueAt < opened.at
      ? [`task ${id} was due at ${opened.dueAt}, before it opened`]
      : []),
  ];
};

/** A message is delivered after it was sent, and sent after it was planned, where that is told at all. */
const ofMessage = ([claim, told]: [string, Of<'message'>[]]): string[] => {
  const first = (wanted: string) => told.findIndex(({ event }) => event === wanted);
  const [planned, sent] = [first('planned'), first('sent')];
  return told.flatMap(({ event }, n) => {
    if (event === 'delivered' && (sent < 0 || sent > n)) return [`${claim} was delivered before it was sent`];
    return event === 'sent' && planned > n ? [`${claim} was sent before it was planned`] : [];
  });
};

/** Bookings lie ahead; what happened at an appointment happened at its time (a check-in may be an hour early). */
const ofAppointment = (appointment: Of<'appointment'>): string[] => {
  const { id, event, at, startsAt, endsAt } = appointment;
  if (endsAt <= startsAt) return [`appointment ${id} ends at ${endsAt}, before it starts`];
  if ((event === 'booked' || event === 'moved') && startsAt < at)
    return [`appointment ${id} was ${event} into the past`];
  const early = event === 'checked-in' ? minus(startsAt, 'PT1H') : startsAt;
  const happened =
    event === 'checked-in' || event === 'started' || event === 'ended' || event === 'attended' || event === 'no-show';
  return happened && at < early ? [`appointment ${id} was ${event} before ${early}`] : [];
};

const ofDose = (world: World, { cycle, event, at }: Of<'dose'>): string[] => {
  const started = allOf(world.entries, 'dose').find((each) => each.cycle === cycle && each.event === 'started');
  if (started === undefined) return [`dose ${cycle} was ${event} and never started`];
  return at < started.at ? [`dose ${cycle} was ${event} before it started`] : [];
};

/** 12: nothing is sent, booked or due before its cause. */
export const forward: Invariant = {
  id: 12,
  title: 'Time runs forward',
  violations: (world) => [
    ...order(world),
    ...[...groupedBy(allOf(world.entries, 'task'), ({ id }) => id)].flatMap(ofTask),
    ...[...groupedBy(allOf(world.entries, 'message'), claimOf)].flatMap(ofMessage),
    ...allOf(world.entries, 'appointment').flatMap(ofAppointment),
    ...allOf(world.entries, 'dose').flatMap((dose) => ofDose(world, dose)),
    ...world.executions.flatMap(({ name, startedAt, endedAt }) =>
      endedAt !== undefined && endedAt < startedAt ? [`execution ${name} ended before it started`] : [],
    ),
  ],
};
