import * as z from 'zod';
import { wallTime } from '../program/values.ts';

/** Days in a month; February of a leap year has 29. */
const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const exists = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
};

/** A local date that exists in the calendar. */
export const localDate = z.stringFormat(
  'date',
  (text) => /^\d{4}-\d\d-\d\d$/.test(text) && exists(text),
  'a date of the calendar such as 2026-07-03',
);

let canonical: ReadonlySet<string> | undefined;

const isZone = (text: string): boolean => {
  // Most zones are on this list, which takes a tenth of the time of the first format in a process.
  canonical ??= new Set(Intl.supportedValuesOf('timeZone'));
  if (canonical.has(text)) return true;
  try {
    // The engine knows offsets such as +08:00 as zones too; they have no daylight saving, so no clinic is in one.
    return /^[A-Za-z]/.test(text) && new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined;
  } catch {
    return false;
  }
};

/** An IANA time zone that the engine knows. */
export const zone = z.stringFormat('zone', isZone, 'an IANA zone such as America/Los_Angeles');

/** From one wall time to a later one of the same day. */
export const span = z.tuple([wallTime, wallTime]).superRefine(([from, to], context) => {
  if (from >= to)
    context.addIssue({ code: 'custom', message: `ends (${to}) before it begins (${from}); the later time second` });
});

const day = z
  .array(span)
  .superRefine((spans, context) => {
    for (const [n, [from]] of spans.entries()) {
      const before = spans[n - 1];
      if (before !== undefined && from < before[1])
        context.addIssue({
          code: 'custom',
          path: [n],
          message: `begins (${from}) before the one ahead of it ends (${before[1]}); in order, apart`,
        });
    }
  })
  .default([]);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Opening or working hours by weekday, wall times; a day left out is free. */
export const weekHours = z.strictObject({
  mon: day,
  tue: day,
  wed: day,
  thu: day,
  fri: day,
  sat: day,
  sun: day,
} satisfies Record<Weekday, z.ZodType>);
export type WeekHours = z.infer<typeof weekHours>;
