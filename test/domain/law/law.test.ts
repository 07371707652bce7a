import { describe, expect, test } from 'vitest';
import {
  classOf,
  parseConfidentialityRules,
  RECORD_CLASSES,
  type RecordClass,
  sees,
} from '../../../functions/domain/law/confidentiality.ts';
import { mayRelease, PURPOSES, type Purpose, type Release } from '../../../functions/domain/law/release.ts';
import { prescribingGaps, remoteOrderUnlawful } from '../../../functions/domain/law/remote-prescribing.ts';
import { ROLES, type Role } from '../../../functions/domain/names.ts';
import { CLINIC } from '../gates/scenes.ts';
import { problems, programFile } from '../program/files.ts';

describe('an order for a patient who is elsewhere', () => {
  const flexUntil = CLINIC.policy.teleRxFlexUntil;
  const order = (on: string, inPersonEvaluatedOn: string | null, drug: 'racemic' | 'esketamine' = 'racemic') =>
    remoteOrderUnlawful({ on, drug, inPersonEvaluatedOn, flexUntil });
  test.each([
    ['on the last day of the flexibilities, never seen', '2026-12-31', null, null],
    ['on the day after, never seen', '2027-01-01', null, 'no-in-person-evaluation'],
    ['on the day after, seen on that day', '2027-01-01', '2027-01-01', null],
    ['on the day after, to be seen later', '2027-01-01', '2027-01-02', 'no-in-person-evaluation'],
    ['on the day after, seen last year', '2027-01-01', '2026-03-02', null],
    ['on the day after, with a date that is none', '2027-01-01', 'March', 'no-in-person-evaluation'],
  ])('%s', (_case, on, seen, unlawful) => {
    expect(order(on, seen)).toBe(unlawful);
  });
  test('esketamine is never ordered for elsewhere', () => {
    expect(order('2026-03-02', '2026-03-01', 'esketamine')).toBe('esketamine-on-site-only');
  });
  test('the day is the clinic’s setting: moved by one, it decides otherwise', () => {
    const on = '2026-12-31';
    const asked = { on, drug: 'racemic' as const, inPersonEvaluatedOn: null };
    expect(remoteOrderUnlawful({ ...asked, flexUntil: '2026-12-30' })).toBe('no-in-person-evaluation');
  });
});

describe('before any order', () => {
  const fine = {
    on: '2026-11-02',
    patientState: 'CA',
    licence: { state: 'CA', expiresOn: '2026-11-02' },
    monitoringCheckedOn: '2026-11-02',
    banned: ['ZZ'],
  };
  test.each<[string, object, string[]]>([
    ['everything in order', {}, []],
    ['no licence', { licence: null }, ['no-licence']],
    ['a licence of another state', { licence: { state: 'NV', expiresOn: '2027-01-01' } }, ['licence-of-another-state']],
    ['a licence that expired yesterday', { licence: { state: 'CA', expiresOn: '2026-11-01' } }, ['licence-expired']],
    ['the monitoring program not looked at', { monitoringCheckedOn: null }, ['monitoring-not-checked']],
    ['the monitoring program looked at yesterday', { monitoringCheckedOn: '2026-11-01' }, ['monitoring-not-checked']],
    ['a state that forbids it', { banned: ['CA'] }, ['banned-in-state']],
  ])('%s', (_case, over, gaps) => {
    expect(prescribingGaps({ ...fine, ...over })).toEqual(gaps);
  });
});

