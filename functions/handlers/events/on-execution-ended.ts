import * as z from 'zod';
import { frame } from '../../runtime/frame.ts';
import { type LookDeps, reconcileJourney, wireLook } from './reconcile-journeys.ts';

/** Step Functions' status event; its input and output are left unread, names are enough. */
const Input = z.object({ detail: z.object({ name: z.string(), status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']) }) });
const Output = z.strictObject({ result: z.enum(['fine', 'replayed', 'reported']) });

/** An execution failed: its journey is looked at at once instead of with the next daily reconciliation. */
export const onExecutionEnded =
  (deps: LookDeps) =>
  async ({ detail }: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => ({
    result: await reconcileJourney(deps)(detail.name.split('-')[0] ?? detail.name),
  });

export const step = { name: 'on-execution-ended', input: Input, output: Output, wire: wireLook, run: onExecutionEnded };
export const handler = frame(step);
