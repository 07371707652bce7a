import { clinicianEnding } from '../../domain/journey/endings.ts';
import { type Desk, setEnding } from './desk.ts';
import { cyclesOf } from './intake-effects.ts';

/** Ends a journey because nobody of the clinic could let it go on. */
export const endByClinician = async (desk: Desk, reason: string): Promise<void> =>
  setEnding(desk, clinicianEnding(await cyclesOf(desk), reason, desk.now));
