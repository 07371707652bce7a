import { atLocal, localDate } from '../../functions/domain/time/local.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import { allOf, before, groupedBy, type Invariant, type Of, type World, zoneOf } from './world.ts';

type Message = Of<'message'>;

/** What a message is known by: claiming this is what makes a second sending impossible. */
export const claimOf = ({ person, message, occurrence, revision, attempt }: Message): string =>
  `${message} ${occurrence} to ${person} (revision ${revision}, attempt ${attempt})`;

const toThePatient = ({ to }: Message): boolean => to === 'patient' || to === 'chaperone';
const atAnyHour = ({ message }: Message): boolean =>
  message === 'crisis-information' || message === 'stop-confirmation';

const twice = (sent: readonly Message[]): string[] =>
  [
    ...groupedBy(
      sent.filter((each) => each.class === 'reminder' || each.class === 'care'),
      claimOf,
    ),
  ].flatMap(([claim, all]) => (all.length > 1 ? [`${claim} was sent ${all.length} times`] : []));

const stopped = (history: readonly TimelineEntry[]): boolean =>
  allOf(history, 'command').findLast(
    ({ command, accepted }) => accepted && (command === 'stop-messages' || command === 'start-messages'),
  )?.command === 'stop-messages';

/** The consent for a channel, and STOP, which ends every text but the one that confirms it. */
const unwanted = (message: Message, world: World): string[] => {
  if (message.to !== 'patient' || message.channel === 'call') return [];
  const { consents } = world.scenario.patient;
  if (!consents[message.channel]) return [`${claimOf(message)} went by ${message.channel} without consent`];
  if (message.channel !== 'sms' || message.message === 'stop-confirmation') return [];
  return stopped(before(world.entries, message)) ? [`${claimOf(message)} went by SMS after STOP`] : [];
};

const outOfHours = (message: Message, world: World): string[] => {
  const { sending } = world.scenario.clinic;
  if (sending === null || !toThePatient(message) || message.channel === 'call' || atAnyHour(message)) return [];
  const zone = zoneOf(world, message.at);
  const [opens, closes] = sending.map((time) => atLocal(localDate(message.at, zone), time, zone));
  const inside = opens !== undefined && closes !== undefined && message.at >= opens && message.at < closes;
  return inside ? [] : [`${claimOf(message)} was sent at ${message.local}, outside ${sending.join(' to ')}`];
};

/** A reminder speaks of an appointment as it was when the reminder was planned. */
const outdated = (message: Message, world: World): string[] => {
  const { appointmentId: id } = message;
  if (id === undefined || (message.class !== 'reminder' && message.message !== 'booking-confirmation')) return [];
  const history = before(world.entries, message);
  const last = allOf(history, 'appointment').findLast((each) => each.id === id);
  if (last === undefined) return [`${claimOf(message)} is about appointment ${id}, which does not exist`];
  if (last.event === 'cancelled' || last.event === 'no-show')
    return [`${claimOf(message)} is about ${id}, which was ${last.event}`];
  const planned = allOf(history, 'message').find(
    (each) => each.event === 'planned' && claimOf(each) === claimOf(message),
  );
  const moved =
    planned &&
    allOf(history.slice(history.indexOf(planned)), 'appointment').some(
      (each) => each.id === id && each.event === 'moved',
    );
  return moved ? [`${claimOf(message)} speaks of a time from which ${id} was moved`] : [];
};

/** 3: reminders come once, to those who want them, in their hours, for what still stands. */
export const reminders: Invariant = {
  id: 3,
  title: 'Messages come once, when wanted, in sending hours, for what still stands',
  violations: (world) => {
    const sent = allOf(world.entries, 'message').filter(({ event }) => event === 'sent');
    return [
      ...twice(sent),
      ...sent.flatMap((message) => [
        ...unwanted(message, world),
        ...outOfHours(message, world),
        ...outdated(message, world),
      ]),
    ];
  },
};
