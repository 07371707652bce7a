import type { Block, Integration, State } from './definition.ts';
import { loadJsonPathPass } from './json-path.ts';
import { loadChoice } from './load-choice.ts';
import { loadFailing } from './load-failing.ts';
import {
  arrayAt,
  eachFound,
  loadEffects,
  numberField,
  refuse,
  refuseUncovered,
  type Source,
  stringField,
  templateField,
  textAt,
} from './load-fields.ts';
import { loadMap } from './load-map.ts';
import { loadWait } from './load-wait.ts';
import { fieldsOf, jsonPathTypes, languageOnly, type QueryLanguage, uncoveredFields } from './state-fields.ts';

/** Loads the states of a branch or a processor: given by the block's loader, since blocks hold states and states blocks. */
export type LoadBlock = (value: unknown, location: string) => Block;

const integrations: readonly Integration[] = [
  'lambda:invoke',
  'lambda:invoke.waitForTaskToken',
  'states:startExecution',
  'states:startExecution.sync',
  'states:startExecution.sync:2',
];

const loadIntegration = (source: Source): Integration => {
  const location = `${source.location}/Resource`;
  const resource = textAt(source.object.Resource, location);
  const found = integrations.find((name) => resource === `arn:aws:states:::${name}`);
  return found ?? refuseUncovered(`the resource '${resource}'`, location);
};

const loadDeadlines = (source: Source) => {
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = source.object;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
    refuse('HeartbeatSeconds must be smaller than TimeoutSeconds', `${source.location}/HeartbeatSeconds`);
  return {
    timeoutSeconds: numberField(source, 'TimeoutSeconds', { from: 1, to: 99_999_999 }),
    heartbeatSeconds: numberField(source, 'HeartbeatSeconds', { from: 1, to: 99_999_999 }),
  };
};

const checkFields = (source: Source, type: string, language: QueryLanguage) => {
  const known = fieldsOf(type, language);
  if (known === undefined)
    return refuse(
      'Value should be one of the following: [Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map]',
      `${source.location}/Type`,
    );
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  const foreign: readonly string[] = languageOnly[other];
  eachFound(Object.keys(source.object), (key) => {
    if (known.includes(key)) {
      if (uncoveredFields.includes(key)) refuseUncovered(`the field '${key}'`, `${source.location}/${key}`);
    } else if (language === 'JSONPath' && !jsonPathTypes.includes(type) && !foreign.includes(key)) return;
    else if (foreign.includes(key))
      refuse(
        `The QueryLanguage is set to '${language}', but field '${key}' is only supported for the '${other}' QueryLanguage`,
        source.location,
      );
    else refuse(`Field '${key}' is not supported`, source.location);
  });
};

const loadLanguage = (source: Source, machine: QueryLanguage): QueryLanguage => {
  const own = source.object.QueryLanguage;
  if (own === undefined) return machine;
  if (own !== 'JSONata' && own !== 'JSONPath')
    return refuse('Value should be one of the following: [JSONPath, JSONata]', `${source.location}/QueryLanguage`);
  if (machine === 'JSONata' && own === 'JSONPath')
    return refuse("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", source.location);
  return own;
};

const loadNext = (source: Source, type: string): string | undefined => {
  const { Next: next, End: end, Default: otherwise } = source.object;
  if (type === 'Succeed' || type === 'Fail') return undefined;
  if (type === 'Choice') return otherwise === undefined ? undefined : textAt(otherwise, `${source.location}/Default`);
  if (next !== undefined && end === true)
    return refuse('Only one of these fields is allowed: [Next, End]', source.location);
  if (end === true) return undefined;
  if (end !== undefined && end !== false) refuse('Expected value of type [BOOLEAN]', `${source.location}/End`);
  if (next === undefined) return refuse('These fields are required: [Next] or [End]', source.location);
  return textAt(next, `${source.location}/Next`);
};

/** Loads one state, refusing what AWS refuses at creation and what the runner does not cover. */
export const loadState = (name: string, source: Source, machine: QueryLanguage, loadBlock: LoadBlock): State => {
  const language = loadLanguage(source, machine);
  if (source.object.Type === undefined) return refuse('These fields are required: [Type]', source.location);
  const type = textAt(source.object.Type, `${source.location}/Type`);
  checkFields(source, type, language);
  if (language === 'JSONPath' && !jsonPathTypes.includes(type))
    refuseUncovered(`a ${type} state in the query language JSONPath`, source.location);
  const next = loadNext(source, type);
  if (language === 'JSONPath' && (type === 'Pass' || type === 'Succeed'))
    return { type, name, next, ...loadJsonPathPass(source) };
  const effects = loadEffects(source, { result: type === 'Task' || type === 'Parallel' || type === 'Map' });
  const named = { name, next, ...effects };
  switch (type) {
    case 'Pass':
      return { type, ...named };
    case 'Succeed':
      return { type, ...named };
    case 'Fail':
      return { type, ...named, error: stringField(source, 'Error'), cause: stringField(source, 'Cause') };
    case 'Wait':
      return { type, ...named, ...loadWait(source) };
    case 'Choice':
      return { type, ...named, rules: loadChoice(source) };
    case 'Task':
      return {
        type,
        ...named,
        ...loadFailing(source),
        integration: loadIntegration(source),
        arguments: templateField(source, 'Arguments', {}),
        ...loadDeadlines(source),
      };
    case 'Parallel': {
      const location = `${source.location}/Branches`;
      const branches = arrayAt(source.object.Branches, location);
      // Recorded: an empty list of branches is refused.
      if (branches.length === 0) refuse('Branches must not be empty', location);
      return {
        type,
        ...named,
        ...loadFailing(source),
        arguments: templateField(source, 'Arguments', {}),
        branches: branches.map((branch, index) => loadBlock(branch, `${location}[${index}]`)),
      };
    }
    case 'Map':
      return {
        type,
        ...named,
        ...loadFailing(source),
        ...loadMap(source, loadBlock),
      };
    default:
      return refuse(`Unknown type of state: ${type}`, `${source.location}/Type`);
  }
};
