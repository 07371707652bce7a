import { describe, expect, test } from 'vitest';
import { parseConfidentialityRules } from '../../../functions/domain/law/confidentiality.ts';
import { reaches, seesPart, type Viewer } from '../../../functions/domain/law/reach.ts';
import type { Role } from '../../../functions/domain/names.ts';
import { programFile } from '../program/files.ts';

const rules = parseConfidentialityRules(programFile('care/confidentiality.json'));
const journey = { patientId: 'ann', therapist: 'therapist-1', partner: 'partner-1' };
const who = (role: Role, id = 'somebody', practice: string | null = null): Viewer => ({ id, roles: [role], practice });

describe('a journey is there', () => {
  test.each<[string, Viewer, boolean]>([
    ['the patient whose it is', who('patient', 'ann'), true],
    ['another patient', who('patient', 'ben'), false],
    ['a chaperone', who('chaperone'), false],
    ['the front desk', who('coordinator'), true],
    ['any therapist of the clinic', who('therapist'), true],
    ['the practice that has the patient', who('partner', 'p', 'partner-1'), true],
    ['another practice', who('partner', 'p', 'partner-2'), false],
    ['somebody of a practice who says that they are a provider', who('provider', 'p', 'partner-2'), false],
    ['a therapist of another practice who treats the patient', who('therapist', 'therapist-1', 'partner-2'), true],
    ['somebody in no role', { id: 'x', roles: [], practice: null }, false],
    ['a partner account of no practice', who('partner'), false],
  ])('for %s: %s', (_case, viewer, is) => {
    expect(reaches(viewer, journey)).toBe(is);
  });
});

describe('a part of the record is seen', () => {
  const parts = [
    'contact',
    'fact-sheet',
    'medication-and-monitoring',
    'integration-record',
    'audit-c',
    'psychotherapy-notes',
  ];
  const seen = (viewer: Viewer, booked: string[] = [], part2Program = false): string[] =>
    parts.filter((part) =>
      seesPart(viewer, part, { journey, booked, rules, policy: { part2Program }, on: '2026-03-02' }),
    );
  const ORDINARY = ['contact', 'fact-sheet', 'medication-and-monitoring', 'integration-record', 'audit-c'];

  test.each<[string, Viewer, string[], string[]]>([
    ['by the front desk', who('coordinator'), [], ['contact']],
    ['by the practice that has the patient', who('partner', 'p', 'partner-1'), [], ['contact']],
    ['by a practice’s therapist who treats the patient', who('therapist', 'therapist-1', 'partner-1'), [], ['contact']],
    ['by another practice', who('partner', 'p', 'partner-2'), [], []],
    [
      'by the therapist',
      who('therapist', 'therapist-1'),
      [],
      ['contact', 'fact-sheet', 'integration-record', 'audit-c'],
    ],
    [
      'by a therapist who is booked with the patient',
      who('therapist', 'therapist-2'),
      ['therapist-2'],
      ['contact', 'fact-sheet', 'integration-record', 'audit-c'],
    ],
    ['by a therapist who is not', who('therapist', 'therapist-2'), ['therapist-3'], ['contact']],
    ['by a nurse', who('nurse'), [], ORDINARY],
    ['by the provider', who('provider'), [], ORDINARY],
    ['by the patient: all but notes', who('patient', 'ann'), [], ORDINARY],
    ['by another patient', who('patient', 'ben'), [], []],
  ])('%s', (_case, viewer, booked, found) => {
    expect(seen(viewer, booked)).toEqual(found);
    expect(seen(viewer, booked, true)).toEqual(found);
  });
});
