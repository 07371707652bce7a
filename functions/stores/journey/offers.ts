import { handoffs } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { planMessage } from './ledger.ts';

/** Tells a practice that it is not asked any more, or that the patient's care is no longer theirs. */
export const tellWithdrawn = (desk: Desk, partner: string): Promise<unknown> =>
  planMessage(desk, {
    kind: 'partner-withdrawn',
    to: 'partner',
    person: partner,
    sendAt: desk.now,
    taskId: `journey-${desk.journey.id}`,
  });

/** Takes a practice's offer back, open or accepted: recorded, and they are told. */
export const withdrawFrom = async (desk: Desk, partner: string): Promise<void> => {
  const handoff = await desk.get(handoffs, desk.journey.id);
  if (handoff !== undefined)
    desk.put(handoffs, {
      ...handoff,
      offers: handoff.offers.map((offer) =>
        offer.partner === partner ? { ...offer, state: 'withdrawn' as const } : offer,
      ),
    });
  desk.note(desk.journey.id, { kind: 'handoff', partner, event: 'withdrawn' });
  await tellWithdrawn(desk, partner);
};

/** A journey that stops asks nobody any more whether they take the patient. */
export const withdrawOffers = async (desk: Desk): Promise<void> => {
  const handoff = await desk.get(handoffs, desk.journey.id);
  for (const { partner, state } of handoff?.offers ?? []) if (state === 'offered') await withdrawFrom(desk, partner);
};
