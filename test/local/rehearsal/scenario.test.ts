import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputRefused } from '../../../functions/domain/problems.ts';
import { parseJson, readJsonFile, readText } from '../../../local/rehearsal/read-json.ts';
import { readScenario } from '../../../local/rehearsal/scenario.ts';

const problemsOf = async (work: () => unknown): Promise<string[]> => {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof InputRefused) return error.problems;
    throw error;
  }
};
const refused = (over: object) => problemsOf(() => readScenario({ program: 'northwest-iv', ...over }));

describe('a scenario that leaves everything out', () => {
  test('is a suitable, healthy patient of the clinic who consents to everything', async () => {
    const { start, seed, until, patient, people, commands, clinic } = await readScenario({ program: 'northwest-iv' });
    expect({ start, seed, until, people, commands }).toEqual({
      start: '2026-03-02T17:00:00.000Z',
      seed: 1,
      until: 'P18M',
      people: [],
      commands: [],
    });
    expect(patient.zone).toBe(clinic.zone);
    expect(Object.values(patient.consents).every(Boolean)).toBe(true);
    expect(patient).toMatchObject({
      language: 'en',
      mobile: 'working',
      email: 'working',
      therapist: 'none',
      chaperone: 'named',
      inPersonEvaluatedOn: '2026-03-02',
      modality: 'in-person',
      facts: { age_years: 38, setting: 'clinic', route_planned: 'iv' },
      fit: { openToReflection: true, willAttendIntegration: true },
    });
    expect(patient.measures.phq9).toEqual([16, 11, 8, 6, 5, 4]);
  });
});

describe('what a scenario says', () => {
  test('facts go over the healthy ones, and a remote patient is at home', async () => {
    const { patient } = await readScenario({
      program: 'northwest-iv',
      patient: { facts: { sbp: 150 }, modality: 'remote', inPersonEvaluatedOn: null, measures: { phq9: [20] } },
    });
    expect(patient.facts).toMatchObject({ sbp: 150, dbp: 76, setting: 'home' });
    expect(patient.inPersonEvaluatedOn).toBeNull();
    expect(patient.measures).toMatchObject({ phq9: [20], gad7: [12, 9, 6] });
  });

  test('clinic settings go over the default clinic, people of the clinic by their id', async () => {
    const { clinic, patient } = await readScenario({
      program: 'northwest-iv',
      clinic: { zone: 'America/New_York', practitioners: [{ id: 'nurse-1', holidays: ['2026-03-05'] }] },
    });
    expect(patient.zone).toBe('America/New_York');
    expect(clinic.practitioners.find(({ id }) => id === 'nurse-1')).toMatchObject({
      roles: ['nurse'],
      holidays: ['2026-03-05'],
    });
  });

  test('commands without a giver come from the first role that may give them, instants are kept in UTC', async () => {
    const { commands } = await readScenario({
      program: 'northwest-iv',
      commands: [
        { after: 'dose', occurrence: 2, plus: 'PT0S', command: 'withdraw' },
        {
          at: '2026-04-01T09:00:00-07:00',
          command: 'mark-no-show',
          data: { appointment: 'integration', occurrence: 1 },
        },
        { after: 'booked-dose', command: 'reschedule-appointment', data: { startsAt: '2026-04-01T09:00:00-07:00' } },
      ],
    });
    expect(commands.map(({ by }) => by.role)).toEqual(['patient', 'coordinator', 'patient']);
    expect(commands[1]?.at).toBe('2026-04-01T16:00:00.000Z');
    expect(commands[2]?.data).toEqual({ startsAt: '2026-04-01T16:00:00.000Z' });
  });
});

