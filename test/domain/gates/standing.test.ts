import { describe, expect, it } from 'vitest';
import { clearanceInForce, nextDoseNotBefore } from '../../../functions/domain/gates/standing.ts';
import type { Clearance, Journey } from '../../../functions/domain/journey/journey.ts';
import { clearance, journey, NOW, PROGRAM, program } from './scenes.ts';

describe('a clearance is in force', () => {
  it.each<[string, Partial<Clearance>, boolean, Partial<Journey>?]>([
    ['in date, for the route and the setting', {}, true],
    ['from the moment it is given', { at: NOW }, true],
    ['not before', { at: '2026-04-01T16:10:00.001Z' }, false],
    ['to its last moment', { validUntil: '2026-04-01T16:10:00.001Z' }, true],
    ['no longer', { validUntil: NOW }, false],
    ['not once voided', { voidedAt: '2026-03-30T17:00:00.000Z' }, false],
    ['not for another route', { route: 'im' }, false],
    ['not for another setting', { setting: 'home' }, false],
    ['not in the clinic for a patient at home', {}, false, { modality: 'remote' }],
    ['at home for a patient at home', { setting: 'home' }, true, { modality: 'remote' }],
    ['not by a clearance of the other kind', { kind: 'psychological' }, false],
  ])('%s', (_case, over, inForce, patient) => {
    const given = journey({ clearances: [clearance('medical', over)], ...patient });
    expect(clearanceInForce(given, 'medical', PROGRAM, NOW)).toBe(inForce);
  });
});

describe('the next dose is not before', () => {
  const spaced = (min: string, perWeek = 7) =>
    program({ series: { ...PROGRAM.series, spacing: { min, max: 'P30D', perWeek } } });
  const nextAfter = (starts: (string | null)[], asked: ReturnType<typeof spaced>, zone = 'America/Los_Angeles') =>
    nextDoseNotBefore(
      starts.map((startedAt) => ({ startedAt })),
      asked,
      zone,
    );

  it.each<[string, string | undefined, string | undefined]>([
    ['no dose yet', nextAfter([], spaced('P2D')), undefined],
    ['none begun yet', nextAfter([null], spaced('P2D')), undefined],
    ['days count local dates', nextAfter(['2026-04-01T22:00:00.000Z'], spaced('P2D')), '2026-04-03T07:00:00.000Z'],
    [
      'in the patient’s zone',
      nextAfter(['2026-04-01T22:00:00.000Z'], spaced('P2D'), 'Europe/Berlin'),
      '2026-04-03T22:00:00.000Z',
    ],
    [
      'over the change to summer time',
      nextAfter(['2026-03-07T18:00:00.000Z'], spaced('P2D')),
      '2026-03-09T07:00:00.000Z',
    ],
    [
      'over the change to winter time',
      nextAfter(['2026-10-31T17:00:00.000Z'], spaced('P2D')),
      '2026-11-02T08:00:00.000Z',
    ],
    ['hours count elapsed time', nextAfter(['2026-03-07T18:00:00.000Z'], spaced('PT48H')), '2026-03-09T18:00:00.000Z'],
    [
      'the last counts, in whatever order they come',
      nextAfter(['2026-04-01T16:00:00.000Z', '2026-03-20T16:00:00.000Z'], spaced('PT48H')),
      '2026-04-03T16:00:00.000Z',
    ],
    [
      'two a week are enough: the eighth day',
      nextAfter(['2026-03-30T16:00:00.000Z', '2026-04-01T16:00:00.000Z'], spaced('P2D', 2)),
      '2026-04-06T07:00:00.000Z',
    ],
    ['a week with room left', nextAfter(['2026-04-01T16:00:00.000Z'], spaced('P2D', 2)), '2026-04-03T07:00:00.000Z'],
  ])('%s', (_case, notBefore, expected) => {
    expect(notBefore).toBe(expected);
  });
});
