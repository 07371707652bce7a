import type { Measure } from '../measures/measure.ts';
import type { Program } from '../program/program.ts';
import { approximateSeconds } from '../program/values.ts';
import type { Instant } from '../time/instants.ts';
import { minusLocal } from '../time/local.ts';
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

/** Instruments that a program asks in its series more often than their recall allows; one line each, with the path. */
export const recallTraps = ({ measures }: Pick<Program, 'measures'>, instruments: readonly Measure[]): string[] =>
  measures.flatMap(({ id, every }, n) => {
    const least = instruments.find((each) => each.id === id)?.leastInterval;
    if (every === undefined || least === undefined || approximateSeconds(every) >= approximateSeconds(least)) return [];
    return [`measures[${n}].every: found ${every}; at least ${least}, or the times that ${id} looks back on overlap`];
  });
