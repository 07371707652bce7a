import type { Practitioner } from '../../domain/clinic/clinic.ts';
import { type Appointment, isStanding } from '../../domain/journey/appointment.ts';
import { againWith } from '../../domain/partners/offer.ts';
import { localDate } from '../../domain/time/local.ts';
import { appointments, handoffs, journeyPartition } from '../journey-rows.ts';
import { type CommandAct, CommandRefused } from './command-act.ts';
import { countUp, type Desk, setEnding } from './desk.ts';
import { startDetached } from './detached.ts';
import { planMessage } from './ledger.ts';
import { tellTransferred, withdrawFrom } from './offers.ts';
import { rebook } from './rebooking.ts';

/** Offers the patient to the practice of a therapist who was named for them; one that declines or stays silent leaves it to the coordinator. */
const offerTo = async (desk: Desk, partner: string): Promise<void> => {
  const handoff = (await desk.get(handoffs, desk.journey.id)) ?? { journeyId: desk.journey.id, offers: [] };
  desk.put(handoffs, { ...handoff, offers: [...handoff.offers, { partner, at: desk.now, state: 'offered' }] });
  desk.note(desk.journey.id, { kind: 'handoff', partner, event: 'offered' });
  const time = await countUp(desk, desk.journey.id, 'offered-again');
  await startDetached(desk, { kind: 'partner-offer', about: againWith(partner, time) });
};

/** Gives the patient another therapist: recorded, told, and what the old one was booked for is booked with the new one. */
export const swapTherapist = async (desk: Desk, to: Practitioner, by: string): Promise<string[]> => {
  const { therapist: from, partner: before } = desk.journey;
  const partner = to.partner ?? null;
  desk.keep({ therapist: to.id, partner });
  desk.note(desk.journey.id, { kind: 'therapist', from, to: to.id, by });
  await planMessage(desk, { kind: 'therapist-changed', to: 'patient', person: 'patient', sendAt: desk.now });
  if (partner !== before && before !== null) await withdrawFrom(desk, before);
  if (partner !== before && partner !== null) await offerTo(desk, partner);
  const holds = ({ practitioners }: Appointment) => from !== null && practitioners.includes(from);
  const all = await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#');
  const theirs = all.filter(
    (each) => isStanding(each) && holds(each) && each.kind !== 'consult' && each.kind !== 'dosing',
  );
  return rebook(desk, 'therapist-replaced', theirs);
};

/** Replaces a therapist who leaves. */
export const replaceTherapist: CommandAct = async (desk, { data, by }) => {
  const { clinic, journey, program } = desk;
  if (journey.therapist === null) throw new CommandRefused('no therapist is assigned yet');
  const able = clinic.practitioners.filter(({ roles }) => roles.includes('therapist'));
  const to = able.find(({ id }) => id === data.therapist);
  if (to === undefined)
    throw new CommandRefused(
      `unknown therapist ${JSON.stringify(data.therapist ?? null)}; one of ${able.map(({ id }) => id).join(', ')}`,
    );
  if (to.id === journey.therapist) throw new CommandRefused(`${to.id} is the therapist already`);
  const licensed = to.licence !== undefined && to.licence.expiresOn >= localDate(desk.now, clinic.zone);
  if (program.integration.licensed && !licensed) throw new CommandRefused(`${to.id} has no licence in force`);
  if (to.partner !== undefined && journey.consents.shareWithPartner !== true)
    throw new CommandRefused('the patient has not released what a partner needs to know');
  return swapTherapist(desk, to, by.id);
};

/** Ends the journey in a handoff: whoever has the patient's therapy, or takes it, goes on from here. */
export const transferCare: CommandAct = async (desk, { data, reason }) => {
  const { clinic, journey } = desk;
  if (journey.ending !== null) throw new CommandRefused(`the journey is ending (${journey.ending.kind})`);
  const named = data.partner ?? journey.partner;
  const partner = clinic.partners.find(({ id }) => id === named);
  if (data.partner !== undefined && partner === undefined)
    throw new CommandRefused(
      `unknown partner ${JSON.stringify(data.partner)}; one of ${clinic.partners.map(({ id }) => id).join(', ')}`,
    );
  setEnding(desk, { kind: 'transferred', reason: reason ?? 'care was transferred', at: desk.now });
  desk.note(journey.id, { kind: 'handoff', partner: partner?.id ?? 'outside', event: 'continued' });
  if (partner !== undefined && journey.consents.shareWithPartner === true) await tellTransferred(desk, partner.id);
  return [];
};
