import * as z from 'zod';
import type { Workflows } from '../../messengers/workflows.ts';
import { frame } from '../../runtime/frame.ts';
import { MAIN, type Replayed, replay as replayAct } from '../../stores/journey/main-line.ts';
import {
  LIVE_LISTS,
  liveJourneys as liveJourneysAct,
  reportOrphans as reportOrphansAct,
  standingOf as standingOfAct,
} from '../../stores/journey/reconcile.ts';
import type { JourneyStore } from '../../stores/journey-store.ts';
import { wireAct } from '../wiring/journeys.ts';
import { wireWorkflows } from '../wiring/workflows.ts';

const Input = z.object({});
const Output = z.strictObject({ looked: z.int(), replayed: z.int(), reported: z.int() });

/** What looking at one journey takes. */
export type LookDeps = {
  readonly journeys: Pick<JourneyStore, 'standingOf' | 'replay' | 'reportOrphans'>;
  readonly workflows: Pick<Workflows, 'status'>;
};
type Deps = LookDeps & { readonly journeys: Pick<JourneyStore, 'liveJourneys'> };

/**
 * Looks at one journey: a line that should run and does not (the head of the chain, a safety event, a task that stands by itself) is
 * replayed, or goes to a person where that did not help, as do open tasks that nobody waits for.
 */
export const reconcileJourney =
  ({ journeys, workflows }: LookDeps) =>
  async (journeyId: string): Promise<Replayed> => {
    const { lines, orphans } = await journeys.standingOf(journeyId);
    const found = new Map<string, Replayed>();
    for (const { line, epoch, execution } of lines)
      if ((await workflows.status(execution)) !== 'RUNNING')
        found.set(line, await journeys.replay({ journeyId, line, failedEpoch: epoch }));
    const results = [...found.values()];
    if (results.includes('reported')) return 'reported';
    if (results.includes('replayed')) return 'replayed';
    // Where the head does not run, its tasks have nobody to wait for them until it starts.
    if (orphans.length === 0 || found.has(MAIN)) return 'fine';
    await journeys.reportOrphans(journeyId);
    return 'reported';
  };

/** Compares every live journey with the executions that are running; what is missing is replayed or becomes a task. */
export const reconcileJourneys = (deps: Deps) => async (): Promise<z.infer<typeof Output>> => {
  const counted = { looked: 0, replayed: 0, reported: 0 };
  let firstError: unknown;
  for (const list of LIVE_LISTS) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { ids: string[]; cursor: string | null } = await deps.journeys.liveJourneys({
        ...list,
        ...(cursor !== '' && { cursor }),
      });
      for (const id of page.ids) {
        counted.looked += 1;
        try {
          const found = await reconcileJourney(deps)(id);
          if (found !== 'fine') counted[found] += 1;
        } catch (error) {
          // One journey that cannot be looked at must not hide the others; the alarm sees the rethrown error.
          firstError ??= error;
        }
      }
      cursor = page.cursor;
    }
  }
  if (firstError !== undefined) throw firstError;
  return counted;
};

/** The same on AWS. */
export const wireLook = (): LookDeps => ({
  journeys: {
    standingOf: wireAct(standingOfAct),
    replay: wireAct(replayAct),
    reportOrphans: wireAct(reportOrphansAct),
  },
  workflows: wireWorkflows(),
});

const wire = (): Deps => {
  const { journeys, workflows } = wireLook();
  return { journeys: { ...journeys, liveJourneys: wireAct(liveJourneysAct) }, workflows };
};

export const step = { name: 'reconcile-journeys', input: Input, output: Output, wire, run: reconcileJourneys };
export const handler = frame(step);
