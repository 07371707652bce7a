import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claim,
  type DayClaims,
  datesTouched,
  freeDay,
  overlaps,
  release,
} from '../../../functions/domain/booking/claims.ts';
import { claimsOfPair } from '../../../functions/domain/booking/claims-of.ts';
import { proposePairs } from '../../../functions/domain/booking/propose-pairs.ts';
import { fromMs } from '../../../functions/domain/time/instants.ts';
import { LA, la, northwest } from './default-clinic.ts';

const on = (from: string, to: string, appointmentId: string) => ({
  from: la(`2026-03-02 ${from}`),
  to: la(`2026-03-02 ${to}`),
  appointmentId,
});
const day: DayClaims = { ...freeDay('nurse-1', '2026-03-02'), intervals: [on('10:00', '11:00', 'a')] };

describe('a day of one room or person', () => {
  it.each([
    ['before, back to back', '09:00', '10:00', true],
    ['after, back to back', '11:00', '12:00', true],
    ['a minute too long', '09:00', '10:01', false],
    ['inside', '10:15', '10:45', false],
    ['around', '09:00', '12:00', false],
    ['the same', '10:00', '11:00', false],
  ])('%s: %s to %s', (_, from, to, free) => {
    const result = claim(day, on(from, to, 'b'));
    expect(result.claimed).toBe(free);
    if (!result.claimed) expect(result.heldBy).toBe('a');
    expect(overlaps(on(from, to, 'b'), on('10:00', '11:00', 'a'))).toBe(!free);
  });

  it('claiming twice changes nothing, and an appointment may move within its own time', () => {
    const once = claim(day, on('11:00', '12:00', 'b'));
    expect(once.claimed && claim(once.day, on('11:00', '12:00', 'b'))).toEqual(once);
    const moved = claim(day, on('10:30', '11:30', 'a'));
    expect(moved.claimed && moved.day.intervals).toEqual([on('10:30', '11:30', 'a')]);
  });

  it('releasing gives back what that appointment held, and only that', () => {
    const two = claim(day, on('11:00', '12:00', 'b'));
    expect(two.claimed && release(two.day, 'a').intervals).toEqual([on('11:00', '12:00', 'b')]);
    expect(release(day, 'nobody')).toEqual(day);
  });

  it('never holds two appointments at once, whatever is claimed and released', () => {
    const acts = fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 12 }),
        from: fc.integer({ min: 0, max: 40 }),
        length: fc.integer({ min: 1, max: 12 }),
        releases: fc.boolean(),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(acts, (list) => {
        let diary = freeDay('room-1', '2026-03-02');
        for (const { id, from, length, releases } of list) {
          const interval = {
            from: fromMs(1_772_000_000_000 + from * 900_000),
            to: fromMs(1_772_000_000_000 + (from + length) * 900_000),
            appointmentId: `a${id}`,
          };
          const result = claim(diary, interval);
          if (releases) diary = release(diary, interval.appointmentId);
          else if (result.claimed) diary = result.day;
          for (const [n, one] of diary.intervals.entries())
            for (const other of diary.intervals.slice(n + 1)) expect(one.to <= other.from).toBe(true);
        }
      }),
    );
  });
});

describe('the dates that an appointment touches', () => {
  it.each([
    ['within a day', '2026-03-02 09:00', '2026-03-02 11:45', ['2026-03-02']],
    ['up to midnight', '2026-03-02 21:00', '2026-03-02 24:00', ['2026-03-02']],
    ['past midnight', '2026-03-02 23:00', '2026-03-03 01:00', ['2026-03-02', '2026-03-03']],
    ['over a spring day', '2026-03-07 23:00', '2026-03-09 00:01', ['2026-03-07', '2026-03-08', '2026-03-09']],
  ])('%s', (_, from, to, dates) => {
    expect(datesTouched(la(from), la(to), LA)).toEqual(dates);
  });
});

describe('what a pair writes', () => {
  it('room, nurse and provider for the whole dosing appointment, the therapist for the integration', () => {
    const [pair] = proposePairs(northwest()).proposals;
    const claims = pair ? claimsOfPair(pair, { dosing: 'd1', integration: 'i1' }, LA) : [];
    const dosing = { from: la('2026-03-02 09:00'), to: la('2026-03-02 11:45'), appointmentId: 'd1' };
    const session = { from: la('2026-03-03 10:45'), to: la('2026-03-03 11:45'), appointmentId: 'i1' };
    expect(claims).toEqual([
      { resource: 'room-1', date: '2026-03-02', interval: dosing },
      { resource: 'nurse-1', date: '2026-03-02', interval: dosing },
      { resource: 'provider-1', date: '2026-03-02', interval: dosing },
      { resource: 'therapist-11', date: '2026-03-03', interval: session },
    ]);
  });
});
