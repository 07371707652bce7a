import { isDeepStrictEqual } from 'node:util';
import { drawnStates } from '../workflow-drawing/ways.ts';
import {
  type Definition,
  innerScopes,
  type NamedState,
  nextOf,
  type Scope,
  type State,
  scopesOf,
} from './definition.ts';
import type { Finding } from './finding.ts';
import { standardRetry } from './standard-retry.ts';

/**
 * Design: at most about 20 states a machine; a quarter more is the end, then it is two machines. Inner states count, the
 * few that only a failure reaches do not: they are the same everywhere.
 */
export const MAX_STATES = 25;

const stepsOf = (scope: Scope): number =>
  drawnStates(scope).reduce(
    (count, [, state]) => count + 1 + innerScopes(state).reduce((sum, inner) => sum + stepsOf(inner), 0),
    0,
  );

const SENTENCE = /^[A-Z].{15,}[.?!]$/;

/** Comment first, JSONata throughout, few states. */
export const machineFindings = (definition: Definition): readonly Finding[] => {
  const count = stepsOf(definition);
  const rules: readonly [boolean, string][] = [
    [Object.keys(definition)[0] === 'Comment', 'begins with something else than its Comment'],
    [SENTENCE.test(definition.Comment ?? ''), 'has no Comment that is a sentence'],
    [definition.QueryLanguage === 'JSONata', 'does not say "QueryLanguage": "JSONata"'],
    [definition.TimeoutSeconds === undefined, 'has a TimeoutSeconds: every deadline belongs to a wait'],
    [
      count <= MAX_STATES,
      `has ${count} states besides the failure path; ${MAX_STATES} are the most that one can take in`,
    ],
  ];
  return rules.filter(([holds]) => !holds).map(([, message]) => ({ message }));
};

/** Every state can be reached, and every way leads to a state of the same scope. */
export const wayFindings = ({ StartAt, States }: Scope): readonly Finding[] => {
  const reached = new Set<string>();
  const missing: Finding[] = [];
  const walk = (name: string, from?: string) => {
    if (reached.has(name)) return;
    const state = States[name];
    if (state === undefined) {
      missing.push({
        ...(from === undefined ? {} : { state: from }),
        message: `goes to "${name}", which does not exist`,
      });
      return;
    }
    reached.add(name);
    for (const next of nextOf(state)) walk(next, name);
  };
  walk(StartAt);
  const unreached = Object.keys(States).filter((name) => !reached.has(name));
  return [...missing, ...unreached.map((state) => ({ state, message: 'is never reached' }))];
};

const namingRules = ({ name, state }: NamedState): readonly [boolean, string][] => [
  [state.Type !== 'Choice' || name.endsWith('?'), 'is a Choice whose name is no question: it must end in "?"'],
  [name.length <= 80 && /^[A-Z]/.test(name), 'has a name that is no short sentence of at most 80 characters'],
  [state.Type !== 'Wait', 'is a Wait; every wait is a callback with a timeout, so that a command can end it'],
  [state.Type !== 'Choice' || state.Default !== undefined, 'has no Default: what fits no rule would end in silence'],
];

/** Names, no Wait, a Default for every Choice; Tasks have their own rules. */
export const stateFindings = (named: NamedState): readonly Finding[] =>
  namingRules(named)
    .filter(([holds]) => !holds)
    .map(([, message]) => ({ state: named.name, message }));

/** Whether a Task, Parallel or Map catches everything, alone and last. */
const catchesAll = (state: State) => isDeepStrictEqual(state.Catch?.at(-1)?.ErrorEquals, ['States.ALL']);

/** A Task retries as all do and ends in a person's hands: by its own Catch, or inside a Parallel or Map by the one of that. */
export const safetyFindings = (named: NamedState): readonly Finding[] => {
  const { name, state, around } = named;
  const rules: readonly [boolean, string][] =
    state.Type === 'Task'
      ? [
          [
            isDeepStrictEqual(state.Retry, standardRetry),
            'needs exactly the Retry of infra/workflow-lint/standard-retry.ts',
          ],
          [
            [state, ...around].some(catchesAll),
            'needs a last Catch of States.ALL alone, so that a failure becomes a task for a person',
          ],
        ]
      : [[state.Retry === undefined, 'has a Retry: what it holds would run twice; its Tasks retry by themselves']];
  return rules.filter(([holds]) => !holds).map(([, message]) => ({ state: name, message }));
};

/** Every scope of a machine with the scopes in it. */
export const allWayFindings = (definition: Definition): readonly Finding[] => scopesOf(definition).flatMap(wayFindings);

/** States that open scopes say so with at least one. */
export const emptyScopeFindings = ({ name, state }: NamedState): readonly Finding[] =>
  (state.Type === 'Parallel' || state.Type === 'Map') && innerScopes(state).length === 0
    ? [{ state: name, message: 'holds no states' }]
    : [];
