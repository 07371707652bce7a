import type { Result } from '../rehearsal/result.ts';
import type { TimelineEntry } from '../rehearsal/timeline.ts';
import type { Trouble } from './trouble.ts';

type Message = Extract<TimelineEntry, { kind: 'message' }>;

/** Numbers that change places when two things of one instant are done the other way round. */
const NUMBERS: ReadonlySet<string> = new Set(['ordinal', 'id', 'occurrence', 'appointmentId', 'pairedWith']);

const TIMES: ReadonlySet<string> = new Set(['at', 'local', 'dueAt']);

/** The outcome waits until nothing is on its way: ten minutes more where a sender died over the last message. */
const waitsForMessages = (entry: TimelineEntry): boolean =>
  entry.kind === 'outcome' || (entry.kind === 'phase' && entry.event === 'left');

/** A call because a message did not arrive is asked for when that is known: later too, where a sender died over it. */
const isCallAboutMessage = (entry: TimelineEntry): boolean =>
  entry.kind === 'task' && /^call-patient-.+-\d+-\d+-\d+-\d+$/.test(entry.id);

const wholly = (entry: TimelineEntry): string => {
  const comesLater = waitsForMessages(entry) || isCallAboutMessage(entry);
  const isLeftOut = (key: string) => NUMBERS.has(key) || (comesLater && TIMES.has(key));
  return JSON.stringify(Object.fromEntries(Object.entries(entry).filter(([key]) => !isLeftOut(key))));
};

/** What happened, without when: a dose that ends a minute later has its integration moved, and somebody asks for something just too late. */
const inSubstance = (entry: TimelineEntry): string | undefined => {
  if (entry.kind === 'phase') return `${entry.phase} ${entry.event}`;
  if (entry.kind === 'dose') return `dose ${entry.cycle} ${entry.event}`;
  // A dose that ends on the other side of a weekend has its integration after it is overdue: somebody may have waived it by then.
  if (entry.kind !== 'debt' || entry.event === 'overdue') return undefined;
  return `debt ${entry.cycle} ${entry.event === 'owed' ? 'owed' : 'closed'}`;
};

/** Who answers at the very instant of a reminder may come before it or after it. */
const isReminderOfTask = (entry: TimelineEntry): boolean => entry.kind === 'task' && entry.event === 'nudged';

/** Tasks that were taken back at the very instant at which they opened: done the other way round, they would not have opened. */
const fleeting = (entries: readonly TimelineEntry[]): ReadonlySet<string> => {
  const opened = new Map<string, string>();
  return new Set(
    entries.flatMap((entry) => {
      if (entry.kind !== 'task') return [];
      if (entry.event === 'opened') opened.set(entry.id, entry.at);
      return entry.event === 'superseded' && opened.get(entry.id) === entry.at ? [entry.id] : [];
    }),
  );
};

/** A gate that is asked twice at one instant tells twice what it found. */
const told = (entries: readonly TimelineEntry[]): string[] => {
  const looks = new Set<string>();
  const gone = fleeting(entries);
  return entries.flatMap((entry) => {
    if (entry.kind === 'message' || isReminderOfTask(entry)) return [];
    if (entry.kind === 'task' && gone.has(entry.id)) return [];
    const text = wholly(entry);
    if (entry.kind !== 'gate') return [text];
    if (looks.has(text)) return [];
    looks.add(text);
    return [text];
  });
};

/** What says how things stand at that moment. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['nudge', 'escalation', 'digest']);

const isSent = (entry: TimelineEntry): entry is Message =>
  entry.kind === 'message' && entry.event === 'sent' && !OF_THE_MOMENT.has(entry.message);
/** Forms that open at one instant are asked for by one request or by two, as one is nudged before the other opens or after. */
const isAtLeastOnce = ({ class: kind, message }: Message): boolean =>
  kind === 'safety' || kind === 'task' || message === 'form-request';
/**
 * One request asks for all forms of its moment, and names the time of the one that opened first. When a task is due is compared where it
 * opens: a call that was asked for later is due later.
 */
const saidBy = ({ message, text = '' }: Message): string => {
  if (message === 'form-request') return '';
  const said = text.replaceAll(/-t\d+/g, '');
  return message === 'task' ? said.replaceAll(/ Due [^.]*\./g, '') : said;
};
const wordsOf = (message: Message): string =>
  [message.message, message.person, message.channel, message.attempt, saidBy(message)].join(' ');

