import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { rehearseCommand } from '../../../local/rehearsal/command-line.ts';
import { programFile } from '../../domain/program/files.ts';
import { ran, ranOn } from './ran.ts';

let folder: string;
const saved = async (name: string, content: string | object): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'programs-'));
});

const spoilt = () => {
  const program = programFile('northwest-iv.json');
  program.consult.role = 'wizard';
  program.integration.window.closes = 'PT12H';
  return program;
};

describe('check', () => {
  test('without a file reads every program of the clinic, and says what each promises', async () => {
    const { status, out, err } = await ran('check');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('northwest-iv version 1\n');
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('Warnings');
  });

  test('warns, after the sentences, where a program asks less than its route and the follow-up of every program, and goes on', async () => {
    const program = programFile('northwest-iv.json');
    program.dosing.observation = 'PT45M';
    program.response = [];
    const { status, out, err } = await ran('check', await saved('less.json', program));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const [, warnings = ''] = out.split(/── Warnings: less than the rules of care ask ─+\n/);
    expect(warnings.trimEnd().split('\n')).toEqual([
      '  dosing.observation: found PT45M; at least PT60M from the end for iv',
      '  response: no rule to review after dose 3 or 4 below 0.2',
      '  response: no rule to decide after dose 6 below 0.5',
    ]);
  });

  test('says of a wrong program what rehearse says of it, with status 2 and nothing on standard output', async () => {
    const file = await saved('spoilt.json', spoilt());
    const { status, out, err } = await ran('check', file);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.split('\n').slice(0, 2)).toEqual([
      'northwest-iv.consult.role: unknown role "wizard"; one of coordinator, nurse, therapist, provider, medical-director',
      'northwest-iv.integration.window: closes (PT12H) before it opens (PT24H); closes at or after opens',
    ]);

    const rehearsed: string[] = [];
    const nothing = { write: () => true };
    const unused = () => {
      throw new Error('a wrong program is not rehearsed');
    };
    const said = { write: (text: string) => rehearsed.push(text) };
    await rehearseCommand(['--program', file], unused, {
      stdin: process.stdin,
      stdout: nothing,
      stderr: said,
      env: {},
    });
    expect(err).toBe(rehearsed.join(''));
  });

  test('names the file of each problem where several are asked about, and still says what the others promise', async () => {
    const bad = await saved('spoilt.json', spoilt());
    const good = await saved('good.json', programFile('northwest-iv.json'));
    const { status, out, err } = await ran('check', bad, good, join(folder, 'none.json'));
    expect(status).toBe(2);
    expect(out).toMatch(/^Six supervised IV sessions/);
    const lines = err.trimEnd().split('\n');
    expect(lines[0]).toBe(
      `${bad}: northwest-iv.consult.role: unknown role "wizard"; one of coordinator, nurse, therapist, provider, medical-director`,
    );
    expect(lines.at(-1)).toBe(
      `${join(folder, 'none.json')}: program: found no such file at ${JSON.stringify(join(folder, 'none.json'))}; allowed: a JSON file`,
    );
    expect(lines).toHaveLength(3);
  });

  test.each<[string, string | object, RegExp]>([
    [
      'text that is not JSON',
      '{"id": "a",}',
      /^program: found text that is not JSON \(.*\); allowed: one JSON object\n$/,
    ],
    ['an empty file', '', /^program: found text that is not JSON \(.*\); allowed: one JSON object\n$/],
    [
      'ten megabytes',
      `"${'x'.repeat(10_000_000)}"`,
      /^program: ".*": found 10000002 bytes; allowed: at most 2000000\n$/,
    ],
    ['a list', '[]', /^program: found a list of 0; allowed: an object\n$/],
    ['a number', '7', /^program: found 7; allowed: an object\n$/],
  ])('tells in one line of %s', async (_, content, line) => {
    const { status, out, err } = await ran('check', await saved('odd.json', content));
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('reads standard input', async () => {
    const { status, out } = await ranOn(JSON.stringify(programFile('northwest-iv.json')), 'check', '-');
    expect({ status, title: out.split('\n')[1] }).toEqual({ status: 0, title: 'northwest-iv version 1' });
  });

  test('tells in one line of a folder', async () => {
    expect(await ran('check', folder)).toEqual({
      status: 2,
      out: '',
      err: `program: found a folder at ${JSON.stringify(folder)}; allowed: a JSON file\n`,
    });
  });

  test('tells of a rule table and a questionnaire that are not there, as rehearse does', async () => {
    const program = programFile('northwest-iv.json');
    program.screening.ruleset = 'old-screening';
    program.measures[1] = { ...program.measures[1], id: 'madrs' };
    const { status, err } = await ran('check', await saved('strange.json', program));
    expect(status).toBe(2);
    expect(err.trimEnd().split('\n')).toEqual([
      'northwest-iv.screening.ruleset: unknown rule table "old-screening"; one of kap-screening',
      expect.stringMatching(
        /^northwest-iv\.measures\[1\]\.id: nobody can answer "madrs", it has no file; one of phq9, gad7/,
      ),
    ]);
  });

  test('of wrong types tells each', async () => {
    const program = { ...programFile('northwest-iv.json'), title: 7, phases: 'all', consult: null, followUps: [1] };
    const { err } = await ran('check', await saved('types.json', program));
    expect(err.trimEnd().split('\n')).toEqual([
      'northwest-iv.title: found 7; allowed: a text',
      'northwest-iv.phases: found "all"; allowed: a list',
      'northwest-iv.consult: found null; allowed: an object',
      'northwest-iv.followUps[0]: found 1; allowed: a text',
    ]);
  });
});

describe('the command line', () => {
  test('--help says how', async () => {
    expect((await ran('--help')).out).toContain('npm run -s programs -- check [FILE...]');
  });

  test.each<[string, string[], RegExp]>([
    ['no command', [], /^options: no command; one of check, keep, schema\n$/],
    ['an unknown command', ['chek'], /^options: unknown command "chek"; one of check, keep, schema\n$/],
    ['an unknown option', ['check', '--zap'], /^options: Unknown option '--zap'; one of --check, --help\n$/],
    ['a file for the schema', ['schema', 'x.json'], /^options: found "x.json"; allowed: schema \[--check\]\n$/],
    ['a check of the schema where programs are checked', ['check', '--check'], /^options: --check goes with schema; /],
  ])('refuses %s in one line', async (_, args, line) => {
    const { status, out, err } = await ran(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(line);
  });
});
