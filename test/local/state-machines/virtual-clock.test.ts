import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../../local/virtual-clock.ts';
import { NINE_O_CLOCK } from './run-machine.ts';

describe('the virtual clock', () => {
  test('shows the instant with milliseconds', () => {
    expect(virtualClock(NINE_O_CLOCK).now()).toBe('2026-01-05T09:00:00.000Z');
  });

  test('counts each call of its ordinal', () => {
    const clock = virtualClock(0);
    expect([clock.ordinal(), clock.ordinal(), clock.ordinal()]).toEqual([1, 2, 3]);
  });

  test('jumps from deadline to deadline and is idle after the last', async () => {
    const clock = virtualClock(0);
    const seen: number[] = [];
    for (const at of [300, 100, 200]) clock.at(at, () => void seen.push(clock.millis()));
    expect(await clock.run()).toBe('idle');
    expect(seen).toEqual([100, 200, 300]);
  });

  test('runs ties in the order in which they were set, whatever is set and cancelled around them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean())), async (deadlines) => {
        const clock = virtualClock(0);
        const seen: [number, number][] = [];
        const cancels = deadlines.map(([at], index) => clock.at(at, () => void seen.push([at, index])));
        deadlines.forEach(([, cancelled], index) => {
          if (cancelled) cancels[index]?.();
        });
        await clock.run();
        const kept = deadlines.flatMap(([at, cancelled], index) =>
          cancelled ? [] : [[at, index] as [number, number]],
        );
        expect(seen).toEqual(kept.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
    );
  });

  test('fires a past instant at once, without turning back', async () => {
    const clock = virtualClock(1000);
    let at = 0;
    clock.at(10, () => {
      at = clock.millis();
    });
    await clock.run();
    expect(at).toBe(1000);
  });

  test('stops at an instant, and goes on from there', async () => {
    const clock = virtualClock(0);
    let fired = 0;
    clock.at(100, () => {
      fired += 1;
    });
    expect(await clock.run({ until: 50 })).toBe('until');
    expect([clock.millis(), fired]).toEqual([50, 0]);
    expect(await clock.run({ until: 150 })).toBe('idle');
    expect([clock.millis(), fired]).toEqual([150, 1]);
  });

  test('stops when it is told to', async () => {
    const clock = virtualClock(0);
    let fired = 0;
    for (let at = 1; at <= 10; at += 1)
      clock.at(at, () => {
        fired += 1;
      });
    expect(await clock.run({ stop: () => fired === 3 })).toBe('stopped');
    expect(clock.millis()).toBe(3);
  });

  test('does not jump while work is in flight, also work that the work began', async () => {
    const clock = virtualClock(0);
    const seen: string[] = [];
    const slow = (name: string) => new Promise<void>((resolve) => setTimeout(() => resolve(void seen.push(name)), 5));
    clock.at(1, async () => {
      await slow('first');
      void clock.track(slow('second'));
    });
    clock.at(2, () => void seen.push('deadline'));
    await clock.run();
    expect(seen).toEqual(['first', 'second', 'deadline']);
  });

  test('hands on what a deadline throws', async () => {
    const clock = virtualClock(0);
    clock.at(1, async () => {
      throw new Error('broken');
    });
    await expect(clock.run()).rejects.toThrow('broken');
  });

  test('gives the event loop its turns while deadlines never end', async () => {
    const clock = virtualClock(0);
    const again = () => void clock.at(clock.millis() + 1, again);
    again();
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    expect(await clock.run({ stop: () => turned })).toBe('stopped');
  });
});
