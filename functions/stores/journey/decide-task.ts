import { repetitionEnding } from '../../domain/journey/endings.ts';
import { isPending, type Task } from '../../domain/journey/task.ts';
import type { TaskKind } from '../../domain/names.ts';
import { answerRefusal, isRepeating, repetitionOf } from '../../domain/tasks/answers.ts';
import { askIdOf } from '../../domain/tasks/ask.ts';
import { journeyPartition, tasks } from '../journey-rows.ts';
import { type Transaction, transact } from '../transaction.ts';
import { clearanceEffects } from './clearance-effects.ts';
import { completionEffects } from './completion-effects.ts';
import { cyclesOf } from './cycles.ts';
import { closeDebt } from './debts.ts';
import { type Desk, type DeskPorts, deskFor, setEnding } from './desk.ts';
import { doseEffects } from './dose-effects.ts';
import { AnswerRefused, type Effects, type Given } from './effect.ts';
import { intakeEffects } from './intake-effects.ts';
import { integrationEffects } from './integration-effects.ts';
import { liverTestEffects } from './liver-tests.ts';
import { wake } from './main-line.ts';
import { measureEffects } from './measure-effects.ts';
import { noteTask } from './note-task.ts';
import { keepOverdue } from './overdue.ts';
import { partnerEffects } from './partner-effects.ts';
import { reopen } from './plan-task.ts';
import { safetyEffects } from './safety-effects.ts';
import { screeningEffects } from './screening-effects.ts';
import { seriesEffects } from './series-effects.ts';
import { stopTheRest } from './stopping.ts';

/** What became of an answer: taken, refused with the reason, or somebody answered before. */
export type Decided =
  | { readonly accepted: true; readonly answer: string; readonly by: string }
  | { readonly accepted: false; readonly reason: string };

const effects: Effects = {
  ...intakeEffects,
  ...screeningEffects,
  ...clearanceEffects,
  ...partnerEffects,
  ...liverTestEffects,
  ...doseEffects,
  ...integrationEffects,
  ...seriesEffects,
  ...measureEffects,
  ...completionEffects,
  ...safetyEffects,
};

const effectOf = (kind: TaskKind, answer: string) => effects[kind]?.[answer];

/** Answers like this one that were given before to the same step of the same cycle. */
const earlierAnswers = async (desk: Desk, task: Task, answer: string): Promise<number> => {
  const all = await desk.list(tasks, journeyPartition(task.journeyId), `task#${task.kind}-`);
  const same = ({ kind, ask, state, answer: given, role }: Task) =>
    kind === task.kind &&
    state === 'decided' &&
    given === answer &&
    ask.cycle === task.ask.cycle &&
    ask.about === task.ask.about &&
    role === task.role;
  return all.filter(same).length;
};

/** The patient answered, so contact runs again. */
const heard = (desk: Desk, given: Given): void => {
  if (given.by.role === 'patient' && desk.journey.unreached > 0) desk.keep({ unreached: 0 });
};

/** An answer to a task; `version` is that of the task that it is for, where somebody says which they saw. */
export type Decision = { journeyId: string; taskId: string; version?: string | undefined } & Given;

/** Writes an answer and all that it brings about within a transaction; rejects with AnswerRefused where it cannot be carried out. */
export const decideIn = async (ports: DeskPorts, transaction: Transaction, input: Decision): Promise<Decided> => {
  const desk = await deskFor(ports, transaction, input.journeyId);
  const task = await desk.need(tasks, { journeyId: input.journeyId, id: input.taskId });
  if (task.state === 'decided') return { accepted: true, answer: task.answer ?? '', by: task.by ?? '' };
  desk.sameAs(tasks, task, input.version);
  if (!isPending(task) || task.state === 'planned') return { accepted: false, reason: `${task.id} is ${task.state}` };
  const refusal = answerRefusal(task, input.answer, input.by, input.reason);
  if (refusal !== undefined) return { accepted: false, reason: refusal };
  const earlier = isRepeating(input.answer) ? await earlierAnswers(desk, task, input.answer) : 0;
  const repetition = repetitionOf(task.kind, input.answer, earlier);
  heard(desk, input);
  const decided: Task = {
    ...task,
    state: 'decided',
    answer: input.answer,
    by: input.by.id,
    decidedAt: desk.now,
    reason: input.reason,
    data: input.data,
    nextAt: null,
    takenUp: repetition === 'reopen',
  };
  desk.put(tasks, decided);
  await keepOverdue(desk, decided);
  noteTask(desk, decided, {
    event: 'decided',
    answer: input.answer,
    by: input.by.id,
    ...(input.reason !== null && { reason: input.reason }),
  });
  const goingOn = desk.journey.ending === null;
  const again = await effectOf(task.kind, input.answer)?.(desk, task, input);
  const asksAgain = again !== undefined;
  if (asksAgain) desk.put(tasks, { ...decided, takenUp: true });
  if (repetition === 'final' && isRepeating(input.answer)) {
    const all = await cyclesOf(desk);
    setEnding(desk, repetitionEnding(input.answer, input.by.role, all, desk.now));
    if (task.kind === 'book-appointment')
      for (const cycle of all) await closeDebt(desk, cycle, 'waived', 'system', `${input.answer} too often`);
  }
  if (goingOn && desk.journey.ending !== null) {
    await stopTheRest(desk, `${task.kind}-${input.answer}`);
    await wake(desk);
  }
  if (repetition === 'reopen' || asksAgain)
    await reopen(desk, decided, typeof again === 'object' ? again.reopenFor : undefined);
  else desk.follow({ kind: 'resume-wait', journeyId: task.journeyId, waitId: askIdOf(task) });
  return { accepted: true, answer: input.answer, by: input.by.id };
};

/**
 * Writes an answer together with all that it brings about, follows asks the outbox to resume whoever waits for it.
 * A second answer to the same task gets the first one's; an answer that cannot be carried out changes nothing.
 */
export const decideTask = (ports: DeskPorts, input: Decision): Promise<Decided> =>
  transact(ports, 'decide-task', (transaction) => decideIn(ports, transaction, input)).catch(
    (error: unknown): Decided => {
      if (error instanceof AnswerRefused) return { accepted: false, reason: error.message };
      throw error;
    },
  );
