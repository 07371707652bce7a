import type { FunctionName } from '../../functions/contracts/deployment.ts';
import type { Scope, State } from '../workflow-lint/definition.ts';

import { taskOf } from '../workflow-lint/tasks.ts';

/** One arrow of a drawing; dotted ones are what happens when nobody answers or a step says no with an error. */
export type Way = { readonly to: string; readonly words?: string; readonly dotted?: boolean };

const TIMEOUT = 'States.Timeout';
const CLOCK: FunctionName = 'wait-until';

const bare = (condition: unknown) =>
  String(condition)
    .replace(/^\{%\s*|\s*%\}$/g, '')
    .replaceAll('$states.input.', '')
    .replaceAll('$states.result.', '')
    .replace(/\s+/g, ' ');

const lower = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/[.]$/, '');

/** A wait for a time ends well when nobody ends it earlier; a wait for a person does not. */
const timedOut = (state: State) => {
  const task = taskOf(state);
  return 'calls' in task && task.calls === CLOCK ? 'the time has come' : 'nobody answered in time';
};

/** Where a state goes on, in the words of its rules; the Catch of everything, which ends with a person, is left out. */
export const waysOf = (state: State): readonly Way[] => [
  ...(state.Choices ?? []).map(({ Next, Condition, Comment }) => ({
    to: Next,
    words: Comment === undefined ? bare(Condition) : lower(Comment),
  })),
  ...(state.Default === undefined ? [] : [{ to: state.Default, words: 'otherwise' }]),
  ...(state.Next === undefined ? [] : [{ to: state.Next }]),
  ...(state.Catch ?? [])
    .filter(({ ErrorEquals }) => !ErrorEquals.includes('States.ALL'))
    .map(({ Next, ErrorEquals }) => ({
      to: Next,
      words: ErrorEquals.map((error) => (error === TIMEOUT ? timedOut(state) : error)).join(' or '),
      dotted: true,
    })),
];

/** The states that can be reached while nothing breaks, in the order of the file. */
export const drawnStates = ({ StartAt, States }: Scope): readonly (readonly [string, State])[] => {
  const reached = new Set<string>();
  const walk = (name: string) => {
    const state = States[name];
    if (state === undefined || reached.has(name)) return;
    reached.add(name);
    for (const { to } of waysOf(state)) walk(to);
  };
  walk(StartAt);
  return Object.entries(States).filter(([name]) => reached.has(name));
};
