import { offerOf } from '../../domain/partners/offer.ts';
import { handoffs, journeyPartition, tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { planMessage } from './ledger.ts';

/** The offer that a practice knows the patient by: the last one it was made, else the journey. */
const referenceFor = async (desk: Desk, partner: string): Promise<string> => {
  const made = await desk.list(tasks, journeyPartition(desk.journey.id), `task#partner-offer-${partner}`);
  const last = made
    .filter(({ ask, openedAt }) => openedAt !== null && offerOf(ask.about).partner === partner)
    .toSorted((a, b) => a.number - b.number)
    .at(-1);
  return last?.id ?? `journey-${desk.journey.id}`;
};

/** Tells a practice that it is not asked any more, or that the patient's care is no longer theirs. */
export const tellWithdrawn = async (desk: Desk, partner: string, variant?: 'care'): Promise<unknown> =>
  planMessage(desk, {
    kind: 'partner-withdrawn',
    ...(variant !== undefined && { variant }),
    to: 'partner',
    person: partner,
    sendAt: desk.now,
    taskId: await referenceFor(desk, partner),
  });

/** Tells a practice that the clinic's own part ends and that the patient's care goes on with them. */
export const tellTransferred = async (desk: Desk, partner: string): Promise<unknown> =>
  planMessage(desk, {
    kind: 'partner-continuation',
    variant: 'transfer',
    to: 'partner',
    person: partner,
    sendAt: desk.now,
    taskId: await referenceFor(desk, partner),
  });

/** An offer that was never answered is closed: recorded, and the practice is told. */
export const closeSilent = async (desk: Desk, partner: string): Promise<void> => {
  const handoff = await desk.get(handoffs, desk.journey.id);
  if (handoff !== undefined)
    desk.put(handoffs, {
      ...handoff,
      offers: handoff.offers.map((offer) =>
        offer.partner === partner && offer.state === 'offered' ? { ...offer, state: 'silent' as const } : offer,
      ),
    });
  await tellWithdrawn(desk, partner);
};

/** Takes a practice's offer back, open or accepted: recorded, and they are told. Who said no, or nothing, has none to be taken back. */
export const withdrawFrom = async (desk: Desk, partner: string): Promise<void> => {
  const handoff = await desk.get(handoffs, desk.journey.id);
  const theirs = handoff?.offers.findLast((offer) => offer.partner === partner)?.state;
  if (theirs === 'declined' || theirs === 'silent') return;
  const wasTheirs = handoff?.offers.some((offer) => offer.partner === partner && offer.state === 'accepted') === true;
  if (handoff !== undefined)
    desk.put(handoffs, {
      ...handoff,
      offers: handoff.offers.map((offer) =>
        offer.partner === partner ? { ...offer, state: 'withdrawn' as const } : offer,
      ),
    });
  desk.note(desk.journey.id, { kind: 'handoff', partner, event: 'withdrawn' });
  await tellWithdrawn(desk, partner, wasTheirs ? 'care' : undefined);
};

/** A journey that stops asks nobody any more whether they take the patient. */
export const withdrawOffers = async (desk: Desk): Promise<void> => {
  const handoff = await desk.get(handoffs, desk.journey.id);
  for (const { partner, state } of handoff?.offers ?? []) if (state === 'offered') await withdrawFrom(desk, partner);
};