/**
 * Messages of which nobody knows whether they were sent, because their sender died over them: at most once, they are not sent again, by
 * no channel. And those that came too late because it died before.
 */
const unsaid = (entries: readonly TimelineEntry[]): ReadonlySet<string> =>
  new Set(
    entries.flatMap((entry) => {
      if (entry.kind !== 'message') return [];
      const isUnknown = entry.event === 'failed' && entry.reason === 'sending-unknown';
      const isLate = entry.event === 'skipped' && entry.reason === 'too-late';
      return isUnknown || isLate ? [`${entry.message} ${entry.person}`] : [];
    }),
  );

/** Calls about such a message: where it is known that nothing arrived, somebody calls; where nobody knows, nobody does. */
const isCallAbout =
  (but: ReadonlySet<string>) =>
  (entry: TimelineEntry): boolean =>
    entry.kind === 'task' &&
    entry.task === 'call-patient' &&
    [...but].some((message) => entry.id.startsWith(`call-patient-${message.replace(' ', '-')}-`));

/** The timeline without such calls, and without what tells of them. */
const withoutCallsAbout = (but: ReadonlySet<string>, entries: readonly TimelineEntry[]): TimelineEntry[] => {
  const isCall = isCallAbout(but);
  // Another call may open at the same instant: as many are left out as there are such calls.
  const opened = new Map<string, number>();
  for (const entry of entries)
    if (isCall(entry) && entry.kind === 'task' && entry.event === 'opened')
      opened.set(entry.at, (opened.get(entry.at) ?? 0) + 1);
  const isTelling = ({ at }: Message): boolean => {
    const left = opened.get(at) ?? 0;
    opened.set(at, left - 1);
    return left > 0;
  };
  const numberOf = ({ message, person, occurrence }: Message): string => `${message} ${person} ${occurrence}`;
  const telling = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'message' && entry.message === 'task' && entry.event === 'planned' && isTelling(entry)
        ? [numberOf(entry)]
        : [],
    ),
  );
  return entries.filter((entry) => !isCall(entry) && !(entry.kind === 'message' && telling.has(numberOf(entry))));
};

const sent = (entries: readonly TimelineEntry[], but: ReadonlySet<string>): string[] => {
  const messages = entries.filter(isSent).filter(({ message, person }) => !but.has(`${message} ${person}`));
  const once = new Set(messages.filter(isAtLeastOnce).map(wordsOf));
  return [...once, ...messages.filter((message) => !isAtLeastOnce(message)).map(wordsOf)];
};

/** What of one list is missing from another, each as often as it is. */
const missing = (from: readonly string[], list: readonly string[]): string[] => {
  const left = new Map<string, number>();
  for (const each of from) left.set(each, (left.get(each) ?? 0) + 1);
  return list.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
};

const differences = (what: string, before: readonly string[], after: readonly string[]): string[] => [
  ...missing(after, before).map((each) => `${what} only without trouble: ${each}`),
  ...missing(before, after).map((each) => `${what} only with it: ${each}`),
];

const substance = (entries: readonly TimelineEntry[]): string[] => entries.flatMap((entry) => inSubstance(entry) ?? []);

/** A dose of a clinic that orders each one in the last minute of its day is given, or too late for the fourth time, by that minute alone. */
const wasTooLate = ({ outcome }: Result): boolean => outcome?.reason?.startsWith('too late for the day') ?? false;

/**
 * What is otherwise in a journey on which things happened twice, late or last than in the same journey without: its outcome, its
 * timeline, its messages. Where things came late their times may move, and only what happened is compared.
 */
export const unlike = (without: Result, troubled: Result, { late }: Pick<Trouble, 'late'>): string[] => {
  if (late > 0 && (wasTooLate(without) || wasTooLate(troubled))) return [];
  const [a, b] = [without, troubled].map(({ outcome }) => `${outcome?.kind}: ${outcome?.reason}`);
  const outcomes = a === b ? [] : [`outcome ${b}, without trouble ${a}`];
  if (late > 0)
    return [...outcomes, ...differences('happened', substance(without.entries), substance(troubled.entries))];
  const but = unsaid(troubled.entries);
  const [before, after] = [withoutCallsAbout(but, without.entries), withoutCallsAbout(but, troubled.entries)];
  return [
    ...outcomes,
    ...differences('timeline', told(before), told(after)),
    ...differences('sent', sent(before, but), sent(after, but)),
  ];
};
