import * as z from 'zod';
import { GateAnswer, Run } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { startDose as startDoseAct } from '../../stores/journey/dosing-day-gate.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, cycle: z.int().min(1) });
const Output = GateAnswer;

type Deps = { readonly journeys: Pick<JourneyStore, 'startDose'> };

/** Asks the last gate and records the start of the dose with the integration that it owes. */
export const startDose =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.startDose(input);

const wire = (): Deps => ({ journeys: { startDose: wireAct(startDoseAct) } });

export const step = { name: 'start-dose', input: Input, output: Output, wire, run: startDose };
export const handler = frame(step);
