import * as z from 'zod';
import { frame } from '../../runtime/frame.ts';
import { planDigests as planDigestsAct } from '../../stores/journey/digests.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';

const Input = z.object({});
const Output = z.strictObject({ planned: z.int(), nextAt: z.string().nullable() });

type Deps = { readonly journeys: Pick<JourneyStore, 'planDigests'> };

/** Everybody of the clinic who has come to work gets their open tasks in one e-mail, once a day; who has none gets nothing. */
export const sendDigests =
  ({ journeys }: Deps) =>
  (): Promise<z.infer<typeof Output>> =>
    journeys.planDigests({});

const wire = (): Deps => ({ journeys: { planDigests: wireAct(planDigestsAct) } });

export const step = { name: 'send-digests', input: Input, output: Output, wire, run: sendDigests };
export const handler = frame(step);
