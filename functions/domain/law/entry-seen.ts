import type { Entry } from '../journey/entry.ts';
import { COMMANDS, type CommandName, keysOf } from '../names.ts';

/** Which part of the record a kind of entry belongs to (confidentiality.json); a measure is its instrument's own part. */
const PART = {
  phase: 'journey',
  handoff: 'journey',
  therapist: 'journey',
  program: 'journey',
  replay: 'journey',
  task: 'work',
  command: 'work',
  appointment: 'appointments',
  message: 'messages',
  billing: 'billing',
  dose: 'session-times',
  debt: 'session-times',
  gate: 'results',
  screening: 'fact-sheet',
  hold: 'fact-sheet',
  safety: 'adverse-event-notes',
  outcome: 'integration-record',
  read: 'access',
} as const satisfies Record<Exclude<Entry['kind'], 'measure'>, string>;

/** The part of the record that an entry of the timeline belongs to. */
export const partOf = (entry: Entry): string => (entry.kind === 'measure' ? entry.measure : PART[entry.kind]);

/** What a task was answered, and what it is about: of the same class as a record of the session. */
export const ANSWERS = 'integration-record';

/** Commands whose very name says something clinical. */
const CLINICAL: ReadonlySet<CommandName> = new Set(
  keysOf(COMMANDS).filter((name) => /^(report|new|override)-/.test(name)),
);

/** What somebody may see of an entry: all of it, all but what is clinical in it, or (undefined) nothing. */
export const entrySeen = (entry: Entry, seesPart: (part: string) => boolean): object | undefined => {
  if (!seesPart(partOf(entry))) return undefined;
  if (seesPart(ANSWERS)) return entry;
  if (entry.kind === 'task') {
    const { id: _id, answer: _answer, reason: _reason, ...seen } = entry;
    return seen;
  }
  if (entry.kind === 'command') {
    const { reason: _reason, ...seen } = entry;
    return CLINICAL.has(entry.command) ? undefined : seen;
  }
  return entry;
};

/** Whether seeing an entry is a look at the clinical record. */
export const isClinicalEntry = (entry: Entry): boolean =>
  !['journey', 'work', 'appointments', 'messages', 'billing', 'access'].includes(partOf(entry));
