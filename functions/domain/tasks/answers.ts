import type { Journey } from '../journey/journey.ts';
import type { Task } from '../journey/task.ts';
import { CLINICIAN_ROLES, REOPENINGS, REPEATING_ANSWERS, type Role, TASKS, type TaskKind } from '../names.ts';
import { hangsOnAppointment, isAskedFor } from './ask.ts';

/** What follows from an answer, for a state machine to route on. */
export type Follows = 'go-on' | 'look-again' | 'book-again' | 'end';

/** Answers after which the same encounter has to be booked anew. */
const BOOK_AGAIN: Readonly<Record<string, readonly string[]>> = {
  'record-integration': ['no-show', 'cancelled'],
  'record-preparation': ['another', 'not-ready'],
};

/** What follows from a task that is no longer waited for. An ending or paused journey ends all but the care that it owes. */
export const followsFrom = (task: Task, journey: Journey): Follows => {
  if (!isAskedFor(task.ask, journey)) return 'end';
  if (task.state === 'superseded') return 'look-again';
  // Nobody said how a visit went: it is asked again, since nothing may go on without it.
  if (task.state === 'expired' && hangsOnAppointment(task.kind)) return 'look-again';
  // One of several sessions was held: the patient is to come to the next.
  if (task.kind === 'record-preparation' && task.answer === 'ready' && journey.preparedAt === null) return 'book-again';
  if (task.state === 'decided' && BOOK_AGAIN[task.kind]?.includes(task.answer ?? '')) return 'book-again';
  return 'go-on';
};

/** Answers that reopen the very same task; those that need a new booking go back to the machine instead. */
const REOPENS: ReadonlySet<string> = new Set([
  'more-information',
  'changes',
  'not-ordered',
  'no-slot',
  'unreachable',
  'failed',
  'hold',
]);

/** Whether an answer repeats its step. */
export const isRepeating = (answer: string): answer is keyof typeof REPEATING_ANSWERS =>
  Object.hasOwn(REPEATING_ANSWERS, answer);

/** What a repeating answer does after so many earlier ones: reopen the task, hand back to the machine, or (the fourth time) count as final. */
export const repetitionOf = (
  kind: TaskKind,
  answer: string,
  earlier: number,
): 'none' | 'reopen' | 'again' | 'final' => {
  // A clinician who keeps the hold of a safety event is asked again after the follow-up, not at once.
  if (!isRepeating(answer) || kind === 'safety-decision') return 'none';
  if (earlier >= REOPENINGS) return 'final';
  return REOPENS.has(answer) ? 'reopen' : 'again';
};

/** A crisis is decided on by any licensed clinician, whoever was asked (rehearsal: Tasks). */
const isOfCrisis = ({ kind, ask }: Task): boolean =>
  kind === 'safety-decision' && ask.about?.startsWith('crisis-') === true;

/** Answers by which something passes that a rule holds back: whoever is asked in another's place may only say no. */
const LETS_PASS: Readonly<Partial<Record<TaskKind, string>>> = {
  'gate-review': 'overridden',
  'screening-review': 'proceed',
};

/** The roles that may answer a task. */
export const mayAnswer = (task: Task): readonly Role[] => [
  ...task.asked,
  'medical-director',
  ...(task.kind === 'acknowledge-safety' ? (['provider', 'on-call'] as const) : []),
  ...(isOfCrisis(task) ? CLINICIAN_ROLES : []),
];

/** Why somebody may not give this answer to this task; undefined if they may. */
export const answerRefusal = (
  task: Task,
  answer: string,
  by: { role: Role; id: string },
  reason: string | null,
): string | undefined => {
  const options: readonly string[] = TASKS[task.kind].options;
  if (!options.includes(answer)) return `${task.kind} has no answer "${answer}"; one of ${options.join(', ')}`;
  if (!mayAnswer(task).includes(by.role)) return `a ${by.role} may not answer ${task.kind}; ${task.holder} may`;
  if (LETS_PASS[task.kind] === answer && by.role !== task.role && by.role !== 'medical-director')
    return `${answer} is for a ${task.role} to say, not for a ${by.role}`;
  const needsReason = answer === 'overridden' || answer === 'waived';
  if (needsReason && (reason === null || reason.trim() === '')) return `${answer} needs a reason`;
  return undefined;
};
