import type { Clinic } from '../clinic/clinic.ts';
import { holdersOf } from '../clinic/roster.ts';
import type { Handoff } from '../journey/handoff.ts';
import type { Journey } from '../journey/journey.ts';
import type { Program } from '../program/program.ts';

/** The next step of a handoff: an offer to a partner, the clinic's own therapist, or a person who places the patient. */
export type PartnerChoice =
  | { readonly kind: 'offer'; readonly partner: string }
  | { readonly kind: 'placed' }
  | { readonly kind: 'place' };

/** Offers go to partners in the clinic's order, each once, and only with the patient's release; else the clinic's own therapist serves. */
export const choosePartner = ({
  journey,
  clinic,
  program,
  offers,
}: {
  readonly journey: Journey;
  readonly clinic: Clinic;
  readonly program: Program;
  readonly offers: Handoff['offers'];
}): PartnerChoice => {
  const released = journey.consents.shareWithPartner === true;
  if (program.partner.provider === 'in-house' || !released) return { kind: 'placed' };
  // An offer that was taken back (for a pause, say) is no answer: that practice may be asked again.
  const asked = new Set(offers.flatMap(({ partner, state }) => (state === 'withdrawn' ? [] : partner)));
  const staffed = clinic.partners.filter(({ id }) =>
    holdersOf(clinic, 'therapist').some(({ partner }) => partner === id),
  );
  const next = [...staffed].sort((a, b) => a.order - b.order).find(({ id }) => !asked.has(id));
  return next === undefined ? { kind: 'placed' } : { kind: 'offer', partner: next.id };
};
