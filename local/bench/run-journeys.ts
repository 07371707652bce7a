import { toMs } from '../../functions/domain/time/instants.ts';
import { plusLocal } from '../../functions/domain/time/local.ts';
import { oneMachine } from '../clinic/one-machine.ts';
import { answering } from '../rehearsal/answers.ts';
import type { Scenario } from '../rehearsal/scenario.ts';
import { asPatient, roomyScenario } from './big-clinic.ts';

/** What so many journeys took, all live at once on one clock and in one store. */
export type Measured = {
  readonly journeys: number;
  /** Wall clock and processor seconds from the first request to the last outcome. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly transitions: number;
  /** The most memory that the process has held so far. */
  readonly peakMegabytes: number;
};

/** A journey of the benchmark did not go as it has to, so its time means nothing. */
export class JourneyNotCompleted extends Error {
  override readonly name = 'JourneyNotCompleted';
}

/** What follows from an outcome at the same moment (executions end, the outbox empties) is part of the work. */
const SETTLING = 3_600_000;

const check = (outcomes: ReadonlyMap<string, string>, journeyIds: readonly string[], refusals: readonly string[]) => {
  const wrong = journeyIds.filter((id) => outcomes.get(id) !== 'completed');
  const first = wrong[0];
  if (first !== undefined)
    throw new JourneyNotCompleted(
      `${wrong.length} of ${journeyIds.length} journeys did not reach "completed"; ${first}: ${outcomes.get(first) ?? 'no outcome'}`,
    );
  if (refusals[0] !== undefined)
    throw new JourneyNotCompleted(`${refusals.length} answers were refused; the first: ${refusals[0]}`);
};

/** Requests so many journeys at one instant, lets their people answer until each has its outcome, and measures that. */
export const runJourneys = async (
  program: string,
  journeys: number,
  over: Partial<Pick<Scenario, 'until'>> = {},
): Promise<Measured> => {
  const scenario = { ...(await roomyScenario(program, journeys)), ...over };
  const { clinic, start, seed, until, patient } = scenario;
  const machine = oneMachine({
    start,
    seed,
    library: { clinic, programs: [scenario.program] },
    record: false,
    counted: false,
  });
  const people = new Map<string, ReturnType<typeof answering>>();
  const outcomes = new Map<string, string>();
  machine.onEvent((event) => {
    people.get(event.journeyId)?.hear(event);
    if (event.entry.kind === 'outcome') outcomes.set(event.journeyId, event.entry.outcome);
  });

  const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
  for (let number = 1; number <= journeys; number += 1) {
    const own: Scenario = asPatient(scenario, number);
    const { journeyId } = await machine.requestConsult({ program: scenario.program.id, patient });
    people.set(journeyId, answering(machine, own));
  }
  const end = toMs(plusLocal(start, until, clinic.zone));
  await machine.clock.run({ until: end, stop: () => outcomes.size === journeys });
  if (outcomes.size === journeys) await machine.clock.run({ until: machine.clock.millis() + SETTLING });
  const cpu = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - began) / 1000;

  const transitions = machine.executions().reduce((sum, execution) => sum + execution.transitions, 0);
  check(
    outcomes,
    [...people.keys()],
    [...people.values()].flatMap((each) => each.refusals()),
  );
  machine.close();
  return {
    journeys,
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    transitions,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
};
