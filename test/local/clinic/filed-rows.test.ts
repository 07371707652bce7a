import { expect, it } from 'vitest';
import type { Operation } from '../../../functions/stores/table.ts';
import { memoryTable } from '../../../local/clinic/memory-table.ts';
import { counterIds } from '../../contracts/table-rows.ts';

const event = (number: number): Operation => ({
  do: 'put',
  row: { pk: 'journey#1', sk: `audit#${String(number).padStart(4, '0')}`, body: { number, text: 'Zoë\nsaid “hi”' } },
  when: 'free',
});

it('gives back every event in order, however many were packed, and nothing of another partition', async () => {
  const newId = counterIds();
  const table = memoryTable({ newId, onlyAdded: 'audit#' });
  for (let number = 0; number < 250; number += 1) await table.write([event(number)]);
  await table.write([{ do: 'put', row: { pk: 'journey#2', sk: 'audit#0001', body: {} }, when: 'free' }]);
  const { rows } = await table.query({ pk: 'journey#1', prefix: 'audit#' });
  expect(rows.map(({ body }) => body.number)).toEqual(Array.from({ length: 250 }, (_, number) => number));
  expect((await table.get({ pk: 'journey#1', sk: 'audit#0007' }))?.body).toEqual({ number: 7, text: 'Zoë\nsaid “hi”' });
});

it('keeps no event of a write that is refused', async () => {
  const newId = counterIds();
  const table = memoryTable({ newId, onlyAdded: 'audit#' });
  const row = { pk: 'journey#1', sk: 'head', body: {} };
  await table.write([{ do: 'put', row, when: 'ifAbsent' }]);
  await expect(table.write([{ do: 'put', row, when: 'ifAbsent' }, event(1)])).rejects.toThrow('refused');
  expect((await table.query({ pk: 'journey#1', prefix: 'audit#' })).rows).toEqual([]);
});
