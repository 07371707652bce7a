import { describe, expect, test } from 'vitest';
import { chains, growth, mapped, waiting, waitingOnFile } from '../../../local/bench/runner-loads.ts';

describe('a load of the runner', () => {
  test.each([
    ['chains', () => chains(1_000, 3), 3_000],
    ['waiting machines', () => waiting(10, 5), 10 * (2 + 2 * 5)],
    ['waiting machines on a file', () => waitingOnFile(3, 2), 3 * (2 + 2 * 2)],
    ['a Map', () => mapped(5_000), 5_001],
  ])('counts the transitions of %s as AWS bills them', async (_what, load, transitions) => {
    const found = await load();
    expect(found.transitions).toBe(transitions);
    expect(found.seconds).toBeGreaterThan(0);
  });

  test('passes 50,000 transitions a second', async () => {
    await chains(1_000, 5);
    const { transitions, seconds } = await chains(1_000, 50);
    expect(transitions / seconds).toBeGreaterThan(50_000);
  });

  test('takes no longer, and keeps little, after many executions ended', async () => {
    const { finished, firstMicros, lastMicros, bytesEach } = await growth(20_000);
    expect(finished).toBe(20_000);
    // Twice as long would be a growth by twentieths; five times leaves room for what else this machine does.
    expect(lastMicros).toBeLessThan(5 * firstMicros);
    expect(bytesEach).toBeLessThan(5_000);
  });
});
