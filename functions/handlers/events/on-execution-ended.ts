import * as z from 'zod';
import type { Workflows } from '../../messengers/workflows.ts';
import { frame } from '../../runtime/frame.ts';
import { replay as replayAct } from '../../stores/journey/main-line.ts';
import {
  liveJourneys as liveJourneysAct,
  reportOrphans as reportOrphansAct,
  standingOf as standingOfAct,
} from '../../stores/journey/reconcile.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';
import { wireWorkflows } from '../wiring/workflows.ts';
import { reconcileJourney } from './reconcile-journeys.ts';

/** Step Functions' status event; its input and output are left unread, names are enough. */
const Input = z.object({ detail: z.object({ name: z.string(), status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']) }) });
const Output = z.strictObject({ result: z.enum(['fine', 'replayed', 'reported']) });

type Deps = {
  readonly journeys: Pick<JourneyStore, 'liveJourneys' | 'standingOf' | 'replay' | 'reportOrphans'>;
  readonly workflows: Pick<Workflows, 'status'>;
};

/** An execution failed: its journey is looked at at once instead of with the next daily reconciliation. */
export const onExecutionEnded =
  (deps: Deps) =>
  async ({ detail }: z.infer<typeof Input>): Promise<z.infer<typeof Output>> => ({
    result: await reconcileJourney(deps)(detail.name.split('-')[0] ?? detail.name),
  });

const wire = (): Deps => ({
  journeys: {
    liveJourneys: wireAct(liveJourneysAct),
    standingOf: wireAct(standingOfAct),
    replay: wireAct(replayAct),
    reportOrphans: wireAct(reportOrphansAct),
  },
  workflows: wireWorkflows(),
});

export const step = { name: 'on-execution-ended', input: Input, output: Output, wire, run: onExecutionEnded };
export const handler = frame(step);
