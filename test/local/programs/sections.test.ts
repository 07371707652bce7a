import { describe, expect, test } from 'vitest';
import { parseClinic } from '../../../functions/domain/clinic/clinic.ts';
import { CHECKS, type CheckId, GATES } from '../../../functions/domain/names.ts';
import { type Program, parseProgram } from '../../../functions/domain/program/program.ts';
import { figuresToConfirm, provenanceOf } from '../../../functions/domain/program/provenance.ts';
import { printProgram } from '../../../local/programs/print.ts';
import { programIds } from '../../../local/programs/program-files.ts';
import { PARTS, sectionsOf } from '../../../local/programs/sections.ts';
import { span, spans } from '../../../local/programs/wording.ts';
import { paint } from '../../../local/rehearsal/style.ts';
import { programFile } from '../../domain/program/files.ts';
import { publishedFiles } from './published.ts';

/** What stands in the file for the file's own sake or is listed at the end, and where there is only one word to write or nothing to count before. */
const APART =
  /^\.(\$schema|id|version|title|sources|provenance|promises\.\d+\.carriedBy|series\.stages\.(\d+\.after|0\.counts))\b/;

const other = (value: string): string => {
  if (/^-?P/.test(value)) return value.startsWith('-') ? '-P11DT11H' : 'P11DT11H';
  if (/^\d\d:\d\d$/.test(value)) return '11:11';
  return `${value}-other`;
};

/** The same value with one thing changed, for every thing in it: figures and texts other ones, switches the other way, lists shorter. */
const changesOf = (value: unknown): [path: string, changed: unknown][] => {
  if (typeof value === 'number') return [['', value + 1]];
  if (typeof value === 'boolean') return [['', !value]];
  if (typeof value === 'string') return [['', other(value)]];
  if (Array.isArray(value))
    return [
      ...(value.length > 0 ? [['.pop', value.slice(0, -1)] satisfies [string, unknown]] : []),
      ...value.flatMap((each, n) =>
        changesOf(each).map(([path, part]): [string, unknown] => [`.${n}${path}`, value.with(n, part)]),
      ),
    ];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    changesOf(part).map(([path, changed]): [string, unknown] => [`.${key}${path}`, { ...value, [key]: changed }]),
  );
};

/** What one part says; a word that has no name yet cannot be said, and so was looked at. */
const saidOf = (part: number, program: object): string => {
  try {
    return JSON.stringify(PARTS[part]?.[1](program as Program));
  } catch (error) {
    return String(error);
  }
};

/** Whether something that changed is said otherwise; the part that said the last change of the same place is asked first. */
const hears = (program: Program) => {
  const before = PARTS.map((_, part) => saidOf(part, program));
  const lastOf = new Map<string, number>();
  return (path: string, changed: unknown): boolean => {
    const place = path.split('.')[1] ?? '';
    const order = [lastOf.get(place) ?? 0, ...PARTS.keys()];
    const part = order.find((each) => saidOf(each, changed as object) !== before[each]);
    if (part !== undefined) lastOf.set(place, part);
    return part !== undefined;
  };
};

const clinic = parseClinic(programFile('clinic/clinic.json'));

/** A program that says everything that the language can say. */
const full = () => {
  const program = programFile('northwest-iv.json');
  Object.assign(program.dosing, {
    doseBand: 'low',
    remoteAllowed: true,
    bring: ['eye-shades'],
    restOfDay: true,
    alternatives: [
      { route: 'im', duration: 'PT60M', observation: 'PT2H', fasting: { solidsHours: 6, clearLiquidsHours: 2 } },
    ],
  });
  program.fit.indications = [
    { indication: 'trd' },
    { indication: 'sud_support', review: 'medical-director', onlyWith: 'substance-use-care' },
  ];
  program.series.stages = [
    { doses: 2, spacing: { min: 'P3D', max: 'P4D', perWeek: 2 } },
    { doses: { min: 1, max: 2 }, after: 'next-step' },
    { doses: { min: 6, max: 8 }, after: 'next-step', counts: 'whole-series' },
  ];
  program.referral = { role: 'therapist', to: 'nurse-practitioner' };
  program.providerReview = {
    role: 'provider',
    duration: 'PT30M',
    modality: 'remote',
    notice: 'PT24H',
    afterDoses: [2, 4],
  };
  Object.assign(program.integration, { perDose: 2, further: { after: 'P7D' } });
  program.checkIns = [{ id: 'two-weeks', task: 'follow-up-contact', after: 'P14D', dueIn: 'P2D' }];
  program.tasks = { roles: { 'record-dose': 'therapist' }, dueIn: { 'dose-order': 'P1D' } };
  program.education[0].links = [{ title: 'What we know', url: 'https://example.org/know' }];
  program.provenance.providerReview = { clinicalDecision: 'confirm' };
  program.provenance.checkIns = { clinicalDecision: 'confirm' };
  program.provenance.tasks = { clinicalDecision: 'confirm' };
  return program;
};

