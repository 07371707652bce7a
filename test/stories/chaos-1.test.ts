import { expect, test } from 'vitest';
import { judge } from '../../local/chaos/judge.ts';
import { tellRandomJourneys } from '../support/chaos.ts';

test(
  'whatever patients, staff, partners, telephones and the machine do, a journey ends in one outcome, and every invariant holds (1 of 4)',
  () => tellRandomJourneys(2026_03_01),
  600_000,
);

test('a scenario that goes wrong is told why', async () => {
  const problems = await judge({ program: 'northwest-iv', until: 'P1D' });
  expect(problems.join('\n')).toMatch(/no outcome was reached/);
});

test('a clinic that orders each dose in the last minute of its day is not held to that minute where things come late', async () => {
  const people = [{ task: 'dose-order', never: true }];
  expect(await judge({ program: 'northwest-iv', people, trouble: { seed: 1, late: 29 }, until: 'P6Y' })).toEqual([]);
});
