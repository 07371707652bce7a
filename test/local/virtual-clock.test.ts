import { expect, test } from 'vitest';
import { inSlices, virtualClock } from '../../local/virtual-clock.ts';

const busyFor = (millis: number): void => {
  const until = performance.now() + millis;
  while (performance.now() < until);
};

test('whoever asks while much falls due has a turn after some milliseconds of it, and all of it happens in order', async () => {
  const clock = virtualClock(0, () => undefined, inSlices(2));
  const happened: number[] = [];
  for (let n = 0; n < 30; n += 1)
    clock.at(1_000, () => {
      busyFor(1);
      happened.push(n);
    });
  const seen: number[] = [];
  const look = (): void => {
    seen.push(happened.length);
    if (happened.length < 30) setImmediate(look);
  };
  setImmediate(look);
  await clock.run();
  expect(happened).toEqual(Array.from({ length: 30 }, (_, n) => n));
  const most = Math.max(...seen.map((count, n) => count - (seen[n - 1] ?? 0)));
  expect(most).toBeLessThanOrEqual(3);
});
