import type { Practitioner } from '../../domain/clinic/clinic.ts';
import { offerOf } from '../../domain/partners/offer.ts';
import { handoffs } from '../journey-rows.ts';
import { type Desk, setEnding } from './desk.ts';
import { startDetached } from './detached.ts';
import { AnswerRefused, type Effect, type Effects } from './effect.ts';
import { callInstead } from './ledger.ts';
import { MAIN } from './main-line.ts';
import { text } from './pair.ts';
import { assignTherapist } from './partners.ts';
import { postSignal } from './signals.ts';
import { swapTherapist, whyNotTherapist } from './therapist-commands.ts';

const offerAnswered =
  (state: 'accepted' | 'declined'): Effect =>
  async (desk, task, { data }) => {
    const { partner, isContinuation } = offerOf(task.ask.about);
    if (isContinuation) {
      desk.note(desk.journey.id, { kind: 'handoff', partner, event: state === 'accepted' ? 'continued' : state });
      // The patient counts on it: somebody tells them, and helps to find another way.
      if (state === 'declined') await callInstead(desk, `continuation-${partner}`);
      return;
    }
    const handoff = await desk.need(handoffs, desk.journey.id);
    desk.put(handoffs, {
      ...handoff,
      offers: handoff.offers.map((offer) =>
        offer.partner === partner && offer.state === 'offered' ? { ...offer, state } : offer,
      ),
    });
    desk.note(desk.journey.id, { kind: 'handoff', partner, event: state });
    if (state === 'accepted') await assignTherapist(desk, partner, text(data.therapist));
    // An offer outside the first handoff has no machine behind it that would go on to the next.
    else if (task.line !== MAIN) await startDetached(desk, { kind: 'place-patient', about: `after-${partner}` });
  };

/** The patient's first therapist is named; a practice of theirs is arranged with already, and has the patient. */
const placeWith = async (desk: Desk, { id, partner }: Practitioner): Promise<void> => {
  desk.keep({ therapist: id, partner: partner ?? null });
  if (partner === undefined) return;
  const { offers } = (await desk.get(handoffs, desk.journey.id)) ?? { offers: [] };
  desk.put(handoffs, {
    journeyId: desk.journey.id,
    offers: [...offers, { partner, at: desk.now, state: 'accepted' }],
  });
};

/** The coordinator found a therapist: the patient's first, or one in place of whoever they had. */
const placed: Effect = async (desk, task, { data, by }) => {
  const to = desk.clinic.practitioners.find(({ id, roles }) => id === data.therapist && roles.includes('therapist'));
  if (to === undefined) throw new AnswerRefused(`${task.id} needs data.therapist, one of the therapists`);
  const why = whyNotTherapist(desk, to);
  if (why !== undefined) throw new AnswerRefused(`${task.id}: ${why}`);
  if (desk.journey.therapist === null) await placeWith(desk, to);
  else if (to.id !== desk.journey.therapist) await swapTherapist(desk, to, by.id);
  await postSignal(desk, { cause: 'patient-placed', gates: true });
};

/** What a practice's answer to an offer, and the coordinator's placement, bring about. */
export const partnerEffects: Effects = {
  'partner-offer': { accepted: offerAnswered('accepted'), declined: offerAnswered('declined') },
  'place-patient': {
    placed,
    none: async (desk) => {
      setEnding(desk, { kind: 'transferred', reason: 'no therapist could take the patient', at: desk.now });
      await postSignal(desk, { cause: 'nobody-to-place-with', gates: true });
    },
  },
};
