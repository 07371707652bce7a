import { describe, expect, it } from 'vitest';
import { countsDays, elapsedMs, isDuration } from '../../../functions/domain/time/durations.ts';
import { isInstant, minus, plus, readInstant, secondsUntil, toMs } from '../../../functions/domain/time/instants.ts';

describe('instants', () => {
  it.each([
    ['2026-03-02T17:00:00.000Z', 'PT90M', '2026-03-02T18:30:00.000Z'],
    ['2026-03-02T17:00:00.000Z', '-PT24H', '2026-03-01T17:00:00.000Z'],
    ['2026-03-02T17:00:00.000Z', 'PT0S', '2026-03-02T17:00:00.000Z'],
  ])('%s and %s is %s', (instant, duration, then) => {
    expect(plus(instant, duration)).toBe(then);
    expect(minus(then, duration)).toBe(instant);
  });

  it.each(['P1D', 'P1W', 'P1M', '-P1DT1H'])('refuse %s as elapsed time, since days need a calendar', (duration) => {
    expect(() => plus('2026-03-02T17:00:00.000Z', duration)).toThrow('use plusLocal');
    expect(countsDays(duration)).toBe(true);
  });

  it.each(['2026-03-02T17:00:00Z', '2026-03-02', 'soon', '2026-03-02T17:00:00.000+0'])('refuse %s', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(() => toMs(text)).toThrow('is not an instant');
  });

  it.each([
    ['2026-03-02T09:00:00-08:00', '2026-03-02T17:00:00.000Z'],
    ['2026-03-02T17:00Z', '2026-03-02T17:00:00.000Z'],
    ['2026-02-30T17:00:00Z', undefined],
    ['2026-03-02T17:00:00', undefined],
    ['2026-03-02T25:00:00Z', undefined],
    ['2026-13-02T01:00:00Z', undefined],
  ])('a file that says %s means %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });

  it.each([
    ['2026-03-02T17:00:00.001Z', 1],
    ['2026-03-02T17:00:00.000Z', 1],
    ['2026-03-01T17:00:00.000Z', 1],
    ['2026-03-02T17:00:01.001Z', 2],
    ['2026-03-03T17:00:00.000Z', 86_400],
  ])('until %s a state waits %i seconds', (then, seconds) => {
    expect(secondsUntil('2026-03-02T17:00:00.000Z', then)).toBe(seconds);
  });
});

describe('durations', () => {
  it.each([
    ['PT90M', 5_400_000],
    ['-PT1H30M', -5_400_000],
    ['PT0.5S', 500],
  ])('%s is %i ms', (duration, ms) => {
    expect(elapsedMs(duration)).toBe(ms);
  });

  it.each(['', 'P', 'PT', '90M', 'P1H', 'P1.5D', 'one hour'])('"%s" is none', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => elapsedMs(text)).toThrow('is not an ISO-8601 duration');
  });
});
