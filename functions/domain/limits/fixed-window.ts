import * as z from 'zod';
import { fromMs, type Instant, secondsUntil, toMs } from '../time/instants.ts';

/** So many of something within a window of so many seconds; windows stand on multiples of their length. */
export type Limit = { readonly most: number; readonly seconds: number };

/** What was counted in the newest window. */
export const Window = z.strictObject({ who: z.string(), what: z.string(), endsAt: z.string(), count: z.int().min(0) });
export type Window = z.infer<typeof Window>;

const endOf = (now: Instant, seconds: number): Instant => {
  const length = seconds * 1000;
  return fromMs((Math.floor(toMs(now) / length) + 1) * length);
};

/** Counts one more: the window with it, or after how many seconds there is room again. */
export const countOne = (
  named: Pick<Window, 'who' | 'what'>,
  known: Window | undefined,
  { most, seconds }: Limit,
  now: Instant,
): { readonly window: Window } | { readonly retryAfter: number } => {
  const current = known !== undefined && now < known.endsAt ? known : undefined;
  const window = current ?? { ...named, endsAt: endOf(now, seconds), count: 0 };
  if (window.count >= most) return { retryAfter: secondsUntil(now, window.endsAt) };
  return { window: { ...window, count: window.count + 1 } };
};
