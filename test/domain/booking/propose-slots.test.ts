import { describe, expect, it } from 'vitest';
import { checkSlot, proposeSlots, type SlotSearch } from '../../../functions/domain/booking/propose-slots.ts';
import { held, LA, la, read, somebody, weekdays, withSaturday } from './default-clinic.ts';

const consult = (over: Partial<SlotSearch> = {}): SlotSearch => ({
  zone: LA,
  claimsOn: () => undefined,
  notBefore: la('2026-03-06 15:50'),
  horizonDays: 7,
  grid: 'PT15M',
  limit: 3,
  duration: 'PT45M',
  needs: [{ role: 'coordinator', anyOf: [somebody('coordinator-1')] }],
  opening: { hours: weekdays, holidays: [], zone: LA },
  ...over,
});
const starts = (over: Partial<SlotSearch>) =>
  proposeSlots(consult(over)).proposals.map(({ startsAt }) => read(startsAt));

describe('the first times for one appointment', () => {
  it.each<[string, Partial<SlotSearch>, string[]]>([
    ['in order of time', {}, ['fri 2026-03-06 16:00', 'fri 2026-03-06 16:15', 'mon 2026-03-09 09:00']],
    ['never beyond the horizon', { horizonDays: 1 }, ['fri 2026-03-06 16:00', 'fri 2026-03-06 16:15']],
    [
      'the horizon counts dates from that of the start',
      { limit: 100, notBefore: la('2026-03-09 15:45'), horizonDays: 1 },
      ['mon 2026-03-09 15:45', 'mon 2026-03-09 16:00', 'mon 2026-03-09 16:15'],
    ],
    [
      'a holiday of the clinic',
      { limit: 1, notBefore: la('2026-03-09 09:00'), opening: { hours: weekdays, holidays: ['2026-03-09'], zone: LA } },
      ['tue 2026-03-10 09:00'],
    ],
    [
      'a day off of the one who is needed',
      {
        limit: 1,
        notBefore: la('2026-03-09 09:00'),
        needs: [{ role: 'x', anyOf: [somebody('x', { holidays: ['2026-03-09'] })] }],
      },
      ['tue 2026-03-10 09:00'],
    ],
    [
      'another who may take the role',
      {
        limit: 1,
        notBefore: la('2026-03-09 09:00'),
        needs: [{ role: 'x', anyOf: [somebody('x', { holidays: ['2026-03-09'] }), somebody('y')] }],
      },
      ['mon 2026-03-09 09:00'],
    ],
    [
      'a partner outside the clinic keeps their own hours only',
      {
        limit: 1,
        opening: undefined,
        needs: [{ role: 'therapist', anyOf: [somebody('t', { hours: withSaturday })] }],
        notBefore: la('2026-03-07 08:00'),
      },
      ['sat 2026-03-07 09:00'],
    ],
    [
      'lunch',
      {
        limit: 2,
        notBefore: la('2026-03-09 11:15'),
        needs: [
          {
            role: 'x',
            anyOf: [
              somebody('x', {
                hours: {
                  mon: [
                    ['09:00', '12:00'],
                    ['13:00', '17:00'],
                  ],
                },
              }),
            ],
          },
        ],
      },
      ['mon 2026-03-09 11:15', 'mon 2026-03-09 13:00'],
    ],
    [
      'hours that join are one',
      {
        limit: 2,
        notBefore: la('2026-03-09 11:30'),
        needs: [
          {
            role: 'x',
            anyOf: [
              somebody('x', {
                hours: {
                  mon: [
                    ['09:00', '12:00'],
                    ['12:00', '17:00'],
                  ],
                },
              }),
            ],
          },
        ],
      },
      ['mon 2026-03-09 11:30', 'mon 2026-03-09 11:45'],
    ],
    [
      'a room with what is needed in it',
      {
        limit: 1,
        notBefore: la('2026-03-09 09:00'),
        rooms: [{ id: 'room-1' }, { id: 'room-2', kit: ['recliner'] }],
        kit: ['recliner'],
        claimsOn: held(['room-2', '2026-03-09 09:00', '2026-03-09 10:00', 'a']),
      },
      ['mon 2026-03-09 10:00'],
    ],
    ['no room at all', { rooms: [] }, []],
    ['nobody in the role', { needs: [{ role: 'coordinator', anyOf: [] }] }, []],
    [
      'an appointment over the hour that spring skips',
      {
        limit: 2,
        notBefore: la('2026-03-08 01:30'),
        opening: undefined,
        needs: [{ role: 'x', anyOf: [somebody('x', { hours: { sun: [['00:00', '24:00']] } })] }],
      },
      ['sun 2026-03-08 01:30', 'sun 2026-03-08 01:45'],
    ],
  ])('%s', (_, over, expected) => {
    expect(starts(over)).toEqual(expected);
  });

  it.each<[string, Partial<SlotSearch>, string, string]>([
    ['closed', { notBefore: la('2026-03-07 09:00') }, 'clinic-closed', '2026-03-07'],
    [
      'day off',
      { needs: [{ role: 'x', anyOf: [somebody('x', { holidays: ['2026-03-06'] })] }] },
      'holiday',
      'x: x holiday',
    ],
    [
      'licence',
      { needs: [{ role: 'x', anyOf: [somebody('x', { licence: { expiresOn: '2026-03-05' } })] }] },
      'licence-expired',
      'x: x licence-expired',
    ],
    ['nobody', { needs: [{ role: 'x', anyOf: [] }] }, 'no-practitioner', 'nobody has the role x'],
    ['no room', { rooms: [], kit: ['recliner'] }, 'no-room', 'no room with recliner'],
    [
      'four people, three named',
      { needs: [{ role: 'x', anyOf: ['a', 'b', 'c', 'd'].map((id) => somebody(id, { hours: {} })) }] },
      'outside-hours',
      'x: a outside-hours, b outside-hours, c outside-hours, 1 more',
    ],
  ])('a refusal for %s', (_, over, reason, detail) => {
    expect(proposeSlots(consult({ ...over, horizonDays: 1 })).refusals[0]).toMatchObject({ reason, detail });
  });
});

describe('a time that somebody asks for', () => {
  it.each<[string, string, string | string[]]>([
    ['free', '2026-03-09 10:07', 'mon 2026-03-09 10:07'],
    ['already past', '2026-03-06 15:45', ['in-the-past']],
    ['past and closed', '2026-02-28 10:00', ['in-the-past', 'clinic-closed', 'outside-hours']],
  ])('%s', (_, startsAt, expected) => {
    const result = checkSlot({ ...consult(), startsAt: la(startsAt) });
    expect(result.feasible ? read(result.found.startsAt) : result.reasons.map(({ reason }) => reason)).toEqual(
      expected,
    );
  });
});
