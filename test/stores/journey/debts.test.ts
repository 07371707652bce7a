import { expect, test } from 'vitest';
import { owe } from '../../../functions/stores/journey/debts.ts';
import { cycle, past } from '../../domain/gates/scenes.ts';

const NOW = '2026-03-20T17:00:00.000Z';

test.each([
  ['the first dose', [], false],
  ['a dose whose earlier ones are integrated', [past(1, NOW), past(2, NOW, 'waived')], false],
  ['a dose after one that still owes', [past(1, NOW), past(2, NOW, 'owed')], true],
  ['a dose after one that is overdue', [past(1, NOW, 'overdue'), past(2, NOW)], true],
])('%s owes an integration, and knows whether an earlier one is owed', (_case, earlier, earlierOwed) => {
  const dose = cycle({ number: earlier.length + 1 });
  const { debt } = owe({ now: NOW, note: () => undefined }, dose, [...earlier, dose]);
  expect(debt).toMatchObject({ state: 'owed', owedAt: NOW, window: null, earlierOwed });
});
