import { virtualClock } from '../virtual-clock.ts';
import { DefinitionRefused, ServiceError } from './errors.ts';
import type { HistoryEvent } from './execution.ts';
import { isObject } from './plain-json.ts';
import { stateMachineRunner } from './runner.ts';

/** What became of one case: `output` is an object where it is one, else its JSON text. */
export type CaseResult = {
  id: string | number;
  status: string;
  output?: unknown;
  error?: string;
  cause?: string;
  eventTypes: string[];
  transitions: number;
  events?: HistoryEvent[];
};

const startAt = Date.UTC(2026, 0, 5, 9);

// Recorded, but for account, region and request.
const noFunctions = async (name: string): Promise<never> => {
  const error = new Error(
    `Function not found: arn:aws:lambda:local:000000000000:function:${name} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: local; Proxy: null)`,
  );
  error.name = 'Lambda.ResourceNotFoundException';
  throw error;
};

const refused = (id: string | number, error: string, cause: string): CaseResult => ({
  id,
  status: 'REFUSED',
  error,
  cause,
  eventTypes: [],
  transitions: 0,
});

const inputOf = (input: unknown): unknown => {
  if (input === undefined) return {};
  if (typeof input !== 'string') throw new ServiceError('InvalidExecutionInput', 'The input of a case is JSON text.');
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : String(error)}'`,
    );
  }
};

const run = async (
  id: string | number,
  definition: unknown,
  input: unknown,
  withHistory: boolean,
): Promise<CaseResult> => {
  const clock = virtualClock(startAt);
  const runner = stateMachineRunner({
    clock,
    machines: [{ name: 'case', definition }],
    invokeFunction: noFunctions,
    record: withHistory || 'types',
  });
  const { executionArn } = await runner.startExecution({ stateMachine: 'case', name: 'case', input: inputOf(input) });
  await clock.run();
  const found = runner.describeExecution(executionArn);
  const { status = 'RUNNING', output, error, cause, transitions = 0, events = [] } = found ?? {};
  return {
    id,
    status,
    ...(status !== 'SUCCEEDED' ? {} : { output: isObject(output) ? output : JSON.stringify(output) }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    eventTypes: events.map(({ type }) => type),
    transitions,
    ...(withHistory ? { events } : {}),
  };
};

/** Runs one case on a clock of its own; a definition or an input that AWS would not take gives the status REFUSED. */
export const runCase = async (one: unknown, index: number, withHistory: boolean): Promise<CaseResult> => {
  if (!isObject(one))
    return refused(index, 'INVALID_CASE', `Case ${index} is no object with a definition and an input.`);
  const { definition, input } = one;
  const id = typeof one.id === 'string' || typeof one.id === 'number' ? one.id : index;
  if (definition === undefined) return refused(id, 'INVALID_CASE', 'The case has no definition.');
  try {
    return await run(id, definition, input, withHistory);
  } catch (thrown) {
    if (thrown instanceof DefinitionRefused) return refused(id, thrown.code, thrown.message);
    if (thrown instanceof ServiceError) return refused(id, thrown.name, thrown.message);
    if (thrown instanceof RangeError)
      return refused(id, 'INVALID_DEFINITION', `The definition or the input is nested too deeply: ${thrown.message}`);
    throw thrown;
  }
};
