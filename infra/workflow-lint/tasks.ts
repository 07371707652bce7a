import {
  deployedFunctions,
  functionPlaceholder,
  machineNames,
  machinePlaceholder,
} from '../../functions/contracts/deployment.ts';
import { type Definition, type State, statesOf } from './definition.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const CALLBACK = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
const NESTED = 'arn:aws:states:::states:startExecution.sync:2';

/** What a Task does: calls a function, calls one and waits for an answer, or runs another machine to its end. */
export type Task = { readonly kind: 'function' | 'callback' | 'machine'; readonly calls: string };

const byPlaceholder = new Map<string, Task>([
  ...Object.keys(deployedFunctions).map(
    (name) => [functionPlaceholder(name), { kind: 'function', calls: name }] satisfies [string, Task],
  ),
  ...machineNames.map((name) => [machinePlaceholder(name), { kind: 'machine', calls: name }] satisfies [string, Task]),
]);

const argument = (state: State, field: string): string | undefined => {
  const { Arguments } = state;
  if (typeof Arguments !== 'object' || Arguments === null) return undefined;
  const value: unknown = Reflect.get(Arguments, field);
  return typeof value === 'string' ? value : undefined;
};

/** What a Task state calls, or a sentence that says why it calls nothing that is deployed here. */
export const taskOf = (state: State): Task | { readonly problem: string } => {
  const nested = state.Resource === NESTED;
  if (!nested && state.Resource !== INVOKE && state.Resource !== CALLBACK)
    return { problem: `uses the resource "${state.Resource}"; allowed are ${INVOKE}, ${CALLBACK} and ${NESTED}` };
  const field = nested ? 'StateMachineArn' : 'FunctionName';
  const value = argument(state, field);
  const placeholder = /^\$\{(\w+)\}$/.exec(value ?? '')?.[1];
  if (placeholder === undefined) return { problem: `needs a placeholder as ${field}, found ${JSON.stringify(value)}` };
  const task = byPlaceholder.get(placeholder);
  if (task === undefined)
    return { problem: `names \${${placeholder}}, which functions/contracts/deployment.ts does not know` };
  if ((task.kind === 'machine') !== nested)
    return {
      problem: `has \${${placeholder}} as ${field}, which is ${task.kind === 'machine' ? 'a machine' : 'a function'}`,
    };
  return state.Resource === CALLBACK ? { ...task, kind: 'callback' } : task;
};

const isTask = (task: Task | { readonly problem: string }): task is Task => !('problem' in task);

/** Every `${...}` of a definition's text, each once. */
export const placeholdersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name ?? '')),
];

/** The functions and machines that a definition calls, each once, in alphabetical order. */
export const callsOf = (definition: Definition) => {
  const tasks = statesOf(definition)
    .filter(({ state }) => state.Type === 'Task')
    .map(({ state }) => taskOf(state))
    .filter(isTask);
  const named = (...kinds: readonly Task['kind'][]) =>
    [...new Set(tasks.filter(({ kind }) => kinds.includes(kind)).map(({ calls }) => calls))].sort();
  return { functions: named('function', 'callback'), callbacks: named('callback'), machines: named('machine') };
};
