import * as z from 'zod';
import { Place, Run } from '../../contracts/run.ts';
import { frame } from '../../runtime/frame.ts';
import { handOver as handOverAct } from '../../stores/journey/main-line.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.strictObject({ run: Run, from: Place, to: Place });
const Output = z.strictObject({ handedOver: z.boolean() });

type Deps = { readonly journeys: Pick<JourneyStore, 'handOver'> };

/** Hands a journey over to its next execution. */
export const handOver =
  ({ journeys }: Deps) =>
  (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> =>
    journeys.handOver(input);

const wire = (): Deps => ({ journeys: { handOver: wireAct(handOverAct) } });

export const step = { name: 'hand-over', input: Input, output: Output, wire, run: handOver };
export const handler = frame(step);
