import { personOf } from '../../domain/clinic/roster.ts';
import { isRemote } from '../../domain/gates/standing.ts';
import type { Cycle } from '../../domain/journey/cycle.ts';
import { prescribingGaps, remoteOrderUnlawful, type Unlawful } from '../../domain/law/remote-prescribing.ts';
import { localDate } from '../../domain/time/local.ts';
import { clinicals } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { AnswerRefused, type Given } from './effect.ts';
import { appointmentNamed } from './pair.ts';

/** The day and the state of a prescription, as the prescriber found them; an answer that is missing is none. */
const prescribingIn = ({ prescribing }: Given['data']) => {
  const found =
    typeof prescribing === 'object' && prescribing !== null && !Array.isArray(prescribing) ? prescribing : {};
  const { patientState, monitoringCheckedOn } = found;
  return {
    patientState: typeof patientState === 'string' ? patientState : '',
    monitoringCheckedOn: typeof monitoringCheckedOn === 'string' ? monitoringCheckedOn : null,
  };
};

/** Why the law does not allow a dose at home at an instant (reference 6.6); null where it does, or where the patient comes to the clinic. */
export const unlawfulAtHome = async (desk: Desk, at: string): Promise<Unlawful | null> => {
  const { journey, clinic, program } = desk;
  if (!isRemote(journey)) return null;
  const { inPersonEvaluatedOn } = await desk.need(clinicals, journey.id);
  return remoteOrderUnlawful({
    on: localDate(at, journey.zone),
    drug: program.dosing.drug,
    inPersonEvaluatedOn,
    flexUntil: clinic.policy.teleRxFlexUntil,
  });
};

/** Refuses an order for a patient at home that the law does not allow, or before what every such prescription needs is in order (reference 6.6). */
export const checkRemoteOrder = async (desk: Desk, cycle: Cycle, { by, data }: Given): Promise<void> => {
  const { journey, clinic, now } = desk;
  if (!isRemote(journey)) return;
  const dosing = await appointmentNamed(desk, cycle.dosingAppointmentId);
  const unlawful = await unlawfulAtHome(desk, dosing?.startsAt ?? now);
  const gaps = prescribingGaps({
    on: localDate(now, clinic.zone),
    licence: personOf(clinic, by.id)?.licence ?? null,
    banned: clinic.policy.homeDosingBannedIn,
    ...prescribingIn(data),
  });
  const problems = [...(unlawful === null ? [] : [unlawful]), ...gaps];
  if (problems.length > 0) throw new AnswerRefused(`the order may not be given: ${problems.join(', ')}`);
};
