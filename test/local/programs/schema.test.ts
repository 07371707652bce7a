import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { Program } from '../../../functions/domain/program/program.ts';
import { programIds } from '../../../local/programs/program-files.ts';
import { schemaText } from '../../../local/programs/schema.ts';
import { programFile } from '../../domain/program/files.ts';
import { publishedFiles } from './published.ts';
import { ran } from './ran.ts';

const FILE = new URL('../../../programs/program.schema.json', import.meta.url);
const validate = new Ajv2020({ allErrors: true, strict: true, formats: { uri: true } }).compile(
  JSON.parse(readFileSync(FILE, 'utf8')),
);
/** Where an independent validator finds something wrong. */
const wrongAt = (program: unknown): string[] => {
  validate(program);
  return [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath))];
};

test('the schema that editors read is current', async () => {
  expect(readFileSync(FILE, 'utf8')).toBe(schemaText());
  expect(await ran('schema', '--check')).toEqual({ status: 0, out: '', err: '' });
});

test.each([...programIds().map((id) => `${id}.json`), ...publishedFiles()])(
  '%s is valid under it, names it for editors, and has its own id as its name',
  (file) => {
    const program = programFile(file);
    expect(wrongAt(program)).toEqual([]);
    expect(join('programs', dirname(file), program.$schema)).toBe('programs/program.schema.json');
    expect(basename(file)).toBe(`${program.id}.json`);
  },
);

describe('what may not be written is refused by an editor too', () => {
  // biome-ignore lint/suspicious/noExplicitAny: tests spoil files in ways that no type allows
  const cases: [string, (program: any) => void, string][] = [
    ['a missing part', (p) => delete p.consult, ''],
    ['an unknown part', (p) => Object.assign(p, { lunch: {} }), ''],
    ['an unknown field', (p) => Object.assign(p.dosing, { colour: 'red' }), '/dosing'],
    ['an unknown role', (p) => Object.assign(p.consult, { role: 'wizard' }), '/consult/role'],
    ['a length in words', (p) => Object.assign(p.dosing, { duration: '90 minutes' }), '/dosing/duration'],
    ['a length of nothing', (p) => Object.assign(p.dosing, { duration: 'PT0M' }), '/dosing/duration'],
    ['a negative length', (p) => Object.assign(p.dosing, { before: '-PT15M' }), '/dosing/before'],
    ['a length without its unit', (p) => Object.assign(p.reminders[0], { offset: '-P1' }), '/reminders/0/offset'],
    ['a time that does not exist', (p) => Object.assign(p.reminders[0], { at: '24:00' }), '/reminders/0/at'],
    ['an id with capitals', (p) => Object.assign(p, { id: 'Northwest IV' }), '/id'],
    ['a text of two lines', (p) => Object.assign(p, { title: 'one\ntwo' }), '/title'],
    ['a number of doses in words', (p) => Object.assign(p.series.stages[0], { doses: 'six' }), '/series/stages/0'],
    ['an unknown check', (p) => p.gates.booking.push('DD-99'), '/gates/booking/11'],
    ['no version', (p) => Object.assign(p, { version: 0 }), '/version'],
  ];
  test.each(cases)('%s', (_, spoil, path) => {
    const program = programFile('northwest-iv.json');
    spoil(program);
    expect(wrongAt(program).some((each) => each === path || each.startsWith(`${path}/`))).toBe(true);
    expect(Program.safeParse(program).success).toBe(false);
  });

  test('nothing that the program’s own schema lets pass', () => {
    const program = programFile('northwest-iv.json');
    Object.assign(program.reminders[0], { offset: 'P0D', usefulUntil: 'P1W', at: '23:59' });
    Object.assign(program.dosing, { before: 'PT0S', lateAtMost: 'P1Y2M3W4DT5H6M7S' });
    program.title = '  Spaces around are cut off  ';
    delete program.$schema;
    expect(Program.safeParse(program).error?.issues).toBeUndefined();
    expect(wrongAt(program)).toEqual([]);
  });
});

test('lengths, times and names come with the pattern and the words that people read', () => {
  const { properties } = JSON.parse(schemaText());
  expect(properties.dosing.properties.duration).toEqual({
    type: 'string',
    pattern: expect.stringMatching(/^\^.*\$$/),
    description: expect.stringContaining('an ISO-8601 duration longer than PT0S'),
  });
  expect(properties.aftercare.properties.homeSafe.properties.latest).toMatchObject({
    description: expect.stringContaining('a time from 00:00 to 23:59'),
  });
  expect(properties.id).toMatchObject({
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    description: expect.stringContaining('lower-case letters, digits and single hyphens'),
  });
});
