import type { Measure } from '../measures/measure.ts';
import type { Program } from '../program/program.ts';
import { approximateSeconds } from '../program/values.ts';
import { weeklyAt } from '../tasks/opening.ts';
import type { Instant } from '../time/instants.ts';
import { minusLocal, plusLocal } from '../time/local.ts';
import type { Zone } from '../time/zones.ts';

/** A form that somebody answered; without a total it was not complete. */
export type Taken = { readonly at: Instant; readonly total: number | null };

/**
 * The baseline of an instrument: the last complete form before the first dose, and not older than that (reference 2.2). Null where
 * there is none, so that nothing is compared with an old or half-empty form.
 */
export const baselineTotal = (
  taken: readonly Taken[],
  firstDoseAt: Instant,
  within: string,
  zone: Zone,
): number | null => {
  const oldest = minusLocal(firstDoseAt, within, zone);
  const complete = taken.filter(({ at, total }) => total !== null && at >= oldest && at <= firstDoseAt);
  return complete.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1)?.total ?? null;
};

/** What was asked for, e.g. `phq9-week-2`, when it first opened (null: not yet), and what there is to know of the journey. */
type Left = {
  readonly about: string;
  readonly firstOpenedAt: Instant | null;
  readonly isDosed: boolean;
  readonly measure: Program['measures'][number] | undefined;
  readonly zone: Zone;
};

/**
 * Whether a form that a patient left is worth asking for once more. One of before the first dose says nothing after it, and one of a
 * week has no time left once the next would come before this one is due: nobody holds the same questionnaire twice (reference 2.2).
 */
export const isWorthAsking = ({ about, firstOpenedAt, isDosed, measure, zone }: Left, now: Instant): boolean => {
  if (about.endsWith('-baseline')) return !isDosed;
  if (!/-week-\d+$/.test(about) || firstOpenedAt === null || measure?.every === undefined) return true;
  return plusLocal(now, measure.dueIn, zone) <= weeklyAt(firstOpenedAt, measure.every, zone);
};

/**
 * The form that already says how a patient is at the end of a series: the last one since the last dose began, while the next would
 * look back on the same days (`leastInterval`, in local days). Nobody is asked the same again that soon.
 */
export const formAtTheEnd = <T extends { readonly at: Instant }>(
  taken: readonly T[],
  {
    lastDoseAt,
    endedAt,
    leastInterval,
    zone,
  }: {
    readonly lastDoseAt: Instant | undefined;
    readonly endedAt: Instant;
    readonly leastInterval: string | undefined;
    readonly zone: Zone;
  },
): T | undefined => {
  if (lastDoseAt === undefined || leastInterval === undefined) return undefined;
  const since = minusLocal(endedAt, leastInterval, zone);
  return taken
    .filter(({ at }) => at > lastDoseAt && at > since && at <= endedAt)
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .at(-1);
};

/** Whether a patient filled in a form so lately that the same one, asked on a day, would look back on the same days (`leastInterval`). */
export const isTooSoon = (
  taken: readonly Pick<Taken, 'at'>[],
  askedAt: Instant,
  leastInterval: string | undefined,
  zone: Zone,
): boolean => leastInterval !== undefined && taken.some(({ at }) => at > minusLocal(askedAt, leastInterval, zone));

/** Instruments that a program asks in its series more often than their recall allows; one line each, with the path. */
export const recallTraps = ({ measures }: Pick<Program, 'measures'>, instruments: readonly Measure[]): string[] =>
  measures.flatMap(({ id, every }, n) => {
    const least = instruments.find((each) => each.id === id)?.leastInterval;
    if (every === undefined || least === undefined || approximateSeconds(every) >= approximateSeconds(least)) return [];
    return [`measures[${n}].every: found ${every}; at least ${least}, or the times that ${id} looks back on overlap`];
  });
