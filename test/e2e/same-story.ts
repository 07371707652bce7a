import type { TimelineEntry } from '../../local/rehearsal/timeline.ts';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const isInstant = (value: unknown): boolean => typeof value === 'string' && value.replace(INSTANT, '') === '';

/** What a text says, but for the times and references in it. */
const wording = (text: string): string =>
  text
    .replaceAll(/j[0-9a-z]{7,}(-t\d+)?/g, '<reference>')
    .replaceAll(/\b[A-Z][a-z]{2}, [A-Z][a-z]{2} \d{1,2}(, \d{1,2}:\d\d [AP]M)?/g, '<date>')
    .replaceAll(/\d{1,2}:\d\d(:\d\d)?( [AP]M)?/g, '<time>');

/** Which of those that open at once comes first numbers them, so that the number of one says nothing. */
const NUMBERED = new Set(['task', 'message']);

/** An entry as a line of text without its times, and without the references that each run makes for itself. */
const told = ({ at: _at, local: _local, ...entry }: TimelineEntry): string =>
  JSON.stringify(entry, (key, value: unknown) => {
    if (isInstant(value)) return '<instant>';
    if (key === 'occurrence' && NUMBERED.has(entry.kind)) return undefined;
    return key === 'text' && typeof value === 'string' ? wording(value) : value;
  });

/** What an entry belongs to: one task, appointment, message, dose or the like, whose entries follow from one another. */
const subjectOf = (entry: TimelineEntry): string => {
  switch (entry.kind) {
    case 'task':
    case 'safety':
      return `${entry.kind} ${entry.id}`;
    case 'appointment':
      return `${entry.appointment} ${entry.occurrence}`;
    case 'message':
      return `message ${entry.message} to ${entry.person} ${entry.occurrence}.${entry.revision}.${entry.attempt}`;
    case 'handoff':
      return `handoff ${entry.partner}`;
    case 'measure':
      return `measure ${entry.measure}`;
    case 'billing':
      return `billing ${entry.step}`;
    case 'command':
      return `command ${entry.command}`;
    case 'hold':
      return `hold ${entry.reason}`;
    default:
      // Phases, gates, doses, debts and the outcome come one after the other.
      return 'the journey';
  }
};

/** What became of each subject, in order, as one text. */
const stories = (entries: readonly TimelineEntry[]): string[] => {
  const lines = new Map<string, string[]>();
  for (const entry of entries) {
    const subject = subjectOf(entry);
    lines.set(subject, [...(lines.get(subject) ?? []), told(entry)]);
  }
  return [...lines.values()].map((story) => story.join('\n    '));
};

/** How many tasks and messages of each kind there were. */
const numbers = (entries: readonly TimelineEntry[]): string[] => [
  ...new Set(
    entries.flatMap((entry) => {
      if (entry.kind === 'task') return [`${entry.task} ${entry.occurrence}`];
      return entry.kind === 'message' ? [`${entry.message} ${entry.occurrence} to ${entry.person}`] : [];
    }),
  ),
];

/** What of one list has no equal in the other, each as often as it is missing there. */
const only = (list: readonly string[], other: readonly string[]): string[] => {
  const left = [...other];
  return list.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/**
 * Where two timelines of one scenario differ: what became of each task, appointment, message and of the journey itself is the same,
 * entry by entry and in the same order, but for times, references and which of those that came at once was first.
 */
export const differences = (rehearsed: readonly TimelineEntry[], deployed: readonly TimelineEntry[]): string[] =>
  [stories, numbers].flatMap((view) => [
    ...only(view(rehearsed), view(deployed)).map((story) => `rehearsed only: ${story}`),
    ...only(view(deployed), view(rehearsed)).map((story) => `deployed only: ${story}`),
  ]);
