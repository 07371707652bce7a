import { describe, expect, it } from 'vitest';
import { atLocal, localDate, localTime } from '../../../functions/domain/time/local.ts';
import {
  endOfWorkingDay,
  everyDay,
  isWorking,
  nextWorking,
  plusWorking,
} from '../../../functions/domain/time/working-hours.ts';

const LA = 'America/Los_Angeles';
const la = (text: string) => atLocal(text.slice(0, 10), text.slice(11), LA);
const read = (instant: string | undefined) =>
  instant === undefined ? undefined : `${localDate(instant, LA)} ${localTime(instant, LA)}`;

const clinic = {
  zone: LA,
  holidays: ['2026-03-09'],
  hours: {
    mon: [['09:00', '17:00']],
    tue: [
      ['13:00', '17:00'],
      ['09:00', '12:00'],
    ],
    wed: [['09:00', '17:00']],
    thu: [['09:00', '17:00']],
    fri: [['09:00', '17:00']],
  },
} as const;

describe('working hours', () => {
  it.each([
    ['inside stays', '2026-03-04 10:00', '2026-03-04 10:00'],
    ['opening is inside', '2026-03-04 09:00', '2026-03-04 09:00'],
    ['closing is not', '2026-03-04 17:00', '2026-03-05 09:00'],
    ['a lunch break, spans in any order', '2026-03-03 12:30', '2026-03-03 13:00'],
    ['a weekend, a clock change and a holiday', '2026-03-06 18:00', '2026-03-10 09:00'],
  ])('next: %s', (_, from, next) => {
    expect(read(nextWorking(la(from), clinic))).toBe(next);
    expect(isWorking(la(from), clinic)).toBe(from === next);
  });

  it.each([
    ['two hours', '2026-03-04 10:00', 'PT2H', '2026-03-04 12:00'],
    ['up to the closing', '2026-03-04 15:00', 'PT2H', '2026-03-04 17:00'],
    ['over night', '2026-03-04 16:00', 'PT2H', '2026-03-05 10:00'],
    ['over lunch', '2026-03-03 11:30', 'PT1H', '2026-03-03 13:30'],
    ['over weekend and holiday', '2026-03-06 16:00', 'PT2H', '2026-03-10 10:00'],
    ['nothing, asked at night', '2026-03-04 20:00', 'PT0S', '2026-03-05 09:00'],
    ['days pass in the calendar', '2026-03-04 10:00', 'P1D', '2026-03-05 10:00'],
    ['days, then hours', '2026-03-04 16:30', 'P1DT1H', '2026-03-06 09:30'],
  ])('plus: %s', (_, from, duration, then) => {
    expect(read(plusWorking(la(from), duration, clinic))).toBe(then);
  });

  it('nobody works: no instant', () => {
    expect(nextWorking(la('2026-03-04 10:00'), { hours: {}, zone: LA })).toBeUndefined();
    expect(plusWorking(la('2026-03-04 10:00'), 'PT1H', { hours: {}, zone: LA })).toBeUndefined();
  });

  it.each([
    ['in the morning', '2026-03-04 10:00', '2026-03-04 17:00'],
    ['before it opens', '2026-03-04 07:00', '2026-03-04 17:00'],
    ['as it closes', '2026-03-04 17:00', '2026-03-05 17:00'],
  ])('ends a working day %s', (_case, from, then) => {
    expect(endOfWorkingDay(la(from), clinic)).toBe(la(then));
    expect(endOfWorkingDay(la(from), { hours: {}, zone: LA })).toBeUndefined();
  });

  it('never runs backwards', () => {
    expect(() => plusWorking(la('2026-03-04 10:00'), '-PT1H', clinic)).toThrow('only runs forward');
  });

  it('a patient answers every day, also on the days the clocks change', () => {
    const patient = { hours: everyDay(['08:00', '21:00']), zone: LA };
    expect(read(nextWorking(la('2026-03-08 03:30'), patient))).toBe('2026-03-08 08:00');
    expect(read(nextWorking(la('2026-11-01 21:00'), patient))).toBe('2026-11-02 08:00');
  });
});
