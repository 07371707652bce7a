import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type DeployedFunction,
  deployedFunctions,
  type FunctionName,
} from '../../../functions/contracts/deployment.ts';
import { keysOf } from '../../../functions/domain/names.ts';
import { calling, type Step } from '../../../functions/runtime/frame.ts';

/** Every deployed function, in the order in which the deployment lists them. */
export const functionNames = keysOf(deployedFunctions);

/** Whether something is the name of a deployed function. */
export const isFunction = (name: string): name is FunctionName => Object.hasOwn(deployedFunctions, name);

/** The functions that state machines call. */
export const taskNames = functionNames.filter((name) => deployedFunctions[name].folder === 'tasks');

const handlers = new URL('../../../functions/handlers/', import.meta.url);

/** The file of a function. */
export const fileOf = (name: FunctionName): string => {
  const { folder }: DeployedFunction = deployedFunctions[name];
  return fileURLToPath(new URL(`${folder}/${name}.ts`, handlers));
};

/** The names of the files of one folder of handlers. */
export const filesIn = (folder: string): string[] =>
  readdirSync(new URL(`${folder}/`, handlers)).map((file) => file.replace('.ts', ''));

/** Some function's step, of which a table test knows the parts only. */
export type AnyStep = Step<unknown, unknown, unknown>;

/** What the file of a function exports. */
export const load = async (name: FunctionName): Promise<{ step: AnyStep; handler: unknown }> =>
  (await import(fileOf(name))) as { step: AnyStep; handler: unknown };

/** Calls a step, parsed in and checked out, over the given ports instead of AWS. */
export const call = <I, O, D>(step: Step<I, O, D>, deps: D, event: unknown): Promise<O> =>
  calling({ ...step, wire: () => deps })(event);

/** What a call was refused with. */
export const refusalOf = async (work: Promise<unknown>): Promise<Error> => {
  const caught = await work.then(
    (answer) => new Error(`was answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  return caught instanceof Error ? caught : new Error(`was refused with ${String(caught)}`);
};
