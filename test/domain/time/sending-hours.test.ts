import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMs, toMs } from '../../../functions/domain/time/instants.ts';
import { atLocal, localDate, localTime } from '../../../functions/domain/time/local.ts';
import { insideSendingHours, planSending } from '../../../functions/domain/time/sending-hours.ts';

const LA = 'America/Los_Angeles';
const DAY: readonly [string, string] = ['08:00', '21:00'];
const la = (text: string) => atLocal(text.slice(0, 10), text.slice(11), LA);

describe('quiet hours know the deadline', () => {
  it.each([
    // due, useful until, now, sent (null: a person calls)
    ['inside hours', '2026-03-05 16:00', '2026-03-05 18:00', '2026-03-01 12:00', '2026-03-05 16:00'],
    ['at the opening', '2026-03-05 08:00', '2026-03-05 18:00', '2026-03-01 12:00', '2026-03-05 08:00'],
    ['the closing is quiet', '2026-03-05 21:00', '2026-03-06 09:00', '2026-03-01 12:00', '2026-03-06 08:00'],
    ['night, morning is early enough', '2026-03-05 23:00', '2026-03-06 12:00', '2026-03-01 12:00', '2026-03-06 08:00'],
    [
      'before dawn, morning is early enough',
      '2026-03-06 05:00',
      '2026-03-06 12:00',
      '2026-03-01 12:00',
      '2026-03-06 08:00',
    ],
    ['night, morning is too late', '2026-03-05 23:00', '2026-03-06 07:30', '2026-03-01 12:00', '2026-03-05 20:30'],
    [
      'before dawn, morning is too late',
      '2026-03-06 05:00',
      '2026-03-06 08:00',
      '2026-03-01 12:00',
      '2026-03-05 20:30',
    ],
    [
      'night, the evening is running out',
      '2026-03-05 23:00',
      '2026-03-06 07:30',
      '2026-03-05 20:50',
      '2026-03-05 20:50',
    ],
    ['night, the evening is over', '2026-03-05 23:00', '2026-03-06 07:30', '2026-03-05 21:00', null],
    ['past due, still of use', '2026-03-05 10:00', '2026-03-05 18:00', '2026-03-05 12:00', '2026-03-05 12:00'],
    ['past due, of use to this minute', '2026-03-05 10:00', '2026-03-05 12:00', '2026-03-05 12:00', '2026-03-05 12:00'],
    ['past due, of no use', '2026-03-05 10:00', '2026-03-05 11:59', '2026-03-05 12:00', null],
    ['across spring, night', '2026-03-07 23:00', '2026-03-08 10:00', '2026-03-01 12:00', '2026-03-08 08:00'],
    ['across autumn, too late', '2026-11-01 05:00', '2026-11-01 07:00', '2026-10-01 12:00', '2026-10-31 20:30'],
  ])('%s', (_, due, until, now, sent) => {
    const plan = planSending({ dueAt: la(due), usefulUntil: la(until), zone: LA, sending: DAY, now: la(now) });
    expect(plan).toEqual(sent === null ? { kind: 'person' } : { kind: 'send', at: la(sent) });
  });

  it('without a deadline waits for the morning', () => {
    const plan = planSending({ dueAt: la('2026-03-05 23:00'), zone: LA, sending: DAY, now: la('2026-03-05 23:00') });
    expect(plan).toEqual({ kind: 'send', at: la('2026-03-06 08:00') });
  });

  it('without sending hours goes out when due', () => {
    const plan = planSending({ dueAt: la('2026-03-05 23:00'), zone: LA, sending: null, now: la('2026-03-05 20:00') });
    expect(plan).toEqual({ kind: 'send', at: la('2026-03-05 23:00') });
  });

  it('a day shorter than half an hour still has a last moment', () => {
    const brief: readonly [string, string] = ['12:00', '12:10'];
    const plan = planSending({
      dueAt: la('2026-03-05 23:00'),
      usefulUntil: la('2026-03-06 09:00'),
      zone: LA,
      sending: brief,
      now: la('2026-03-01 12:00'),
    });
    expect(plan).toEqual({ kind: 'send', at: la('2026-03-05 12:00') });
  });

  it('never lands in quiet hours, after use, or before now, at any date', () => {
    const from = Date.UTC(2026, 0, 1);
    const cases = fc.record({
      due: fc.integer({ min: from, max: Date.UTC(2027, 11, 31) }),
      minutesOfUse: fc.option(fc.integer({ min: -60, max: 48 * 60 }), { nil: undefined }),
      minutesAhead: fc.integer({ min: -48 * 60, max: 48 * 60 }),
      zone: fc.constantFrom(LA, 'Europe/Berlin', 'America/Phoenix', 'Asia/Kolkata', 'Pacific/Auckland'),
      sending: fc.constantFrom<readonly [string, string] | null>(DAY, ['09:00', '17:30'], null),
    });
    fc.assert(
      fc.property(cases, ({ due, minutesOfUse, minutesAhead, zone, sending }) => {
        const dueAt = fromMs(due);
        const now = fromMs(due - minutesAhead * 60_000);
        const usefulUntil = minutesOfUse === undefined ? undefined : fromMs(due + minutesOfUse * 60_000);
        const plan = planSending({ dueAt, usefulUntil, zone, sending, now });
        if (plan.kind === 'person') {
          expect(usefulUntil).toBeDefined();
          return;
        }
        expect(toMs(plan.at)).toBeGreaterThanOrEqual(toMs(now));
        if (usefulUntil !== undefined) expect(toMs(plan.at)).toBeLessThanOrEqual(toMs(usefulUntil));
        expect(insideSendingHours(plan.at, zone, sending)).toBe(true);
        if (sending !== null) {
          const wall = localTime(plan.at, zone);
          expect(wall >= sending[0] && wall < sending[1], `${localDate(plan.at, zone)} ${wall}`).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
