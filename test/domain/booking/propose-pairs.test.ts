import { describe, expect, it } from 'vitest';
import { checkPair, type PairSearch, proposePairs } from '../../../functions/domain/booking/propose-pairs.ts';
import { held, LA, la, northwest, read, somebody, weekdays, withSaturday } from './default-clinic.ts';

const first = (over: Partial<PairSearch>) => {
  const [pair] = proposePairs(northwest(over)).proposals;
  return pair && `${read(pair.dosing.startsAt)} then ${read(pair.integration.startsAt)}`;
};
const { dosing, integration } = northwest();

describe('the first dose that can be booked with its integration', () => {
  it.each<[string, Partial<PairSearch>, string | undefined]>([
    ['an empty diary', {}, 'mon 2026-03-02 09:00 then tue 2026-03-03 10:45'],
    ['asked in the morning', { notBefore: la('2026-03-02 09:01') }, 'mon 2026-03-02 09:15 then tue 2026-03-03 11:00'],
    [
      'asked too late in the day for preparation, dose and observation',
      { notBefore: la('2026-03-02 14:16') },
      'tue 2026-03-03 09:00 then wed 2026-03-04 10:45',
    ],
    [
      'a Friday, whose window holds no therapist',
      { notBefore: la('2026-03-06 08:00') },
      'mon 2026-03-09 09:00 then tue 2026-03-10 10:45',
    ],
    [
      'a Friday, with a therapist who works on Saturdays',
      {
        notBefore: la('2026-03-06 08:00'),
        integration: { ...integration, therapist: somebody('therapist-1', { hours: withSaturday }) },
      },
      'fri 2026-03-06 09:00 then sat 2026-03-07 10:45',
    ],
    [
      'a Thursday before a Friday off: Saturday has no therapist either',
      {
        notBefore: la('2026-03-05 08:00'),
        integration: { ...integration, therapist: somebody('therapist-11', { holidays: ['2026-03-06'] }) },
      },
      'mon 2026-03-09 09:00 then tue 2026-03-10 10:45',
    ],
    [
      'the window opens and closes where the therapist starts: both ends count',
      {
        notBefore: la('2026-03-02 09:00'),
        integration: {
          ...integration,
          therapist: somebody('therapist-11', { hours: { wed: [['10:45', '11:45']] } }),
        },
      },
      'mon 2026-03-02 09:00 then wed 2026-03-04 10:45',
    ],
    [
      'the last start whose window still opens in time',
      {
        notBefore: la('2026-03-02 14:15'),
        integration: {
          ...integration,
          therapist: somebody('therapist-11', { hours: { tue: [['09:00', '17:00']] } }),
        },
      },
      'mon 2026-03-02 14:15 then tue 2026-03-03 16:00',
    ],
    [
      'the nurse is held until noon',
      { claimsOn: held(['nurse-1', '2026-03-02 09:00', '2026-03-02 12:00', 'other']) },
      'mon 2026-03-02 12:00 then tue 2026-03-03 13:45',
    ],
    [
      'both rooms are held, back to back is allowed',
      {
        claimsOn: held(
          ['room-1', '2026-03-02 11:45', '2026-03-02 17:00', 'a'],
          ['room-2', '2026-03-02 09:00', '2026-03-02 17:00', 'b'],
        ),
      },
      'mon 2026-03-02 09:00 then tue 2026-03-03 10:45',
    ],
    [
      'the therapist is held on Tuesday: Wednesday, still inside',
      { claimsOn: held(['therapist-11', '2026-03-03 09:00', '2026-03-03 17:00', 'other']) },
      'mon 2026-03-02 09:00 then wed 2026-03-04 09:00',
    ],
    [
      'a clinic holiday',
      { dosing: { ...dosing, opening: { hours: weekdays, holidays: ['2026-03-02'], zone: LA } } },
      'tue 2026-03-03 09:00 then wed 2026-03-04 10:45',
    ],
    [
      'the nurse’s licence ends on Tuesday and nobody else has one',
      {
        notBefore: la('2026-03-04 08:00'),
        dosing: {
          ...dosing,
          needs: [{ role: 'nurse', anyOf: [somebody('nurse-1', { licence: { expiresOn: '2026-03-03' } })] }],
        },
      },
      undefined,
    ],
    [
      'the therapist’s licence is good to and including the day of the session',
      {
        integration: {
          ...integration,
          therapist: somebody('therapist-11', { licence: { expiresOn: '2026-03-03' } }),
        },
      },
      'mon 2026-03-02 09:00 then tue 2026-03-03 10:45',
    ],
    [
      'spacing in days counts local dates, not hours',
      { doses: [la('2026-03-02 14:00')], spacing: { min: 'P2D' } },
      'wed 2026-03-04 09:00 then thu 2026-03-05 10:45',
    ],
    [
      'spacing in hours counts elapsed time',
      { doses: [la('2026-03-02 14:00')], spacing: { min: 'PT48H' } },
      'wed 2026-03-04 14:00 then thu 2026-03-05 15:45',
    ],
    [
      'two doses in one week are enough',
      { doses: [la('2026-03-03 09:00'), la('2026-03-02 09:00')], spacing: { min: 'P1D', perWeek: 2 } },
      'mon 2026-03-09 09:00 then tue 2026-03-10 10:45',
    ],
    [
      'seven days in a row count, not only the week from Monday',
      { doses: [la('2026-03-05 09:00'), la('2026-03-06 09:00')], spacing: { min: 'P1D', perWeek: 2 } },
      'thu 2026-03-12 09:00 then fri 2026-03-13 10:45',
    ],
    [
      'a later dose keeps its distance too',
      { doses: [la('2026-03-04 09:00')], spacing: { min: 'P3D' } },
      'mon 2026-03-09 09:00 then tue 2026-03-10 10:45',
    ],
    [
      'the dose that is being moved does not stand in its own way',
      { claimsOn: held(['nurse-1', '2026-03-02 09:00', '2026-03-02 17:00', 'mine']), ignoring: ['mine'] },
      'mon 2026-03-02 09:00 then tue 2026-03-03 10:45',
    ],
    [
      'spring: the window counts elapsed hours',
      {
        notBefore: la('2026-03-06 14:15'),
        integration: { ...integration, therapist: somebody('therapist-1', { hours: { sun: [['17:00', '18:00']] } }) },
      },
      'fri 2026-03-06 14:15 then sun 2026-03-08 17:00',
    ],
    [
      'a partner in another zone keeps their own clock',
      {
        integration: {
          ...integration,
          therapist: somebody('therapist-11', { zone: 'America/New_York', hours: { tue: [['09:00', '14:45']] } }),
        },
      },
      'mon 2026-03-02 09:00 then tue 2026-03-03 10:45',
    ],
    [
      'a gap off the grid is still a gap',
      {
        claimsOn: held(
          ['therapist-11', '2026-03-03 09:00', '2026-03-03 12:07', 'a'],
          ['therapist-11', '2026-03-03 13:07', '2026-03-03 17:00', 'b'],
          ['therapist-11', '2026-03-04 09:00', '2026-03-04 17:00', 'c'],
        ),
      },
      'mon 2026-03-02 09:00 then tue 2026-03-03 12:07',
    ],
  ])('%s', (_, over, expected) => {
    expect(first(over)).toBe(expected);
  });

  it('takes the preferred provider who is free, and says who, where and until when', () => {
    const claimsOn = held(
      ['provider-1', '2026-03-02 10:00', '2026-03-02 11:00', 'a'],
      ['room-1', '2026-03-02 10:00', '2026-03-02 11:00', 'a'],
    );
    expect(proposePairs(northwest({ claimsOn })).proposals).toEqual([
      {
        dosing: {
          startsAt: la('2026-03-02 09:00'),
          endsAt: la('2026-03-02 11:45'),
          practitioners: [
            { role: 'nurse', id: 'nurse-1' },
            { role: 'provider', id: 'provider-2' },
          ],
          room: 'room-2',
        },
        plannedEndsAt: la('2026-03-02 10:45'),
        integration: {
          startsAt: la('2026-03-03 10:45'),
          endsAt: la('2026-03-03 11:45'),
          practitioners: [{ role: 'therapist', id: 'therapist-11' }],
        },
        warnings: [],
      },
    ]);
  });

  it('nobody sits on two chairs', () => {
    const both = somebody('both');
    const needs = [
      { role: 'nurse', anyOf: [both, somebody('nurse-1')] },
      { role: 'provider', anyOf: [both] },
    ];
    const [pair] = proposePairs(northwest({ dosing: { ...dosing, needs } })).proposals;
    expect(pair?.dosing.practitioners.map(({ id }) => id)).toEqual(['nurse-1', 'both']);
    const alone = needs.map(({ role }) => ({ role, anyOf: [both] }));
    const { proposals, refusals } = proposePairs(northwest({ dosing: { ...dosing, needs: alone } }));
    expect(proposals).toEqual([]);
    expect(refusals[0]?.detail).toBe('nurse, provider: nobody can hold two roles at once');
  });

  it('warns when the dose comes later than the program means it to, and books it', () => {
    const previousDoseAt = la('2026-02-20 09:00');
    expect(
      proposePairs(northwest({ previousDoseAt, spacing: { min: 'P3D', max: 'P9D' } })).proposals[0]?.warnings,
    ).toEqual(['spacing-max']);
    expect(
      proposePairs(northwest({ previousDoseAt, spacing: { min: 'P3D', max: 'P10D' } })).proposals[0]?.warnings,
    ).toEqual([]);
  });
});

