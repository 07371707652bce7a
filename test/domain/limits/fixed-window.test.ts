import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOne, type Window } from '../../../functions/domain/limits/fixed-window.ts';

const NAMED = { who: 'somebody', what: 'asking' };
const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 9) + second * 1000).toISOString();

test('whoever comes too often is told when there is room again, and then there is', () => {
  const limit = { most: 2, seconds: 60 };
  let known: Window | undefined;
  const come = (second: number) => {
    const counted = countOne(NAMED, known, limit, at(second));
    if ('window' in counted) known = counted.window;
    return 'retryAfter' in counted ? counted.retryAfter : 'in';
  };
  expect([0, 10, 20, 59, 60, 61, 62].map(come)).toEqual(['in', 'in', 40, 1, 'in', 'in', 58]);
});

test('nobody gets in more often than twice the limit within any stretch as long as the window, however they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 80 }),
      fc.record({ most: fc.integer({ min: 1, max: 5 }), seconds: fc.constantFrom(30, 60, 100) }),
      (seconds, limit) => {
        let known: Window | undefined;
        const admitted: number[] = [];
        for (const second of seconds.toSorted((a, b) => a - b)) {
          const counted = countOne(NAMED, known, limit, at(second));
          if ('retryAfter' in counted) continue;
          known = counted.window;
          admitted.push(second);
        }
        for (const from of admitted)
          expect(admitted.filter((each) => each >= from && each < from + limit.seconds).length).toBeLessThanOrEqual(
            2 * limit.most,
          );
      },
    ),
  );
});