describe('a wrong scenario is refused with one line a problem', () => {
  test.each<[string, object, RegExp]>([
    [
      'an unknown task',
      { people: [{ task: 'dose-order' }, { task: 'home-safe' }, { task: 'x' }] },
      /^scenario\.people\[2\]\.task: unknown task "x"; one of book-appointment, /,
    ],
    [
      'an answer of another task',
      { people: [{ task: 'dose-order', answer: 'done' }] },
      /^scenario\.people\[0\]\.answer: unknown answer "done" to dose-order; one of ordered, not-ordered$/,
    ],
    [
      'an unknown role',
      { people: [{ task: 'dose-order', role: 'surgeon' }] },
      /^scenario\.people\[0\]\.role: unknown role "surgeon"; one of patient, /,
    ],
    [
      'a person whom nobody knows',
      { people: [{ task: 'dose-order', by: 'provider-9' }] },
      /^scenario\.people\[0\]\.by: unknown person "provider-9"; one of patient, /,
    ],
    [
      'a negative duration',
      { people: [{ task: 'dose-order', after: '-PT1H' }] },
      /^scenario\.people\[0\]\.after: found "-PT1H"; allowed: an ISO-8601 duration/,
    ],
    ['an unknown key', { peple: [] }, /^scenario: unknown key "peple"; one of program, clinic, start, /],
    [
      'an unknown key of the patient',
      { patient: { zon: 'x' } },
      /^scenario\.patient: unknown key "zon"; one of zone, /,
    ],
    [
      'a date that does not exist',
      { start: '2026-02-30T09:00:00Z' },
      /^scenario\.start: found "2026-02-30T09:00:00Z"; allowed: an instant that exists/,
    ],
    ['a local time without a zone', { start: '2026-03-02T09:00:00' }, /^scenario\.start: found/],
    [
      'an unknown zone',
      { patient: { zone: 'Mars/Base' } },
      /^scenario\.patient\.zone: found "Mars\/Base"; allowed: an IANA zone/,
    ],
    ['an unknown zone of the clinic', { clinic: { zone: 'Mars/Base' } }, /^scenario\.clinic\.zone: found "Mars\/Base"/],
    [
      'a fact of the wrong type',
      { patient: { facts: { sbp: 'high' } } },
      /^scenario\.patient\.facts\.sbp: found "high"; allowed: a number$/,
    ],
    ['an unknown measure', { patient: { measures: { phq: [1] } } }, /^scenario\.patient\.measures: unknown key "phq"/],
    [
      'an unknown command',
      { commands: [{ at: '2026-03-03T09:00:00Z', command: 'stop' }] },
      /^scenario\.commands\[0\]\.command: unknown command "stop"; one of /,
    ],
    [
      'an unknown anchor',
      { commands: [{ after: 'doses', command: 'withdraw' }] },
      /^scenario\.commands\[0\]\.after: unknown after "doses"; one of request, /,
    ],
    [
      'a command without a time',
      { commands: [{ command: 'withdraw' }] },
      /^scenario\.commands\[0\]: needs a time; either "at" or "after"$/,
    ],
    [
      'a command before the start',
      { commands: [{ at: '2026-03-01T09:00:00Z', command: 'withdraw' }] },
      /^scenario\.commands\[0\]\.at: found 2026-03-01T09:00:00\.000Z, before the start/,
    ],
    [
      'a move to no time',
      { commands: [{ after: 'dose', command: 'reschedule-appointment', data: { startsAt: 'soon' } }] },
      /^scenario\.commands\[0\]\.data\.startsAt: found "soon"; allowed: an instant that exists/,
    ],
    [
      'a program that is not there',
      { program: 'nowhere' },
      /^scenario\.program: unknown program "nowhere"; one of .*northwest-iv/,
    ],
    [
      'a program file that is not there',
      { program: './nowhere.json' },
      /^scenario\.program: found no such file at ".\/nowhere\.json"; allowed: a JSON file$/,
    ],
    [
      'a role that nobody has',
      { clinic: { practitioners: [{ id: 'nurse-1', roles: ['coordinator'] }], ladders: { coordinator: [] } } },
      /^scenario\.clinic\.practitioners: nobody has the role "nurse"; northwest-iv needs it/,
    ],
  ])('%s', async (_name, over, line) => {
    const problems = await refused(over);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(line);
  });

  test('every problem of program and clinic is told at once', async () => {
    expect(await refused({ program: 'nowhere', clinic: { zone: 'X', holidays: ['2026-02-30'] } })).toHaveLength(3);
  });

  test.each([[[]], ['text'], [null], [3]])('%j is no scenario', async (value) => {
    expect(await problemsOf(() => readScenario(value))).toEqual([
      expect.stringMatching(/^scenario: found .*; allowed: an object$/),
    ]);
  });
});

describe('a file that cannot be a scenario', () => {
  test('is refused in one line: missing, a folder, not JSON, too long', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rehearsal-'));
    const file = join(folder, 'a.json');
    expect(await problemsOf(() => readJsonFile(file, 'scenario'))).toEqual([expect.stringContaining('no such file')]);
    expect(await problemsOf(() => readJsonFile(folder, 'scenario'))).toEqual([expect.stringContaining('a folder')]);
    await writeFile(file, '{"program":\n\n oops');
    const [line] = await problemsOf(() => readJsonFile(file, 'scenario'));
    expect(line).toMatch(/^scenario: found text that is not JSON \(.*\); allowed: one JSON object$/);
    await writeFile(file, 'x'.repeat(10_000_000));
    expect(await problemsOf(() => readJsonFile(file, 'scenario'))).toEqual([
      expect.stringMatching(/found 10000000 bytes; allowed: at most 2000000$/),
    ]);
  });

  test('text from a stream is cut off where it grows too long', async () => {
    async function* endless() {
      for (;;) yield Buffer.from('x'.repeat(100_000));
    }
    expect(await problemsOf(() => readText(endless(), 'scenario'))).toHaveLength(1);
    expect(parseJson('\uFEFF{}', 'scenario')).toEqual({});
  });
});
