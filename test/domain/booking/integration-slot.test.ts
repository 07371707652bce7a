import { describe, expect, it } from 'vitest';
import { checkIntegration, reviewIntegration } from '../../../functions/domain/booking/integration-slot.ts';
import { held, LA, la, read, somebody, withSaturday } from './default-clinic.ts';

const review = (over: Partial<Parameters<typeof reviewIntegration>[0]> = {}) => {
  const result = reviewIntegration({
    zone: LA,
    claimsOn: () => undefined,
    therapist: somebody('therapist-11'),
    duration: 'PT60M',
    window: { opens: 'PT24H', closes: 'PT48H' },
    grid: 'PT15M',
    recordedEnd: la('2026-03-04 11:07'),
    now: la('2026-03-04 11:10'),
    ...over,
  });
  return result.kind === 'moves' ? read(result.slot.startsAt) : result.kind;
};

describe('the integration once the dose has really ended', () => {
  it.each<[string, Parameters<typeof review>[0], string]>([
    ['inside', { bookedAt: la('2026-03-05 14:00') }, 'keeps'],
    ['at the opening', { bookedAt: la('2026-03-05 11:07') }, 'keeps'],
    ['at the closing', { bookedAt: la('2026-03-06 11:07') }, 'keeps'],
    ['a minute before the opening', { bookedAt: la('2026-03-05 11:06') }, 'thu 2026-03-05 11:15'],
    ['a minute after the closing', { bookedAt: la('2026-03-06 11:08') }, 'thu 2026-03-05 11:15'],
    ['nothing booked', {}, 'thu 2026-03-05 11:15'],
    [
      'its own old time does not stand in the way',
      {
        bookedAt: la('2026-03-05 11:00'),
        claimsOn: held(
          ['therapist-11', '2026-03-05 11:00', '2026-03-05 12:00', 'mine'],
          ['therapist-11', '2026-03-05 12:15', '2026-03-05 17:00', 'other'],
        ),
        ignoring: ['mine'],
      },
      'thu 2026-03-05 11:15',
    ],
    ['asked late: never in the past', { now: la('2026-03-06 10:01') }, 'fri 2026-03-06 10:15'],
    ['the window is over', { now: la('2026-03-06 11:08') }, 'none'],
    ['the therapist is away', { therapist: somebody('t', { holidays: ['2026-03-05', '2026-03-06'] }) }, 'none'],
    [
      'a Friday dose and a therapist who works on Saturdays',
      {
        recordedEnd: la('2026-03-06 11:07'),
        now: la('2026-03-06 11:10'),
        therapist: somebody('t', { hours: withSaturday }),
      },
      'sat 2026-03-07 11:15',
    ],
    [
      'only the closing itself is free',
      {
        recordedEnd: la('2026-03-04 11:00'),
        claimsOn: held(
          ['therapist-11', '2026-03-05 09:00', '2026-03-05 17:00', 'a'],
          ['therapist-11', '2026-03-06 09:00', '2026-03-06 11:00', 'b'],
        ),
      },
      'fri 2026-03-06 11:00',
    ],
    [
      'hours that join are one',
      {
        therapist: somebody('t', {
          hours: {
            thu: [
              ['10:00', '12:00'],
              ['12:00', '12:20'],
            ],
          },
        }),
      },
      'thu 2026-03-05 11:15',
    ],
    [
      'held in the clinic, a room has to be free as well',
      {
        rooms: [{ id: 'room-1' }],
        claimsOn: held(['room-1', '2026-03-05 09:00', '2026-03-05 13:00', 'a']),
      },
      'thu 2026-03-05 13:00',
    ],
  ])('%s', (_, over, expected) => {
    expect(review(over)).toBe(expected);
  });
});

describe('an integration that somebody moves', () => {
  it.each<[string, string, string[]]>([
    ['at the opening', '2026-03-05 11:07', []],
    ['a minute early', '2026-03-05 11:06', ['integration-window']],
    ['at the closing', '2026-03-06 11:07', []],
    ['a minute late', '2026-03-06 11:08', ['integration-window']],
    ['on a day off', '2026-03-07 11:00', ['integration-window', 'outside-hours']],
    ['into the past', '2026-03-04 11:08', ['in-the-past', 'integration-window']],
  ])('%s', (_, startsAt, reasons) => {
    const result = checkIntegration({
      zone: LA,
      claimsOn: () => undefined,
      therapist: somebody('therapist-11'),
      duration: 'PT60M',
      window: { opens: 'PT24H', closes: 'PT48H' },
      grid: 'PT15M',
      recordedEnd: la('2026-03-04 11:07'),
      notBefore: la('2026-03-04 11:10'),
      startsAt: la(startsAt),
    });
    expect(result.feasible ? [] : result.reasons.map(({ reason }) => reason)).toEqual(reasons);
  });
});
