import { type Instant, plus } from '../time/instants.ts';

const MOST = 6;
const APART = 'PT2H';

/** A few of the free times, in their order and some hours apart: every quarter of an hour of one morning is no choice. */
export const timesToChoose = (free: readonly Instant[]): Instant[] => {
  const chosen: Instant[] = [];
  for (const time of free) {
    const last = chosen.at(-1);
    if (chosen.length < MOST && (last === undefined || time >= plus(last, APART))) chosen.push(time);
  }
  return chosen;
};
