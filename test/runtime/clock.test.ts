import { describe, expect, it } from 'vitest';
import { isInstant } from '../../functions/domain/time/instants.ts';
import { newId, systemClock, systemOrdinal } from '../../functions/runtime/clock.ts';

describe('The clock of a function', () => {
  it('tells instants in the one spelling that rows carry, and they do not run backwards', () => {
    const [first, second] = [systemClock(), systemClock()];
    expect(isInstant(first)).toBe(true);
    expect(first <= second).toBe(true);
    expect(Math.abs(Date.parse(first) - Date.now())).toBeLessThan(60_000);
  });
});

describe('Ordinals', () => {
  it('sort as text in the order in which they were given, also past ten and a thousand', () => {
    const given = Array.from({ length: 1_200 }, systemOrdinal);
    expect([...given].sort()).toEqual(given);
    expect(new Set(given).size).toBe(given.length);
  });

  it('end with what tells this process from others', () => {
    const [first = '', second = ''] = [systemOrdinal(), systemOrdinal()];
    expect(first).toMatch(/^\d{8}-[0-9a-f]{8}$/);
    expect(second.slice(9)).toBe(first.slice(9));
  });
});

describe('Ids', () => {
  it('never repeat and fit wherever names do', () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/);
  });
});
