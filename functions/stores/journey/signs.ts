import * as z from 'zod';
import { calledForBy } from '../../domain/follow-up/signals.ts';
import { parseInput } from '../../domain/problems.ts';
import { slug } from '../../domain/program/values.ts';
import { type Desk, liftHold, placeHold } from './desk.ts';
import { startDetached } from './detached.ts';
import { type Given, refusing } from './effect.ts';
import { voidClearance } from './screening-commands.ts';
import { postSignal } from './signals.ts';

const HOLD = 'sign-';
const Signs = z.array(slug).max(20);

/** Signs that came with an answer, such as `urinary-pain`; an answer without any has none. */
export const signsIn = ({ data }: Pick<Given, 'data'>): string[] =>
  data.signs === undefined ? [] : refusing(() => parseInput(Signs, data.signs, 'data.signs'));

/**
 * Heeds signs after a dose (reference 5): the next dose is held until the provider has a plan, a clearance that no longer stands
 * is asked for again, and a sign that no rule knows is read by the provider all the same.
 */
export const heedSigns = async (
  desk: Desk,
  signs: readonly string[],
  { cycle, by }: { readonly cycle: number; readonly by: string },
): Promise<void> => {
  if (signs.length === 0) return;
  const called = calledForBy(signs, desk.library.care().followUp);
  for (const hold of called.holds) placeHold(desk, `${HOLD}${hold}`, by);
  if (called.voidsClearance) await voidClearance(desk, by);
  await startDetached(desk, { kind: 'response-review', cycle, about: `signs-c${cycle}` });
};

/** The provider has looked, and has a plan: what the signs held goes on. */
export const liftSigns = async (desk: Desk, by: string): Promise<void> => {
  const held = desk.journey.holds.filter(({ reason }) => reason.startsWith(HOLD));
  for (const { reason } of held) liftHold(desk, reason, by);
  if (held.length > 0) await postSignal(desk, { cause: 'signs-reviewed', gates: true });
};
