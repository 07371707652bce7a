import type { Role } from '../../functions/domain/names.ts';
import { localDate, localTime } from '../../functions/domain/time/local.ts';
import { dayOf, shownLine } from './phrases.ts';
import { shortcomings } from './result.ts';
import type { Rehearsal } from './run.ts';
import { sentenceOf } from './sentences.ts';
import { paint } from './style.ts';
import { summaryOf } from './summary.ts';
import { type TimelineEntry, zoneAt } from './timeline.ts';
import { PHASE_WORDS, plain } from './words.ts';

const KIND_COLUMN = 13;
const LABEL_COLUMN = 16;
const RULE = 72;
const INDENT = ' '.repeat(10 + KIND_COLUMN);

/** What only confirms that all goes as it should is dimmed, so that the eye finds the rest. */
const isQuiet = (entry: TimelineEntry): boolean =>
  (entry.kind === 'message' &&
    (entry.event === 'planned' || entry.event === 'delivered' || entry.event === 'cancelled')) ||
  entry.kind === 'billing' ||
  (entry.kind === 'task' && entry.event === 'superseded');

const isGrave = (entry: TimelineEntry): boolean =>
  entry.kind === 'safety' ||
  entry.kind === 'hold' ||
  (entry.kind === 'gate' && entry.result !== 'pass') ||
  (entry.kind === 'debt' && entry.event === 'overdue') ||
  (entry.kind === 'task' && (entry.event === 'escalated' || entry.event === 'expired'));

const textOf = (entry: TimelineEntry, style: ReturnType<typeof paint>): string[] =>
  entry.kind === 'message' && entry.text !== undefined
    ? entry.text.split('\n').map((line) => style.dim(`${INDENT}${line === '' ? '│' : `│ ${line}`}`))
    : [];

const heading = (title: string): string => `── ${title} ${'─'.repeat(Math.max(3, RULE - title.length))}`;

/** The timeline, grouped by phase and day in the patient's time, and the closing summary. */
export const printRehearsal = (rehearsal: Rehearsal, colour: boolean): string => {
  const { result, world, remarks } = rehearsal;
  const { program, clinic, patient } = world.scenario;
  const style = paint(colour);
  const lines = [
    style.bold(program.title),
    `${result.program.id} version ${result.program.version}, journey ${result.journeyId}; all times are the patient's (${patient.zone})`,
  ];
  let day = '';
  const holders = new Map<string, Role>();
  for (const entry of result.entries) {
    if (entry.kind === 'task' && entry.toRole !== undefined) holders.set(entry.id, entry.toRole);
    const holder = entry.kind === 'task' ? holders.get(entry.id) : undefined;
    const zone = zoneAt(world.zones, entry.at);
    if (entry.kind === 'phase' && entry.event === 'entered') {
      lines.push('', style.head(heading(PHASE_WORDS[entry.phase])));
      day = '';
    }
    const date = localDate(entry.at, zone);
    if (date !== day) lines.push('', style.bold(`${dayOf(entry.at, zone)} ${date.slice(0, 4)}`));
    day = date;
    const sentence = `  ${localTime(entry.at, zone)}   ${plain(entry.kind).padEnd(KIND_COLUMN)}${shownLine(sentenceOf(entry, { clinic, zone }, holder))}`;
    lines.push(
      isGrave(entry) ? style.warn(sentence) : isQuiet(entry) ? style.dim(sentence) : sentence,
      ...textOf(entry, style),
    );
  }
  lines.push('', style.head(heading('In short')));
  for (const [label, value] of summaryOf(rehearsal)) lines.push(`  ${label.padEnd(LABEL_COLUMN)}${shownLine(value)}`);
  for (const shortcoming of shortcomings(result)) lines.push(style.warn(`  ! ${shownLine(shortcoming)}`));
  for (const remark of remarks) lines.push(style.dim(`  ? ${shownLine(remark)}`));
  return `${lines.join('\n')}\n`;
};
