import type { APPOINTMENT_KINDS, Indication, MeasureId } from '../names.ts';
import type { Weekday } from '../time/local.ts';
import type { Fact } from './fact.ts';

type Windows = {
  therapist: string | null;
  partner: string | null;
  weekday: Weekday;
  met: number;
  missed: number;
  waived: number;
};
type Visits = { appointment: (typeof APPOINTMENT_KINDS)[number]; came: number; noShows: number };
type Responses = {
  indication: Indication;
  measure: MeasureId;
  /** Series with a baseline and a total at their end; the others are counts of these. */
  measured: number;
  responded: number;
  remitted: number | null;
};

/** Counts by what they are counted by, small however many facts there are. */
export type Tally = {
  readonly windows: ReadonlyMap<string, Windows>;
  readonly visits: ReadonlyMap<string, Visits>;
  readonly responses: ReadonlyMap<string, Responses>;
  /** Journeys cleared after so many days. */
  readonly clearedAfter: ReadonlyMap<number, number>;
  readonly declined: number;
};

export const NOTHING: Tally = {
  windows: new Map(),
  visits: new Map(),
  responses: new Map(),
  clearedAfter: new Map(),
  declined: 0,
};

const one = (isSo: boolean): number => (isSo ? 1 : 0);

/** The tally with more facts in it, each of which is given once; their order does not matter. */
export const fold = (before: Tally, facts: readonly Fact[]): Tally => {
  const windows = new Map(before.windows);
  const visits = new Map(before.visits);
  const responses = new Map(before.responses);
  const clearedAfter = new Map(before.clearedAfter);
  let { declined } = before;
  for (const fact of facts) {
    if (fact.kind === 'window') {
      const { therapist, partner, weekday, result } = fact;
      const key = JSON.stringify([therapist, partner, weekday]);
      const so = windows.get(key) ?? { therapist, partner, weekday, met: 0, missed: 0, waived: 0 };
      windows.set(key, { ...so, [result]: so[result] + 1 });
    } else if (fact.kind === 'visit') {
      const { appointment, came } = fact;
      const so = visits.get(appointment) ?? { appointment, came: 0, noShows: 0 };
      visits.set(appointment, { appointment, came: so.came + one(came), noShows: so.noShows + one(!came) });
    } else if (fact.kind === 'response') {
      const { indication, about: measure, responded, remitted } = fact;
      const key = JSON.stringify([indication, measure]);
      const so = responses.get(key) ?? { indication, measure, measured: 0, responded: 0, remitted: null };
      responses.set(key, {
        indication,
        measure,
        measured: so.measured + 1,
        responded: so.responded + one(responded),
        remitted: remitted === null ? so.remitted : (so.remitted ?? 0) + one(remitted),
      });
    } else if (fact.result === 'declined') declined += 1;
    else clearedAfter.set(fact.days, (clearedAfter.get(fact.days) ?? 0) + 1);
  }
  return { windows, visits, responses, clearedAfter, declined };
};

const inOrder = <T>(counts: ReadonlyMap<string, T>): T[] =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);

/** The days within which at least half of the cleared were; null where nobody was. */
const medianDays = (days: readonly { days: number; journeys: number }[], cleared: number): number | null => {
  let so = 0;
  for (const each of days) {
    so += each.journeys;
    if (so * 2 >= cleared) return each.days;
  }
  return null;
};

/** A tally as it is shown: counts with what they are counted among, never a share alone. */
export const statisticsOf = (tally: Tally) => {
  const after = [...tally.clearedAfter].toSorted(([a], [b]) => a - b).map(([days, journeys]) => ({ days, journeys }));
  const cleared = after.reduce((all, { journeys }) => all + journeys, 0);
  return {
    windows: inOrder(tally.windows),
    visits: inOrder(tally.visits),
    clearances: { cleared, declined: tally.declined, medianDays: medianDays(after, cleared), after },
    responses: inOrder(tally.responses),
  };
};
