import * as z from 'zod';
import { Run, Seen } from '../../contracts/run.ts';
import { releaseAtOnce } from '../../messengers/release-at-once.ts';
import type { Workflows } from '../../messengers/workflows.ts';
import { frame } from '../../runtime/frame.ts';
import { registerTaskWait as registerTaskWaitAct } from '../../stores/journey/waits.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';
import { wireWorkflows } from '../wiring/workflows.ts';

const Input = z.strictObject({
  run: Run,
  askId: z.string().nullable(),
  seconds: z.int().min(1),
  seen: Seen,
  token: z.string().min(1),
  enteredAt: z.string(),
});
const Output = z.strictObject({});

type Deps = {
  readonly journeys: Pick<JourneyStore, 'registerTaskWait'>;
  readonly workflows: Pick<Workflows, 'succeed'>;
};

/** Registers a state that waits for an answer; one that need not wait (decided, gone, overtaken) is released at once. */
export const waitForAnswer =
  ({ journeys, workflows }: Deps) =>
  async (input: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => {
    const { release } = await journeys.registerTaskWait(input);
    await releaseAtOnce(workflows, input.token, release);
    return {};
  };

const wire = (): Deps => ({ journeys: { registerTaskWait: wireAct(registerTaskWaitAct) }, workflows: wireWorkflows() });

export const step = { name: 'wait-for-answer', input: Input, output: Output, wire, run: waitForAnswer };
export const handler = frame(step);
