import * as z from 'zod';
import { GateAnswer, Run } from '../../contracts/run.ts';
import { GATES } from '../../domain/names.ts';
import { frame } from '../../runtime/frame.ts';
import { checkGate as checkGateAct } from '../../stores/journey/gate-steps.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, gate: z.enum(GATES), cycle: z.int().min(1).optional() });
const Output = GateAnswer;

type Deps = { readonly journeys: Pick<JourneyStore, 'checkGate'> };

/** Asks a gate whether the next step may be taken. */
export const checkGate =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.checkGate(input);

const wire = (): Deps => ({ journeys: { checkGate: wireAct(checkGateAct) } });

export const step = { name: 'check-gate', input: Input, output: Output, wire, run: checkGate };
export const handler = frame(step);
