import { clinicianEnding, patientEnding } from '../../domain/journey/endings.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, setEnding } from './desk.ts';

/** Ends a journey because nobody of the clinic could let it go on. */
export const endByClinician = async (desk: Desk, reason: string): Promise<void> =>
  setEnding(desk, clinicianEnding(await cyclesOf(desk), reason, desk.now));

/** Ends a journey because the patient said no. */
export const endByPatient = async (desk: Desk, reason: string): Promise<void> =>
  setEnding(desk, patientEnding(await cyclesOf(desk), reason, desk.now));