describe('parts of a record', () => {
  const file = programFile('care/confidentiality.json');
  const rules = parseConfidentialityRules(file);
  const part2 = { part2Program: true };

  test.each<[string, RecordClass, RecordClass]>([
    ['appointments', 'logistics', 'logistics'],
    ['medication-and-monitoring', 'clinical', 'clinical'],
    ['session-times', 'clinical', 'clinical'],
    ['adverse-event-notes', 'clinical', 'clinical'],
    ['dast10', 'clinical', 'part2'],
    ['audit_c', 'clinical', 'part2'],
    ['sud', 'clinical', 'part2'],
    ['psychotherapy-notes', 'psychotherapy-note', 'psychotherapy-note'],
    ['sud-counselling-notes', 'psychotherapy-note', 'psychotherapy-note'],
    ['something new', 'clinical', 'clinical'],
  ])('%s is %s, and in a program for substance use %s', (id, ordinary, program) => {
    expect(classOf(id, rules, { part2Program: false })).toBe(ordinary);
    expect(classOf(id, rules, part2)).toBe(program);
  });

  const seen = (role: Role) =>
    RECORD_CLASSES.filter((each) => sees({ role, id: 'x' }, { class: each, author: 'therapist-1' }, rules));
  test.each<[Role, RecordClass[]]>([
    ['coordinator', ['logistics']],
    ['partner', ['logistics']],
    ['chaperone', []],
    ['nurse', ['logistics', 'clinical', 'part2']],
    ['therapist', ['logistics', 'clinical', 'part2']],
    ['provider', ['logistics', 'clinical', 'part2']],
    ['patient', ['logistics', 'clinical', 'part2']],
  ])('a %s sees %j', (role, classes) => {
    expect(seen(role)).toEqual(classes);
  });
  test('a note is seen by its author and by no role', () => {
    const note = { class: 'psychotherapy-note' as const, author: 'therapist-1' };
    for (const role of ROLES) expect(sees({ role, id: 'somebody-else' }, note, rules)).toBe(false);
    expect(sees({ role: 'therapist', id: 'therapist-1' }, note, rules)).toBe(true);
    expect(
      problems(() => parseConfidentialityRules({ ...file, sees: { ...rules.sees, nurse: ['psychotherapy-note'] } })),
    ).toEqual(['confidentiality.sees.nurse: sees psychotherapy notes; nobody does by role, their author alone']);
  });

  const on = '2026-11-02';
  const release = (scope: Release['scope'], over: Partial<Release> = {}): Release => ({
    scope,
    signedOn: '2026-01-01',
    expiresOn: null,
    revokedOn: null,
    ...over,
  });
  const everything = (['all-future-care', 'psychotherapy-notes', 'court'] as const).map((scope) => release(scope));
  const given = (record: RecordClass, releases: Release[]) =>
    PURPOSES.filter((each) => mayRelease(record, each, releases, on));
  const OUT: Purpose[] = ['care', 'payment', 'operations', 'export', 'superbill', 'portal', 'summary'];

  test.each<[string, RecordClass, Release[], Purpose[]]>([
    ['the ordinary record', 'clinical', [], OUT],
    ['the ordinary record, with a release for a court', 'clinical', [release('court')], [...OUT, 'court']],
    ['substance use without consent: the patient sees it', 'part2', [], ['portal']],
    ['substance use with the one consent', 'part2', [release('all-future-care')], OUT],
    ['substance use, consent for all but a court', 'part2', everything, [...OUT, 'court']],
    ['a note without authorization', 'psychotherapy-note', [release('all-future-care')], []],
    [
      'a note with one of its own: never in bulk',
      'psychotherapy-note',
      everything,
      ['care', 'payment', 'operations', 'court'],
    ],
  ])('%s', (_case, record, releases, purposes) => {
    expect(given(record, releases)).toEqual(purposes);
  });

  test.each<[string, Partial<Release>, boolean]>([
    ['until its last day', { expiresOn: on }, true],
    ['not after it', { expiresOn: '2026-11-01' }, false],
    ['not from the day on which it was taken back', { revokedOn: on }, false],
    ['before it was taken back', { revokedOn: '2026-11-03' }, true],
    ['not before it was signed', { signedOn: '2026-11-03' }, false],
  ])('a consent holds %s', (_case, over, holds) => {
    expect(mayRelease('part2', 'care', [release('all-future-care', over)], on)).toBe(holds);
  });
});
