import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  planReminders,
  type ReminderPlan,
  type ReminderRule,
} from '../../../functions/domain/reminders/plan-reminders.ts';
import { fromMs, toMs } from '../../../functions/domain/time/instants.ts';
import { atLocal, localDate, localTime, plusDays } from '../../../functions/domain/time/local.ts';
import { insideSendingHours } from '../../../functions/domain/time/sending-hours.ts';

const LA = 'America/Los_Angeles';
const la = (text: string) => atLocal(text.slice(0, 10), text.slice(11), LA);
const rule = (over: Partial<ReminderRule> = {}): ReminderRule => ({
  id: 'session-day-before',
  message: 'day-before',
  audience: 'patient',
  anchor: 'dosing.startsAt',
  offset: '-P1D',
  at: '10:00',
  usefulUntil: '-PT8H',
  channels: ['sms', 'email'],
  ...over,
});
const plan = (over: Partial<ReminderPlan<ReminderRule>> = {}): ReminderPlan<ReminderRule> => ({
  rules: [rule()],
  anchors: { 'dosing.startsAt': la('2026-03-05 09:00') },
  revision: 1,
  now: la('2026-03-02 12:00'),
  zone: LA,
  sending: ['08:00', '21:00'],
  ...over,
});
const told = (over: Partial<ReminderPlan<ReminderRule>>) =>
  planReminders(plan(over)).map(({ kind, sendAt }) => `${kind} ${localDate(sendAt, LA)} ${localTime(sendAt, LA)}`);

describe('the reminders of one appointment', () => {
  it('carry the rule, the revision and the end of their use', () => {
    expect(planReminders(plan({ revision: 3 }))).toEqual([
      {
        kind: 'send',
        ruleId: 'session-day-before',
        message: 'day-before',
        audience: 'patient',
        channels: ['sms', 'email'],
        revision: 3,
        sendAt: la('2026-03-04 10:00'),
        usefulUntil: la('2026-03-05 01:00'),
      },
    ]);
  });

  it.each<[string, Partial<ReminderPlan<ReminderRule>>, string[]]>([
    ['the day before at ten', {}, ['send 2026-03-04 10:00']],
    [
      'before spring it stays ten o’clock',
      { anchors: { 'dosing.startsAt': la('2026-03-09 09:00') } },
      ['send 2026-03-08 10:00'],
    ],
    ['on the eve of spring too', { anchors: { 'dosing.startsAt': la('2026-03-08 09:00') } }, ['send 2026-03-07 10:00']],
    [
      'before autumn it stays ten o’clock',
      { anchors: { 'dosing.startsAt': la('2026-11-02 09:00') }, now: la('2026-10-20 09:00') },
      ['send 2026-11-01 10:00'],
    ],
    [
      'on the eve of autumn too',
      { anchors: { 'dosing.startsAt': la('2026-11-01 09:00') }, now: la('2026-10-20 09:00') },
      ['send 2026-10-31 10:00'],
    ],
    [
      'hours are elapsed time over spring',
      {
        rules: [rule({ anchor: 'dose.ended', offset: 'PT24H', at: undefined, usefulUntil: 'PT47H' })],
        anchors: { 'dose.ended': la('2026-03-07 10:45') },
      },
      ['send 2026-03-08 11:45'],
    ],
    [
      'hours that land in the night wait for the morning while it is of use',
      {
        rules: [rule({ anchor: 'dose.ended', offset: 'PT36H', at: undefined, usefulUntil: 'PT47H' })],
        anchors: { 'dose.ended': la('2026-03-02 13:00') },
      },
      ['send 2026-03-04 08:00'],
    ],
    [
      'hours that land in the night go the evening before when the morning is too late',
      { rules: [rule({ offset: '-PT2H', at: undefined, usefulUntil: '-PT1H' })] },
      ['send 2026-03-04 20:30'],
    ],
    [
      'booked after the evening is over: a person calls',
      { rules: [rule({ offset: '-PT2H', at: undefined, usefulUntil: '-PT1H' })], now: la('2026-03-04 21:30') },
      ['person 2026-03-04 21:30'],
    ],
    ['due before now, still of use: now', { now: la('2026-03-04 14:00') }, ['send 2026-03-04 14:00']],
    ['of no use any more', { now: la('2026-03-05 01:01') }, ['too-late 2026-03-04 10:00']],
    [
      'a confirmation says it at this moment',
      { now: la('2026-03-04 14:00'), justSaid: ['day-before'] },
      ['too-late 2026-03-04 10:00'],
    ],
    [
      'a confirmation says it, but the reminder is due later',
      { now: la('2026-03-04 09:00'), justSaid: ['day-before'] },
      ['send 2026-03-04 10:00'],
    ],
    [
      'a wall time after its own use is brought forward',
      { rules: [rule({ at: '17:00', usefulUntil: '-PT20H' })] },
      ['send 2026-03-04 12:30'],
    ],
    ['an anchor that is not known yet', { anchors: {} }, []],
    [
      'several, in order of time',
      {
        rules: [rule({ offset: '-P1D', at: '17:30' }), rule({ id: 'b', offset: '-P3D', usefulUntil: '-PT24H' })],
        now: la('2026-03-01 12:00'),
      },
      ['send 2026-03-02 10:00', 'send 2026-03-04 17:30'],
    ],
  ])('%s', (_, over, expected) => {
    expect(told(over)).toEqual(expected);
  });

  it('"the day before at ten" is ten o’clock of the date before, in every zone and on every date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
        fc.constantFrom(LA, 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kolkata'),
        (ms, zone) => {
          const startsAt = fromMs(ms);
          const [sent] = planReminders(
            plan({
              zone,
              anchors: { 'dosing.startsAt': startsAt },
              now: fromMs(ms - 5 * 86_400_000),
              rules: [rule({ usefulUntil: 'PT0S' })],
            }),
          );
          expect(sent?.kind).toBe('send');
          expect(localTime(sent?.sendAt ?? '', zone)).toBe('10:00');
          expect(plusDays(localDate(sent?.sendAt ?? '', zone), 1)).toBe(localDate(startsAt, zone));
        },
      ),
    );
  });

  it('never in quiet hours, before now or after its use', () => {
    const rules = fc.record({
      offset: fc.integer({ min: -4000, max: 4000 }),
      use: fc.integer({ min: 0, max: 3000 }),
      ahead: fc.integer({ min: -5000, max: 5000 }),
      ms: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
    });
    const minutes = (n: number) => `${n < 0 ? '-' : ''}PT${Math.abs(n)}M`;
    fc.assert(
      fc.property(rules, ({ offset, use, ahead, ms }) => {
        const now = fromMs(ms - ahead * 60_000);
        const [sent] = planReminders(
          plan({
            rules: [rule({ offset: minutes(offset), at: undefined, usefulUntil: minutes(offset + use) })],
            anchors: { 'dosing.startsAt': fromMs(ms) },
            now,
          }),
        );
        if (sent?.kind === 'too-late') expect(toMs(now)).toBeGreaterThan(toMs(sent.usefulUntil));
        if (sent?.kind !== 'send') return;
        expect(toMs(sent.sendAt)).toBeGreaterThanOrEqual(toMs(now));
        expect(toMs(sent.sendAt)).toBeLessThanOrEqual(toMs(sent.usefulUntil));
        expect(insideSendingHours(sent.sendAt, LA, ['08:00', '21:00'])).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
