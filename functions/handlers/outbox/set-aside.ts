import { UNREADABLE_ITEM } from '../../contracts/watching.ts';
import type { DomainEvents } from '../../messengers/events.ts';
import type { Unreadable } from '../../stores/journey/outbox.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';

type Deps = {
  readonly journeys: Pick<JourneyStore, 'setAside'>;
  readonly events: DomainEvents;
  readonly now: () => string;
};

/** Takes an outbox row that cannot be read out of the way of the others; it is told first, so that it can never be lost in silence. */
export const setAside =
  ({ journeys, events, now }: Deps) =>
  async (row: Unreadable): Promise<void> => {
    const { pk, sk } = row.unreadable;
    await events.publish([{ kind: UNREADABLE_ITEM, journeyId: pk.replace(/^journey#/, ''), at: now(), id: sk }]);
    await journeys.setAside(row);
  };
