import { stateMachineArn } from './arns.ts';
import { checkGraph } from './check-graph.ts';
import { checkVariables } from './check-variables.ts';
import type { Block, Machine, State } from './definition.ts';
import { DefinitionRefused } from './errors.ts';
import { limits } from './limits.ts';
import { eachFound, objectAt, refuse, textAt } from './load-fields.ts';
import { loadState } from './load-state.ts';
import { isDeeperThan, isObject } from './plain-json.ts';
import type { QueryLanguage } from './state-fields.ts';

const machineFields = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const blockFields = ['StartAt', 'States', 'Comment', 'ProcessorConfig'];
const MOST_NESTED_BLOCKS = 50;
const MOST_NAME = 80;

const checkBlockFields = (object: Record<string, unknown>, location: string, isMachine: boolean) => {
  const missing = ['States', 'StartAt'].filter((key) => object[key] === undefined);
  // Recorded: "These fields are required: [States, StartAt]".
  if (missing.length > 0) refuse(`These fields are required: [${missing.join(', ')}]`, location);
  const known = isMachine ? machineFields : blockFields;
  eachFound(Object.keys(object), (key) => {
    const isBranch = !isMachine && location.endsWith(']');
    if (!known.includes(key) || (isBranch && key === 'ProcessorConfig'))
      refuse(`Field '${key}' is not supported`, location);
  });
};

type Around = { readonly language: QueryLanguage; readonly names: Set<string>; readonly nested: number };

const loadBlock = (value: unknown, location: string, around: Around): Block => {
  const { language, names, nested } = around;
  if (nested > MOST_NESTED_BLOCKS) refuse('The definition is nested too deeply', location);
  const object = objectAt(value, location);
  checkBlockFields(object, location, nested === 0);
  const states = new Map<string, State>();
  const inner = (block: unknown, below: string) => loadBlock(block, below, { ...around, nested: nested + 1 });
  eachFound(Object.entries(objectAt(object.States, `${location}/States`)), ([name, state]) => {
    const at = `${location}/States/${name}`;
    if (name.length > MOST_NAME) refuse(`State name exceeds the maximum length of ${MOST_NAME} characters`, at);
    if (names.has(name)) refuse(`Duplicate State name: ${name}`, at, 'DUPLICATE_STATE_NAME');
    names.add(name);
    states.set(name, loadState(name, { object: objectAt(state, at), location: at, field: '' }, language, inner));
  });
  const block = { startAt: textAt(object.StartAt, `${location}/StartAt`), states };
  checkGraph(block, location, nested === 0);
  return block;
};

/** Loads a definition; throws DefinitionRefused with AWS's code and location. */
export const loadMachine = (name: string, definition: unknown): Machine => {
  // Recorded: AWS's words for what is no JSON object, and that they name no place.
  if (!isObject(definition)) {
    const message = 'Definition must be a valid JSON object';
    throw new DefinitionRefused([{ code: 'SCHEMA_VALIDATION_FAILED', message, location: null }]);
  }
  if (isDeeperThan(definition, limits.nesting)) return refuse('The definition is nested too deeply', '');
  if (JSON.stringify(definition).length > limits.definitionCharacters)
    return refuse(`Definition exceeds the maximum size of ${limits.definitionCharacters} characters`, '');
  const { QueryLanguage: language = 'JSONPath', TimeoutSeconds: timeout } = definition;
  if (language !== 'JSONata' && language !== 'JSONPath')
    return refuse('Value should be one of the following: [JSONPath, JSONata]', '/QueryLanguage');
  if (timeout !== undefined && (typeof timeout !== 'number' || !Number.isInteger(timeout)))
    return refuse('Expected value of type [INTEGER]', '/TimeoutSeconds');
  if (timeout !== undefined && timeout < 1) return refuse('Minimum value is 1', '/TimeoutSeconds');
  const block = loadBlock(definition, '', { language, names: new Set(), nested: 0 });
  checkVariables(block, '');
  return { ...block, name, arn: stateMachineArn(name), timeoutSeconds: timeout };
};
