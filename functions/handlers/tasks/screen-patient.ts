import * as z from 'zod';
import { Follows, Run, Seen } from '../../contracts/run.ts';
import { ROLES } from '../../domain/names.ts';
import { frame } from '../../runtime/frame.ts';
import { screenPatient as screenPatientAct } from '../../stores/journey/intake-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run });
const Output = z.strictObject({ follows: Follows, role: z.enum(ROLES), seen: Seen, round: z.int().min(0) });

type Deps = { readonly journeys: Pick<JourneyStore, 'screenPatient'> };

/** Reads a patient’s screening answers against the rule table. */
export const screenPatient =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.screenPatient(input);

const wire = (): Deps => ({ journeys: { screenPatient: wireAct(screenPatientAct) } });

export const step = { name: 'screen-patient', input: Input, output: Output, wire, run: screenPatient };
export const handler = frame(step);