describe.each<[string, () => unknown]>([
  ...[...programIds().map((id) => `${id}.json`), ...publishedFiles()].map((file): [string, () => unknown] => [
    file,
    () => programFile(file),
  ]),
  ['a program that says everything', full],
])('%s', (_, file) => {
  const program = parseProgram(file());
  const printed = printProgram(program, clinic, paint(false));

  test('is told whole: nothing in the file can change without a sentence that changes', () => {
    const isHeard = hears(program);
    const unsaid = changesOf(program)
      .filter(([path, changed]) => !APART.test(path) && !isHeard(path, changed))
      .map(([path]) => path);
    expect(unsaid).toEqual([]);
  });

  test('says who may override each check, and of no other that anybody may', () => {
    for (const gate of GATES)
      for (const check of program.gates[gate] satisfies CheckId[])
        expect(printed).toMatch(
          new RegExp(`^    ${check}: [^(]+${CHECKS[check].override.length > 0 ? '\\(the .* may override' : '$'}`, 'm'),
        );
  });

  test('lists at the end every figure that is still to be confirmed, and none that has a source alone', () => {
    const [, list = ''] = printed.split('To be confirmed by the clinic before anybody is enrolled');
    const open = Object.entries(program.provenance).filter(
      ([, { clinicalDecision }]) => clinicalDecision === 'confirm',
    );
    const listed = figuresToConfirm(program);
    for (const { entry, figures, origin } of listed) {
      expect(list).toContain(`\n  ${entry}: `);
      for (const { path } of figures)
        expect(provenanceOf(program.provenance, path === '' ? entry : `${entry}.${path}`)).toEqual(origin);
    }
    expect(open.map(([path]) => path)).toEqual(expect.arrayContaining(listed.map(({ entry }) => entry)));
  });

  test('speaks no code', () => {
    const sentences = sectionsOf(program)
      .filter(({ title }) => !/step/.test(title))
      .flatMap((each) => each.sentences);
    expect(sentences.filter((sentence) => /undefined|NaN|\[object|\bP(T?\d+[YMWDHS])+\b/.test(sentence))).toEqual([]);
  });
});

test('the promises of northwest-iv read as a coordinator would say them', () => {
  const printed = printProgram(parseProgram(programFile('northwest-iv.json')), clinic, paint(false)).split('\n');
  expect(printed).toEqual(
    expect.arrayContaining([
      '  The provider gives the medical clearance, within 4 days. It holds for 90 days and is asked for again 14 days before it runs out.',
      '  The series begins with 6 doses.',
      '  Doses are 2 to 7 days apart, no more than 2 doses in any seven days.',
      '  In the room: nurse and provider. The provider supervises.',
      '  It begins 24 to 48 hours after the recorded end of the dose, booked at least 1 hour ahead.',
      '  The patient takes no solid food for 6 hours and no clear liquids for 2 hours before it.',
      '  The clinic asks how the patient is 1 month, 3 months, and 6 months after the series.',
      '  integration.holdAfter: 72 hours (DEF)',
      '  series.evaluateAfter: 3, 6 (S31; Median of three infusions to response)',
    ]),
  );
});

test('what the clinic lacks for a program is said', () => {
  const program = parseProgram(programFile('northwest-iv.json'));
  const without = { ...clinic, practitioners: clinic.practitioners.filter(({ id }) => id !== 'nurse-1'), rooms: [] };
  expect(printProgram(program, clinic, paint(false))).toContain(
    '  Throughline Clinic has the people and the rooms for it.\n',
  );
  const printed = printProgram(program, without, paint(false));
  expect(printed).toContain('nobody has the role "nurse"; northwest-iv needs it for dosing\n');
  expect(printed).toContain('clinic.rooms: no room has private-room, ');
});

test.each([
  ['PT90M', '90 minutes'],
  ['PT1H30M', '1 hour 30 minutes'],
  ['P1D', '1 day'],
  ['-P2D', '2 days'],
  ['PT0S', 'no time'],
])('%s is %s', (duration, words) => {
  expect(span(duration)).toBe(words);
});

test.each([
  ['PT24H', 'PT48H', '24 to 48 hours'],
  ['P2D', 'P7D', '2 to 7 days'],
  ['PT24H', 'P3D', '24 hours to 3 days'],
  ['P1D', 'P7D', '1 day to 7 days'],
])('%s and %s are %s', (from, to, words) => {
  expect(spans(from, to)).toBe(words);
});
