import * as z from 'zod';
import { Run, Seen } from '../../contracts/run.ts';
import { releaseAtOnce } from '../../messengers/release-at-once.ts';
import type { Workflows } from '../../messengers/workflows.ts';
import { frame } from '../../runtime/frame.ts';
import { registerMoment as registerMomentAct } from '../../stores/journey/waits.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';
import { wireWorkflows } from '../wiring/workflows.ts';

const Input = z.strictObject({
  run: Run,
  id: z.string(),
  kind: z.enum(['gate', 'moment']),
  seconds: z.int().min(1),
  seen: Seen,
  token: z.string().min(1),
  enteredAt: z.string(),
});
const Output = z.strictObject({});

type Deps = { readonly journeys: Pick<JourneyStore, 'registerMoment'>; readonly workflows: Pick<Workflows, 'succeed'> };

/** Registers a state that waits for a moment, or for what holds a gate to go away; a signal it has not seen releases it at once. */
export const waitUntil =
  ({ journeys, workflows }: Deps) =>
  async (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => {
    const { release } = await journeys.registerMoment(input);
    await releaseAtOnce(workflows, input.token, release);
    return {};
  };

const wire = (): Deps => ({ journeys: { registerMoment: wireAct(registerMomentAct) }, workflows: wireWorkflows() });

export const step = { name: 'wait-until', input: Input, output: Output, wire, run: waitUntil };
export const handler = frame(step);
