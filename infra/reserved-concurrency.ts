import type { FunctionName } from '../functions/contracts/deployment.ts';

/**
 * Executions at once that are set aside for a function, which are also the most that it gets. Together 61: an account's usual quota of
 * 1,000 does not notice them, a new account's 10 would not do (`reservedConcurrency` of the settings).
 */
export const reservedConcurrency: Readonly<Partial<Record<FunctionName, number>>> = {
  // Decisions resume and safety events start here: nothing else in the account may take its place.
  'work-outbox': 10,
  // A crisis is reported through it.
  'post-command': 5,
  // A thousand reminders due at nine must not run into the carriers' rates (3 texts a second on a toll-free number): the rest waits.
  'send-message': 10,
  // A flood from outside must not take the place of the machines; at a tenth of a second each, this is ten times what a clinic asks.
  'serve-api': 30,
  // Neither must a flood on its paths; a clinic's therapists write a few notes an hour.
  'serve-notes': 5,
  // Two rounds at once would try every pending item twice.
  'sweep-outbox': 1,
};
