import { describe, expect, test } from 'vitest';
import { parseClinic } from '../../../functions/domain/clinic/clinic.ts';
import { changedFrom, type Timetable, timetableOf, withTimetable } from '../../../functions/domain/clinic/timetable.ts';
import { programFile } from '../program/files.ts';

const clinic = parseClinic(programFile('clinic/clinic.json'));
const asItIs = timetableOf(clinic);
const OFF = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const withNurse = (change: object): Timetable => ({
  ...asItIs,
  practitioners: asItIs.practitioners.map((each) => (each.id === 'nurse-1' ? { ...each, ...change } : each)),
});

describe('a clinic’s timetable', () => {
  test('as the file has it changes nothing, whoever is left out', () => {
    expect(changedFrom(clinic, asItIs, 'body')).toEqual({ practitioners: [] });
    expect(changedFrom(clinic, { ...asItIs, practitioners: [] }, 'body')).toEqual({ practitioners: [] });
    expect(withTimetable(clinic, { practitioners: [] })).toEqual(clinic);
  });

  test.each<[string, Timetable]>([
    ['a day off of the clinic', { ...asItIs, holidays: [...asItIs.holidays, '2026-11-27'] }],
    ['a day off of a nurse', withNurse({ holidays: ['2026-03-09'] })],
    ['a nurse who no longer works', withNurse({ hours: OFF })],
    ['other turns on call', { ...asItIs, onCall: ['provider-2', 'provider-1'] }],
    ['a clinic that is closed', { ...asItIs, hours: OFF }],
  ])('with %s is what it was changed to, and everything else as in the file', (_what, wanted) => {
    const changed = changedFrom(clinic, wanted, 'body');
    const inForce = withTimetable(clinic, changed);
    expect(timetableOf(inForce)).toEqual(wanted);
    expect({ ...inForce, ...asItIs, practitioners: [] }).toEqual({ ...clinic, practitioners: [] });
  });

  test('names everybody who is not of the clinic, and whoever stands in it twice', () => {
    const nurse = { id: 'nurse-1', hours: OFF, holidays: [] };
    expect(() =>
      changedFrom(
        clinic,
        { ...asItIs, onCall: ['nobody'], practitioners: [nurse, nurse, { ...nurse, id: 'who' }] },
        'body',
      ),
    ).toThrow(
      /body\.onCall\[0\]: found "nobody"; allowed: .*\nbody\.practitioners\[1\]\.id: found "nurse-1" a second time; allowed: each once\nbody\.practitioners\[2\]\.id: found "who"; allowed: /,
    );
  });

  test('passes over people who left the file since; somebody of the file is always on call', () => {
    const changed = changedFrom(clinic, { ...withNurse({ hours: OFF }), onCall: ['provider-2'] }, 'body');
    const left = ['nurse-1', 'provider-2'];
    const later = { ...clinic, practitioners: clinic.practitioners.filter(({ id }) => !left.includes(id)) };
    const inForce = withTimetable(later, changed);
    expect(inForce.practitioners).toEqual(later.practitioners);
    expect(inForce.onCall).toEqual(clinic.onCall);
  });
});
