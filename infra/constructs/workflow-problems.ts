import {
  type DeployedFunction,
  deployedFunctions,
  functionPlaceholder,
  machinePlaceholder,
} from '../../functions/contracts/deployment.ts';
import type { MachineTasks } from '../machine-tasks.ts';
import { type Definition, statesOf } from '../workflow-lint/definition.ts';
import { callsOf, placeholdersIn, taskOf } from '../workflow-lint/tasks.ts';
import { isThrown } from '../workflow-lint/thrown-errors.ts';

const folderOf = (name: string): string | undefined => {
  const table: Readonly<Record<string, DeployedFunction>> = deployedFunctions;
  return table[name]?.folder;
};

/** The error names of a Retry or a Catch. */
const handledBy = (field: unknown): readonly string[] =>
  (Array.isArray(field) ? field : [])
    .flatMap((each: unknown) => (typeof each === 'object' && each !== null ? Reflect.get(each, 'ErrorEquals') : []))
    .filter((error) => typeof error === 'string');

/** Where a definition and its permissions differ, one sentence each; none is a machine that can run. */
export const workflowProblems = (
  text: string,
  definition: Definition,
  { calls, runs }: MachineTasks,
): readonly string[] => {
  const unclear = statesOf(definition).flatMap(({ name, state }) => {
    const task = state.Type === 'Task' ? taskOf(state) : undefined;
    return task !== undefined && 'problem' in task ? [`State "${name}" ${task.problem}`] : [];
  });
  const given = new Map<string, string>([
    ...calls.map((name) => [functionPlaceholder(name), name] as const),
    ...runs.map((name) => [machinePlaceholder(name), name] as const),
  ]);
  const unthrown = statesOf(definition).flatMap(({ name, state }) =>
    [...handledBy(state.Retry), ...handledBy(state.Catch)]
      .filter((error) => !isThrown(error))
      .map((error) => `State "${name}" handles the error "${error}", which nothing throws`),
  );
  const used = placeholdersIn(text);
  const called = callsOf(definition);
  const spent = new Set([...called.functions, ...called.machines]);
  return [
    ...unclear,
    ...unthrown,
    ...used
      .filter((placeholder) => !given.has(placeholder))
      .map((placeholder) => `uses \${${placeholder}}, but is given no such function or machine`),
    ...[...given.values()].filter((name) => !spent.has(name)).map((name) => `is given "${name}", but no Task calls it`),
    ...called.functions
      .filter((name) => folderOf(name) !== 'tasks')
      .map((name) => `calls "${name}", which answers people or events and is no task`),
  ];
};
