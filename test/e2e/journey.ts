import type { Entry } from '../../functions/domain/journey/entry.ts';
import { toMs } from '../../functions/domain/time/instants.ts';
import { answering } from '../../local/rehearsal/answers.ts';
import { commanding } from '../../local/rehearsal/commands.ts';
import { readScenario, type Scenario } from '../../local/rehearsal/scenario.ts';
import { timelineOf } from '../../local/rehearsal/timeline.ts';
import type { DeployedClinic } from './deployed-clinic.ts';

/** A journey under way in the deployed clinic, whose people answer as the scenario says. */
export type Underway = {
  readonly scenario: Scenario;
  readonly journeyId: string;
  /** Resolves at the first entry that fits, also one that was there before; rejects after so many seconds, with the end of the timeline. */
  until(what: string, fits: (entry: Entry) => boolean, seconds?: number): Promise<Entry>;
  /** What happened so far, as rehearsals tell it. */
  timeline(): Promise<ReturnType<typeof timelineOf>>;
  refusals(): readonly string[];
};

const LONGEST = 540;
let patients = 0;

/** A scenario as it is written on the day that it begins. */
export type Written = (start: string) => object;

/** Begins a journey as the scenario's patient, and has its people answer each task and give each command at its time on the wall. */
export const begin = async (clinic: DeployedClinic, written: Written): Promise<Underway> => {
  const start = clinic.clock.now();
  const scenario = await readScenario({ ...written(start), start });
  patients += 1;
  const people = answering(clinic, scenario);
  const desk = commanding(clinic, scenario);
  const heard: Entry[] = [];
  const waiting = new Set<(entry: Entry) => void>();
  const { journeyId } = await clinic.requestConsult(scenario.patient, scenario.program, `patient-${patients}`);
  desk.begin(journeyId, clinic.clock.now());
  clinic.watch(journeyId, [
    people.hear,
    desk.hear,
    ({ entry }) => {
      heard.push(entry);
      for (const tell of waiting) tell(entry);
    },
  ]);
  const timeline = async () => timelineOf(await clinic.events(journeyId), desk.zones());

  const lastSeen = async (): Promise<string> =>
    (await timeline())
      .slice(-12)
      .map(({ local: _, ...entry }) => JSON.stringify(entry))
      .join('\n');

  return {
    scenario,
    journeyId,
    timeline,
    refusals: people.refusals,
    async until(what, fits, seconds = LONGEST) {
      const before = heard.find(fits);
      if (before !== undefined) return before;
      let tell: (entry: Entry) => void = () => undefined;
      let cancel: () => void = () => undefined;
      const found = await new Promise<Entry | undefined>((resolve) => {
        tell = (entry) => {
          if (fits(entry)) resolve(entry);
        };
        waiting.add(tell);
        cancel = clinic.clock.at(toMs(clinic.clock.now()) + seconds * 1000, () => resolve(undefined));
      });
      waiting.delete(tell);
      cancel();
      if (found === undefined)
        throw new Error(
          `journey ${journeyId}: ${what} did not come within ${seconds} s; failures: ${clinic.clock.failures.join('; ') || 'none'}; refused: ${people.refusals().join('; ') || 'none'}; the last entries:\n${await lastSeen()}`,
        );
      return found;
    },
  };
};
