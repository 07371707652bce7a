import type { Task } from '../journey/task.ts';
import type { Measure } from '../measures/measure.ts';
import { afterAnswers } from '../measures/suicide-items.ts';
import type { TaskKind } from '../names.ts';

const ANSWERS: Readonly<Partial<Record<TaskKind, string>>> = {
  'home-safe': 'need-help',
  'next-day-check-in': 'concern',
};

/** Whether who gave this answer is shown at once whom to call, at any hour: they need help, or a question about suicide was not a no (reference 2.2). */
export const callsForHelp = (
  { kind }: Pick<Task, 'kind'>,
  answer: string,
  measure: Measure | undefined,
  answers: Readonly<Record<string, number | null>>,
): boolean => ANSWERS[kind] === answer || (measure !== undefined && afterAnswers(measure, answers) === 'ask-screener');
