import { toMs } from '../../functions/domain/time/instants.ts';
import { plusLocal } from '../../functions/domain/time/local.ts';
import { checkInvariants } from '../invariants/check.ts';
import type { World } from '../invariants/world.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';
import { answering } from './answers.ts';
import { commanding } from './commands.ts';
import { costOf } from './cost.ts';
import type { EngineFactory, OneMachine } from './engine.ts';
import { executionRow, type Result } from './result.ts';
import type { Scenario } from './scenario.ts';
import { timelineOf } from './timeline.ts';

/** A rehearsed journey: what is printed, what the invariants saw, and what did not go as the scenario meant. */
export type Rehearsal = {
  readonly result: Result;
  readonly world: World;
  readonly executions: readonly ExecutionSummary[];
  readonly remarks: readonly string[];
  /** What broke the engine off, if anything did. */
  readonly failure: unknown;
};

/** What follows from an outcome at the same moment (executions end, the outbox empties) has this long to be seen. */
const SETTLING = 3_600_000;

const runToOutcome = async ({ clock }: OneMachine, scenario: Scenario, hasOutcome: () => boolean): Promise<unknown> => {
  const until = toMs(plusLocal(scenario.start, scenario.until, scenario.clinic.zone));
  try {
    await clock.run({ until, stop: hasOutcome });
    if (hasOutcome()) await clock.run({ until: clock.millis() + SETTLING });
    return undefined;
  } catch (failure) {
    return failure;
  }
};

const transitionsOf = (executions: readonly ExecutionSummary[]): number =>
  executions.reduce((sum, { transitions }) => sum + transitions, 0);

/** Runs one patient's whole journey, from the consult request to its outcome, and checks every invariant; without `record` that personal facts stay in the table is seen of texts only. */
export const rehearse = async (
  scenario: Scenario,
  engine: EngineFactory,
  { record = true } = {},
): Promise<Rehearsal> => {
  const { program, clinic, start, seed, patient } = scenario;
  const machine = await engine({ start, seed, library: { clinic, programs: [program] }, record });
  const people = answering(machine, scenario);
  const desk = commanding(machine, scenario);
  let hasOutcome = false;
  machine.onEvent((event) => {
    people.hear(event);
    desk.hear(event);
    if (event.entry.kind === 'outcome') hasOutcome = true;
  });
  const { journeyId } = await machine.requestConsult({ program: program.id, patient });
  desk.begin(journeyId, machine.clock.now());
  const failure = await runToOutcome(machine, scenario, () => hasOutcome);

  const entries = timelineOf(await machine.events(journeyId), desk.zones());
  const outcome = entries.find((entry) => entry.kind === 'outcome');
  const executions = machine.executions();
  const end = outcome?.at ?? machine.clock.now();
  const open = await machine.openRows(journeyId);
  const world: World = { scenario, journeyId, entries, executions, open, zones: desk.zones(), end };
  return {
    result: {
      program: { id: program.id, version: program.version },
      seed,
      journeyId,
      start,
      end,
      outcome: outcome === undefined ? null : { kind: outcome.outcome, reason: outcome.reason },
      entries,
      executions: executions.map(executionRow),
      invariants: checkInvariants(world),
      cost: costOf({ ...machine.usage(), transitions: transitionsOf(executions) }),
    },
    world,
    executions,
    remarks: [...people.refusals(), ...unusedOf(scenario, people.unused(), desk.unused())],
    failure,
  };
};

const unusedOf = (scenario: Scenario, rules: Scenario['people'], commands: Scenario['commands']): string[] => [
  ...rules.map((rule) => `scenario.people[${scenario.people.indexOf(rule)}]: no ${rule.task} came that it is for`),
  ...commands.map(
    (command) =>
      `scenario.commands[${scenario.commands.indexOf(command)}]: ${command.after} ${command.occurrence ?? 1} never came`,
  ),
];
