import { clinicianEnding, patientEnding } from '../../domain/journey/endings.ts';
import { cyclesOf } from './cycles.ts';
import { type Desk, setEnding } from './desk.ts';

/** Ends a journey because nobody of the clinic could let it go on; after the series there is nothing to stop, and the follow-ups go on. */
export const endByClinician = async (desk: Desk, reason: string): Promise<void> => {
  const ending = clinicianEnding(await cyclesOf(desk), reason, desk.now);
  const { seriesEndedAt, stopped } = desk.journey;
  if (seriesEndedAt === null) setEnding(desk, ending);
  else if (stopped === null) desk.keep({ stopped: ending });
};

/** Ends a journey because the patient said no. */
export const endByPatient = async (desk: Desk, reason: string): Promise<void> =>
  setEnding(desk, patientEnding(await cyclesOf(desk), reason, desk.now));
