import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import type { TimelineEntry } from '../../local/rehearsal/timeline.ts';
import type { DeployedClinic } from './deployed-clinic.ts';
import { begin, type Underway, type Written } from './journey.ts';
import { differences } from './same-story.ts';

/** A journey that has reached its outcome on the deployed stack. */
export type Played = {
  readonly journeyId: string;
  readonly entries: readonly TimelineEntry[];
  readonly refusals: readonly string[];
  /** Where its timeline and the rehearsal of the same scenario differ. */
  differences(): Promise<readonly string[]>;
};

/** Waits for the outcome of a journey that is under way. */
export const toOutcome = async (underway: Underway): Promise<Played> => {
  await underway.until('the outcome', ({ kind }) => kind === 'outcome');
  const entries = await underway.timeline();
  return {
    journeyId: underway.journeyId,
    entries,
    refusals: underway.refusals(),
    async differences() {
      const { result, failure } = await rehearse(underway.scenario, oneMachine);
      if (failure !== undefined) throw failure;
      return differences(result.entries, entries);
    },
  };
};

/** Plays a scenario on the deployed stack up to its outcome. */
export const play = async (clinic: DeployedClinic, written: Written): Promise<Played> =>
  toOutcome(await begin(clinic, written));

/** How a journey ended. */
export const outcomeOf = ({ entries }: Pick<Played, 'entries'>) => {
  const last = entries.at(-1);
  return last?.kind === 'outcome' ? last.outcome : undefined;
};
