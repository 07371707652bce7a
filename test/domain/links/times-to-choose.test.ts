import { expect, test } from 'vitest';
import { timesToChoose } from '../../../functions/domain/links/times-to-choose.ts';

const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2026, 2, day, hour, minute)).toISOString();

test('of a free morning and an afternoon the patient chooses among few times, hours apart', () => {
  const free = [at(3, 9), at(3, 9, 15), at(3, 10, 45), at(3, 11), at(3, 15), at(4, 9)];
  expect(timesToChoose(free)).toEqual([at(3, 9), at(3, 11), at(3, 15), at(4, 9)]);
});

test('of many free days the first few times are enough', () => {
  expect(timesToChoose(Array.from({ length: 30 }, (_, day) => at(day + 1, 9)))).toHaveLength(6);
  expect(timesToChoose([])).toEqual([]);
});
