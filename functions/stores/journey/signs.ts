import * as z from 'zod';
import { calledForBy } from '../../domain/follow-up/signals.ts';
import type { Task } from '../../domain/journey/task.ts';
import { parseInput } from '../../domain/problems.ts';
import { slug } from '../../domain/program/values.ts';
import { endOfWorkingDay } from '../../domain/time/working-hours.ts';
import { voidClearance } from './clearances.ts';
import { type Desk, liftHold, placeHold } from './desk.ts';
import { startDetached } from './detached.ts';
import { type Given, refusing } from './effect.ts';
import { pendingTasks, postSignal } from './signals.ts';

const HOLD = 'sign-';
const Signs = z.array(slug).max(20);

/** Signs that came with an answer, such as `urinary-pain`; an answer without any has none. */
export const signsIn = ({ data }: Pick<Given, 'data'>): string[] =>
  data.signs === undefined ? [] : refusing(() => parseInput(Signs, data.signs, 'data.signs'));

/** Where signs were told: in which answer, by whom, after which dose. */
export type Told = { readonly cycle: number; readonly task: string; readonly by: string };

/** What an answer to a task tells of a dose. */
export const toldIn = (task: Task, { by }: Pick<Given, 'by'>): Told => ({
  cycle: task.ask.cycle ?? 0,
  task: task.id,
  by: by.id,
});

const SIGNS = 'signs-';
/** What moderate answers about suicide are the sign of (reference 2.4, 5). */
export const SUICIDALITY = 'suicidality-new';

/** The end of the clinic's working day, by which a patient is seen whom a clinician has to see today (S45). */
export const endOfDay = ({ now, clinic: { hours, holidays, zone } }: Desk): string | undefined =>
  endOfWorkingDay(now, { hours, holidays, zone });

/**
 * Heeds signs after a dose (reference 5): the next dose is held until the provider has a plan, a clearance that no longer stands
 * is asked for again, and a sign that no rule knows is read by the provider all the same. Each answer that tells of signs has a
 * review of its own.
 */
export const heedSigns = async (desk: Desk, signs: readonly string[], { cycle, task, by }: Told): Promise<void> => {
  if (signs.length === 0) return;
  const called = calledForBy(signs, desk.library.care().followUp);
  for (const hold of called.holds) placeHold(desk, `${HOLD}${hold}`, by);
  if (called.voidsClearance) await voidClearance(desk, by);
  const dueAt = called.sameDay ? endOfDay(desk) : undefined;
  await startDetached(desk, {
    kind: 'response-review',
    cycle,
    about: `${SIGNS}${task}`,
    ...(dueAt !== undefined && { dueAt }),
  });
};

/** The provider has looked, and has a plan: what the signs held goes on, once no other review of signs is open. */
export const liftSigns = async (desk: Desk, review: Task, by: string): Promise<void> => {
  const open = await pendingTasks(desk, 'response-review');
  if (open.some(({ id, ask }) => id !== review.id && ask.about?.startsWith(SIGNS))) return;
  const held = desk.journey.holds.filter(({ reason }) => reason.startsWith(HOLD));
  for (const { reason } of held) liftHold(desk, reason, by);
  if (held.length > 0) await postSignal(desk, { cause: 'signs-reviewed', gates: true });
};
