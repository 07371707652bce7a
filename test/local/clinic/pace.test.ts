import { describe, expect, test } from 'vitest';
import { pacing } from '../../../local/clinic/pace.ts';
import { virtualClock } from '../../../local/virtual-clock.ts';

const HOUR = 3_600_000;
const noon = Date.UTC(2026, 2, 2, 12);

/** A clinic's clock beside a wall's that the test moves. */
const paced = (speed?: number) => {
  const clock = virtualClock(noon);
  const wall = { millis: 1_000 };
  const failures: unknown[] = [];
  const pace = pacing({
    clock,
    wall: () => wall.millis,
    onFailure: (failure) => failures.push(failure),
    ...(speed !== undefined && { speed }),
  });
  const happened: string[] = [];
  const plan = (name: string, after: number) => clock.at(noon + after, () => void happened.push(name));
  return { clock, wall, failures, pace, happened, plan };
};

describe('a clinic’s clock', () => {
  test('keeps to the wall’s: what is due by now happens, what is due later does not', async () => {
    const { clock, wall, pace, happened, plan } = paced();
    plan('soon', 500);
    plan('later', 5_000);
    wall.millis += 1_000;
    await pace.catchUp();
    expect(happened).toEqual(['soon']);
    expect(clock.millis()).toBe(noon + 1_000);
  });

  test.each([60, 3_600])('goes %i times as fast where it is asked to, from that moment', async (speed) => {
    const { clock, wall, pace } = paced();
    wall.millis += 1_000;
    await pace.setSpeed(speed);
    wall.millis += 1_000;
    await pace.catchUp();
    expect(clock.millis()).toBe(noon + 1_000 + speed * 1_000);
  });

  test('stands still while it is paused, and goes on from there', async () => {
    const { clock, wall, pace } = paced();
    await pace.setSpeed(0);
    wall.millis += HOUR;
    await pace.catchUp();
    expect(clock.millis()).toBe(noon);
    await pace.setSpeed(1);
    wall.millis += 1_000;
    await pace.catchUp();
    expect(clock.millis()).toBe(noon + 1_000);
  });

  test('jumps over what tells nobody anything, to the next thing that happens', async () => {
    const { clock, pace, happened, plan } = paced(0);
    clock.at(noon + HOUR, () => undefined);
    plan('reminder', 2 * HOUR);
    plan('visit', 3 * HOUR);
    expect(await pace.jump(() => happened.length > 0)).toBe(true);
    expect(happened).toEqual(['reminder']);
    expect(clock.millis()).toBe(noon + 2 * HOUR);
  });

  test('says so where nothing is left to happen', async () => {
    expect(await paced(0).pace.jump(() => false)).toBe(false);
  });

  test('never goes back when the wall’s clock does', async () => {
    const { clock, wall, pace } = paced();
    wall.millis += HOUR;
    await pace.catchUp();
    wall.millis -= 2 * HOUR;
    await pace.catchUp();
    expect(clock.millis()).toBe(noon + HOUR);
  });

  test('goes on after work that failed, and tells of it', async () => {
    const { clock, wall, failures, pace, happened, plan } = paced();
    clock.at(noon + 100, () => Promise.reject(new Error('no answer')));
    plan('reminder', 200);
    wall.millis += 1_000;
    await pace.catchUp();
    expect(happened).toEqual(['reminder']);
    expect(failures).toMatchObject([{ message: 'no answer' }]);
  });

  test('beats by itself until it is ended', async () => {
    const clock = virtualClock(noon);
    const pace = pacing({ clock, onFailure: () => undefined });
    const happened = new Promise<void>((resolve) => void clock.at(noon + 20, resolve));
    pace.begin();
    await happened;
    await pace.end();
    const ended = clock.millis();
    expect(ended).toBeGreaterThanOrEqual(noon + 20);
  });
});
