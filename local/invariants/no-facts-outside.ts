import { leaks } from '../../functions/domain/messages/leaks.ts';
import type { ExecutionSummary } from '../state-machines/execution.ts';
import { claimOf } from './reminders.ts';
import { allOf, type Invariant, type World } from './world.ts';

/** Ids, kinds and instants have no blanks; sentences, names and addresses of people do, or an @. */
const ID = /^[A-Za-z0-9._:#/+-]{0,200}$/;
const PHONE = /^\+?\d{10,15}$/;
const FACTS: ReadonlySet<string> = new Set([
  'facts',
  'data',
  'text',
  'total',
  'mobile',
  'email',
  'phone',
  'firstName',
  'token',
]);

/** Where a value holds more than ids. */
const factsIn = (value: unknown, path: string): string[] => {
  if (typeof value === 'string') return ID.test(value) && !PHONE.test(value) ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    FACTS.has(key) ? [`${path}.${key}`] : factsIn(part, `${path}.${key}`),
  );
};

const ofExecution = ({ name, input, output, error }: ExecutionSummary): string[] => [
  ...factsIn(name, 'name'),
  ...factsIn(input, 'input'),
  ...factsIn(output, 'output'),
  ...factsIn(error, 'error'),
];

const texts = (world: World): string[] =>
  allOf(world.entries, 'message').flatMap((message) => {
    const words = message.event === 'sent' && message.text !== undefined ? leaks(message.text, message.to) : [];
    return words.length === 0 ? [] : [`${claimOf(message)} says ${words.join(', ')}`];
  });

/** 11: ids travel, facts stay. */
export const noFactsOutside: Invariant = {
  id: 11,
  title: 'Personal facts stay in the table',
  violations: (world) => [
    ...world.executions.flatMap((execution) =>
      ofExecution(execution).map((path) => `execution ${execution.name} carries more than ids at ${path}`),
    ),
    ...texts(world),
  ],
};