describe('refusals say when, why and about whom', () => {
  it('a Friday whose window lies on the weekend', () => {
    const { refusals } = proposePairs(northwest({ notBefore: la('2026-03-06 08:00') }));
    expect(refusals[0]).toMatchObject({
      startsAt: la('2026-03-06 09:00'),
      lastStartsAt: la('2026-03-06 14:15'),
      reason: 'integration-window',
    });
    expect(refusals[0]?.detail).toBe('no time of therapist-11 PT24H to PT48H after the dose');
  });

  it('closed days, holidays, spacing, people and rooms', () => {
    const { refusals, proposals } = proposePairs(
      northwest({
        limit: 1,
        doses: [la('2026-03-02 09:00')],
        spacing: { min: 'P3D' },
        dosing: {
          ...dosing,
          rooms: [{ id: 'room-1', kit: ['recliner'] }, { id: 'room-2' }],
          kit: ['recliner'],
          opening: { hours: weekdays, holidays: ['2026-03-09'], zone: LA },
        },
        claimsOn: held(
          ['nurse-1', '2026-03-05 09:00', '2026-03-05 14:30', 'a'],
          ['room-1', '2026-03-10 09:00', '2026-03-10 17:00', 'b'],
        ),
      }),
    );
    const told = refusals
      .filter(({ reason }) => reason !== 'integration-window')
      .map(
        ({ startsAt, lastStartsAt, reason, detail }) =>
          `${read(startsAt)} - ${read(lastStartsAt)}: ${reason}, ${detail}`,
      );
    expect(told).toMatchInlineSnapshot(`
      [
        "mon 2026-03-02 08:00 - mon 2026-03-02 08:00: spacing, P3D from the dose at 2026-03-02T17:00:00.000Z",
        "tue 2026-03-03 00:00 - tue 2026-03-03 00:00: spacing, P3D from the dose at 2026-03-02T17:00:00.000Z",
        "wed 2026-03-04 00:00 - wed 2026-03-04 00:00: spacing, P3D from the dose at 2026-03-02T17:00:00.000Z",
        "thu 2026-03-05 09:00 - thu 2026-03-05 14:15: practitioner-busy, nurse: nurse-1 practitioner-busy",
        "thu 2026-03-05 14:30 - thu 2026-03-05 16:45: clinic-closed, not open for the whole appointment",
        "fri 2026-03-06 14:30 - fri 2026-03-06 16:45: clinic-closed, not open for the whole appointment",
        "sat 2026-03-07 00:00 - sat 2026-03-07 00:00: clinic-closed, 2026-03-07",
        "sun 2026-03-08 00:00 - sun 2026-03-08 00:00: clinic-closed, 2026-03-08",
        "mon 2026-03-09 00:00 - mon 2026-03-09 00:00: holiday, 2026-03-09",
        "tue 2026-03-10 09:00 - tue 2026-03-10 14:15: room-busy, room-1",
        "tue 2026-03-10 14:30 - tue 2026-03-10 16:45: clinic-closed, not open for the whole appointment",
      ]
    `);
    expect(proposals.map(({ dosing: { startsAt } }) => read(startsAt))).toEqual(['wed 2026-03-11 09:00']);
  });
});

