import type { Block, Machine, State } from './definition.ts';
import { stateMachineArn } from './arns.ts';
import { objectAt, refuse, textAt } from './load-fields.ts';
import { loadState } from './load-state.ts';
import type { QueryLanguage } from './state-fields.ts';

const machineFields = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const blockFields = ['StartAt', 'States', 'Comment', 'ProcessorConfig'];
const MOST_NESTED_BLOCKS = 50;

const targetsOf = (state: State): string[] => [
  ...(state.next === undefined ? [] : [state.next]),
  ...(state.type === 'Choice' ? state.rules.map((rule) => rule.next) : []),
  ...('catchers' in state ? state.catchers.map((catcher) => catcher.next) : []),
];

const isTerminal = (state: State) => state.type !== 'Choice' && state.next === undefined;

const checkGraph = ({ startAt, states }: Block, location: string) => {
  if (!states.has(startAt))
    refuse(`Missing 'Next' target: ${startAt}`, `${location}/StartAt`, 'MISSING_TRANSITION_TARGET');
  for (const state of states.values())
    for (const target of targetsOf(state))
      if (!states.has(target))
        refuse(`Missing 'Next' target: ${target}`, `${location}/States/${state.name}`, 'MISSING_TRANSITION_TARGET');
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (state !== undefined) for (const target of targetsOf(state)) reached.add(target);
  }
  for (const name of states.keys())
    if (!reached.has(name))
      refuse(`State "${name}" is not reachable.`, `${location}/States/${name}`, 'MISSING_TRANSITION_TARGET');
  if (![...states.values()].some(isTerminal))
    refuse('No terminal state found', `${location}/States`, 'NO_TERMINAL_STATE');
};

const loadBlock = (
  value: unknown,
  location: string,
  language: QueryLanguage,
  names: Set<string>,
  nested: number,
): Block => {
  if (nested > MOST_NESTED_BLOCKS) refuse('The definition is nested too deeply', location);
  const object = objectAt(value, location);
  const missing = ['States', 'StartAt'].filter((key) => object[key] === undefined);
  if (missing.length > 0) refuse(`These fields are required: [${missing.join(', ')}]`, location);
  const known = nested === 0 ? machineFields : blockFields;
  for (const key of Object.keys(object)) if (!known.includes(key)) refuse(`Field '${key}' is not supported`, location);
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(objectAt(object.States, `${location}/States`))) {
    const at = `${location}/States/${name}`;
    if (name.length > 80) refuse('A state name must not exceed 80 characters', at);
    if (names.has(name)) refuse(`Duplicate state name: ${name}`, at, 'DUPLICATE_STATE_NAME');
    names.add(name);
    const source = { object: objectAt(state, at), location: at, field: '' };
    const inner = (block: unknown, below: string) => loadBlock(block, below, language, names, nested + 1);
    states.set(name, loadState(name, source, language, inner));
  }
  const block = { startAt: textAt(object.StartAt, `${location}/StartAt`), states };
  checkGraph(block, location);
  return block;
};

/** Loads a definition; throws DefinitionRefused with AWS's code and location. */
export const loadMachine = (name: string, definition: unknown): Machine => {
  const object = objectAt(definition, '');
  const { QueryLanguage: language = 'JSONPath', TimeoutSeconds: timeout } = object;
  if (language !== 'JSONata' && language !== 'JSONPath')
    return refuse("Value is not one of: 'JSONPath', 'JSONata'", '/QueryLanguage');
  if (timeout !== undefined && (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout < 1))
    return refuse('Expected value of type Integer', '/TimeoutSeconds');
  const block = loadBlock(object, '', language, new Set(), 0);
  return {
    ...block,
    name,
    arn: stateMachineArn(name),
    timeoutSeconds: typeof timeout === 'number' ? timeout : undefined,
  };
};
