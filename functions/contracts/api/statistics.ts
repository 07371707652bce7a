import * as z from 'zod';
import { APPOINTMENT_KINDS, INDICATIONS, MEASURE_IDS } from '../../domain/names.ts';
import { WEEKDAYS } from '../../domain/time/local.ts';
import { reads } from './operation.ts';
import { none } from './values.ts';

/** So many months at once, so that an answer of the largest clinic is read in time. */
export const MOST_MONTHS = 3;

const month = z.string().regex(/^2[0-9]{3}-(0[1-9]|1[0-2])$/, 'a month such as 2026-03');
const count = z.int().min(0);

const monthNumber = (given: string): number => Number(given.slice(0, 4)) * 12 + Number(given.slice(5)) - 1;

/** Every month from the first to the last, both included. */
export const monthsBetween = (from: string, to: string): string[] =>
  Array.from({ length: monthNumber(to) - monthNumber(from) + 1 }, (_, n) => {
    const number = monthNumber(from) + n;
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  });

/** What is counted, always with what it is counted among. `responses` is null for a reader who does not see what is clinical. */
export const Statistics = z
  .strictObject({
    from: month,
    to: month,
    windows: z.array(
      z.strictObject({
        therapist: z.string().nullable(),
        partner: z.string().nullable(),
        weekday: z.enum(WEEKDAYS),
        met: count,
        missed: count,
        waived: count,
      }),
    ),
    visits: z.array(z.strictObject({ appointment: z.enum(APPOINTMENT_KINDS), came: count, noShows: count })),
    clearances: z.strictObject({
      cleared: count,
      declined: count,
      medianDays: count.nullable(),
      after: z.array(z.strictObject({ days: count, journeys: count })),
    }),
    responses: z
      .array(
        z.strictObject({
          indication: z.enum(INDICATIONS),
          measure: z.enum(MEASURE_IDS),
          measured: count,
          responded: count,
          remitted: count.nullable(),
        }),
      )
      .nullable(),
  })
  .meta({ id: 'Statistics' });

export const statisticsOperations = {
  'get-statistics': reads({
    path: '/v1/statistics',
    summary: 'Windows met, visits missed, days to clearance and responses of some months of the clinic.',
    params: none,
    query: z.strictObject({ from: month, to: month }).refine(
      ({ from, to }) => {
        const months = monthNumber(to) - monthNumber(from) + 1;
        return months >= 1 && months <= MOST_MONTHS;
      },
      { path: ['to'], message: `from the month "from" on, at most ${MOST_MONTHS} months together` },
    ),
    answer: Statistics,
  }),
} as const;
