import type { Task } from '../journey/task.ts';
import type { JsonRecord } from '../json-record.ts';
import { measureAsked } from '../measures/asked.ts';
import type { TaskKind } from '../names.ts';
import { ANSWERS } from './entry-seen.ts';

type Of = Pick<Task, 'kind' | 'ask'>;
type Sees = (part: string) => boolean;

/** What is recorded with their answers is what was given in a session, and every reading of it. */
const OF_A_SESSION: ReadonlySet<TaskKind> = new Set([
  'dosing-day-check',
  'dose-order',
  'record-dose',
  'complete-readings',
  'discharge',
]);

/** The part of the record that belongs to what was recorded with an answer (confidentiality.json); of a questionnaire its instrument's own. */
const partOfAnswer = ({ kind, ask: { about } }: Of): string => {
  if (OF_A_SESSION.has(kind)) return 'medication-and-monitoring';
  return (kind === 'answer-measure' ? measureAsked(about ?? '') : undefined) ?? ANSWERS;
};

/** What was recorded with an answer, as far as somebody may see it: facts of the sheet each for itself, everything else as a whole. */
export const answerSeen = (task: Of & Pick<Task, 'data'>, sees: Sees): JsonRecord => {
  if (!sees(partOfAnswer(task))) return {};
  const { facts } = task.data;
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return task.data;
  return { ...task.data, facts: Object.fromEntries(Object.entries(facts).filter(([fact]) => sees(fact))) };
};
