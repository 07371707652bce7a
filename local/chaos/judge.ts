import { oneMachine } from '../clinic/one-machine.ts';
import { shortcomings } from '../rehearsal/result.ts';
import { rehearse } from '../rehearsal/run.ts';
import { readScenario } from '../rehearsal/scenario.ts';

/** What is wrong with a journey, one line each: no outcome, an invariant that did not hold, an execution that failed, an engine that broke off. */
export const judge = async (scenario: unknown): Promise<string[]> => {
  const { result, failure } = await rehearse(await readScenario(scenario), oneMachine, { record: false });
  return [
    ...(failure === undefined
      ? []
      : [`the engine broke off: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`]),
    ...shortcomings(result),
    ...result.executions
      .filter(({ status }) => status !== 'SUCCEEDED')
      .map(({ name, status }) => `execution ${name} is ${status}`),
  ];
};
