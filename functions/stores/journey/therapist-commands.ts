import type { Practitioner } from '../../domain/clinic/clinic.ts';
import { isLicensed, personOf } from '../../domain/clinic/roster.ts';
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
import { supersedeWhere } from './signals.ts';

/** Offers the patient to the practice of a therapist who was named for them; one that declines or stays silent leaves it to the coordinator. */
const offerTo = async (desk: Desk, partner: string, firstVisitAt: string | undefined): Promise<void> => {
  const handoff = (await desk.get(handoffs, desk.journey.id)) ?? { journeyId: desk.journey.id, offers: [] };
  desk.put(handoffs, { ...handoff, offers: [...handoff.offers, { partner, at: desk.now, state: 'offered' }] });
  desk.note(desk.journey.id, { kind: 'handoff', partner, event: 'offered' });
  const time = await countUp(desk, desk.journey.id, 'offered-again');
  const about = againWith(partner, time);
  await startDetached(desk, {
    kind: 'partner-offer',
    about,
    ...(firstVisitAt !== undefined && { dueAt: firstVisitAt }),
  });
};

/** Gives the patient another therapist: recorded, told, and what the old one was booked for is booked with the new one. */
export const swapTherapist = async (desk: Desk, to: Practitioner, by: string): Promise<string[]> => {
  const { therapist: from, partner: before } = desk.journey;
  const partner = to.partner ?? null;
  desk.keep({ therapist: to.id, partner });
  desk.note(desk.journey.id, { kind: 'therapist', from, to: to.id, by });
  const holds = ({ practitioners }: Appointment) => from !== null && practitioners.includes(from);
  const all = await desk.list(appointments, journeyPartition(desk.journey.id), 'appointment#');
  const theirs = all.filter(
    (each) => isStanding(each) && holds(each) && each.kind !== 'consult' && each.kind !== 'dosing',
  );
  await planMessage(desk, {
    kind: 'therapist-changed',
    ...(partner !== before && theirs.length > 0 && { variant: 'elsewhere' }),
    to: 'patient',
    person: 'patient',
    sendAt: desk.now,
  });
  if (partner !== before && before !== null) await withdrawFrom(desk, before);
  const concerned = await rebook(desk, 'therapist-replaced', theirs);
  if (partner !== before && partner !== null) await offerTo(desk, partner, await firstVisitOf(desk, theirs));
  return concerned;
};

/** When somebody new first sees the patient, of what is booked with them now. */
const firstVisitOf = async (desk: Desk, booked: readonly Appointment[]): Promise<string | undefined> => {
  const now = await Promise.all(booked.map(({ journeyId, id }) => desk.need(appointments, { journeyId, id })));
  return now
    .filter(isStanding)
    .map(({ startsAt }) => startsAt)
    .toSorted()[0];
};

/** Why somebody cannot have this patient now; undefined where nothing speaks against it. */
export const whyNotTherapist = ({ clinic, journey, program, now }: Desk, to: Practitioner): string | undefined => {
  if (program.integration.licensed && !isLicensed(to, localDate(now, clinic.zone)))
    return `${to.id} has no licence in force`;
  return to.partner !== undefined && journey.consents.shareWithPartner !== true
    ? 'the patient has not released what a partner needs to know'
    : undefined;
};

/** The patient of a therapist whose licence has ended is placed with another: no dose is booked before. */
export const askAnotherTherapist = async (desk: Desk): Promise<void> => {
  const { clinic, journey, program, now } = desk;
  const therapist = personOf(clinic, journey.therapist);
  if (!program.integration.licensed || therapist === undefined) return;
  if (isLicensed(therapist, localDate(now, clinic.zone))) return;
  const ended = therapist.licence?.expiresOn ?? 'never';
  await startDetached(desk, { kind: 'place-patient', about: `unlicensed-${therapist.id}-${ended}` });
};

/** Replaces a therapist who leaves. */
export const replaceTherapist: CommandAct = async (desk, { data, by }) => {
  const { clinic, journey } = desk;
  if (journey.therapist === null) throw new CommandRefused('no therapist is assigned yet');
  const able = clinic.practitioners.filter(({ roles }) => roles.includes('therapist'));
  const to = able.find(({ id }) => id === data.therapist);
  if (to === undefined)
    throw new CommandRefused(
      `unknown therapist ${JSON.stringify(data.therapist ?? null)}; one of ${able.map(({ id }) => id).join(', ')}`,
    );
  if (to.id === journey.therapist) throw new CommandRefused(`${to.id} is the therapist already`);
  const why = whyNotTherapist(desk, to);
  if (why !== undefined) throw new CommandRefused(why);
  const moved = await swapTherapist(desk, to, by.id);
  await supersedeWhere(desk, 'replace-therapist', ({ kind }) => kind === 'place-patient');
  return moved;
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
