import { type LookDeps, reconcileJourney } from '../../functions/handlers/events/reconcile-journeys.ts';
import { LIVE_LISTS } from '../../functions/stores/journey/reconcile.ts';
import type { JourneyStore } from '../../functions/stores/journey-store.ts';
import type { VirtualClock } from '../virtual-clock.ts';

type Deps = LookDeps & { readonly journeys: Pick<JourneyStore, 'liveJourneys'> };

const EVERY = 24 * 3_600_000;
/** Ten journeys a second: whoever asks the clinic meanwhile waits for one of them at most. */
const APART = 100;

/** The daily reconciliation on one machine, which answers people with the same process: one journey after the other, from now on. */
export const dailyLook = (clock: VirtualClock, deps: Deps): void => {
  const look = reconcileJourney(deps);
  const lookAtAll = (list: number, cursor: string | null): void => {
    clock.at(clock.millis() + APART, async () => {
      const which = LIVE_LISTS[list];
      if (which === undefined) return;
      const page = await deps.journeys.liveJourneys({ ...which, ...(cursor !== null && { cursor }) });
      for (const [n, id] of page.ids.entries())
        clock.at(clock.millis() + (n + 1) * APART, async () => void (await look(id)));
      const done = clock.millis() + page.ids.length * APART;
      clock.at(done, () => lookAtAll(page.cursor === null ? list + 1 : list, page.cursor));
    });
  };
  const begin = (): void => {
    clock.at(clock.millis() + EVERY, begin);
    lookAtAll(0, null);
  };
  clock.at(clock.millis(), begin);
};
