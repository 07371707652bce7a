import { oneMachine } from '../clinic/one-machine.ts';
import type { EngineFactory } from '../rehearsal/engine.ts';
import { shortcomings } from '../rehearsal/result.ts';
import { type Rehearsal, rehearse } from '../rehearsal/run.ts';
import { readScenario } from '../rehearsal/scenario.ts';
import { unlike } from '../trouble/same-journey.ts';
import { troubledMachine } from '../trouble/troubled-machine.ts';

/** What it would cost on AWS is not asked here. */
const uncounted: EngineFactory = (options) => oneMachine({ ...options, counted: false });

const wrongWith = ({ result, failure }: Rehearsal): string[] => [
  ...(failure === undefined
    ? []
    : [`the engine broke off: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`]),
  ...shortcomings(result),
  ...result.executions
    .filter(({ status }) => status !== 'SUCCEEDED')
    .map(({ name, status }) => `execution ${name} is ${status}`),
];

/**
 * What is wrong with a journey, one line each: no outcome, an invariant that did not hold, an execution that failed, an engine that
 * broke off; where the scenario has trouble also what is otherwise with it than without.
 */
export const judge = async (file: unknown): Promise<string[]> => {
  const scenario = await readScenario(file);
  const plain = await rehearse(scenario, uncounted, { record: false });
  const problems = wrongWith(plain);
  const { trouble } = scenario;
  if (trouble === undefined || problems.length > 0) return problems;
  const troubled = await rehearse(scenario, troubledMachine(trouble), { record: false });
  return [...wrongWith(troubled), ...unlike(plain.result, troubled.result, trouble)];
};