describe('a pair that somebody asks for', () => {
  const check = (dose: string, session?: string, over: Partial<PairSearch> = {}) => {
    const integrationStartsAt = session && la(session);
    const result = checkPair({ ...northwest(over), dosingStartsAt: la(dose), integrationStartsAt });
    return result.feasible ? read(result.found.integration.startsAt) : result.reasons.map(({ reason }) => reason);
  };

  it.each<[string, string, string | undefined, Partial<PairSearch>, string | string[]]>([
    ['the first integration', '2026-03-02 09:00', undefined, {}, 'tue 2026-03-03 10:45'],
    ['any start, also off the grid', '2026-03-02 09:07', undefined, {}, 'tue 2026-03-03 11:00'],
    ['the window opens', '2026-03-02 09:00', '2026-03-03 10:45', {}, 'tue 2026-03-03 10:45'],
    ['a minute early', '2026-03-02 09:00', '2026-03-03 10:44', {}, ['integration-window']],
    ['the window closes', '2026-03-02 09:00', '2026-03-04 10:45', {}, 'wed 2026-03-04 10:45'],
    ['a minute late', '2026-03-02 09:00', '2026-03-04 10:46', {}, ['integration-window']],
    ['beyond closing', '2026-03-02 14:16', undefined, {}, ['clinic-closed', 'outside-hours', 'outside-hours']],
    ['in the past', '2026-03-02 09:00', undefined, { notBefore: la('2026-03-02 09:01') }, ['in-the-past']],
    [
      'everything at once',
      '2026-03-06 09:00',
      '2026-03-07 11:00',
      {
        doses: [la('2026-03-05 09:00')],
        claimsOn: held(
          ['nurse-1', '2026-03-06 10:00', '2026-03-06 11:00', 'a'],
          ['room-1', '2026-03-06 10:00', '2026-03-06 11:00', 'a'],
          ['room-2', '2026-03-06 10:00', '2026-03-06 11:00', 'b'],
        ),
      },
      ['spacing', 'practitioner-busy', 'room-busy', 'outside-hours'],
    ],
  ])('%s', (_, dose, session, over, expected) => {
    expect(check(dose, session, over)).toEqual(expected);
  });
});
