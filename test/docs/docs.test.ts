import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { deployedFunctions, machineNames } from '../../functions/contracts/deployment.ts';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { printRehearsal } from '../../local/rehearsal/print.ts';
import { shortcomings } from '../../local/rehearsal/result.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';

const ROOT = join(import.meta.dirname, '../..');
const MADE = new Set(['node_modules', 'cdk.out', '.git']);

const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !MADE.has(name))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]));

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

const pages = filesUnder('.').filter((file) => file.endsWith('.md'));
const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '');

/** The anchor that a heading gets where the pages are read: lower case, no punctuation, dashes for spaces. */
const anchorsOf = (page: string): string[] =>
  all(withoutCode(read(page)), /^#+ (.*)$/gm).map((title) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('The pages', () => {
  test('are there', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/glossary.md', 'docs/runbook.md']),
    );
  });

  test.each(pages)('every link of %s leads to a file or a heading that exists', (page) => {
    const links = all(withoutCode(read(page)), /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
    const wrong = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(wrong).toEqual([]);
  });

  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

  test.each(['README.md', 'CONTRIBUTING.md'])('every npm command of %s is one', (page) => {
    const named = [...all(read(page), /npm run (?:-s )?([\w:-]+)/g), ...all(read(page), /npm (start|test)\b/g)];
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('every file that an npm command runs exists', () => {
    const files = Object.values(scripts).flatMap((script) => all(script, /\bnode (?:--\S+ )*([\w./-]+)/g));
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('the README has a line for every folder of the top', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !MADE.has(entry.name))
      .map(({ name }) => name);
    expect(folders.filter((name) => !read('README.md').includes(`\n    ${name}/`))).toEqual([]);
  });
});

describe('What the README shows', () => {
  const rehearsed = async (file: object) => rehearse(await readScenario(file), oneMachine);

  test('is what a rehearsal prints, line by line', async () => {
    const [excerpt = ''] = all(read('README.md'), /```text\n([\s\S]*?)```/g);
    const printed = new Set(printRehearsal(await rehearsed({ program: 'northwest-iv' }), false).split('\n'));
    const lines = excerpt.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !printed.has(line))).toEqual([]);
  });

  test('as a scenario reaches an outcome, and every invariant holds', async () => {
    const [scenario = ''] = all(read('README.md'), /```json\n([\s\S]*?)```/g);
    const { result, failure } = await rehearsed(z.looseObject({}).parse(JSON.parse(scenario)));
    expect(failure).toBeUndefined();
    expect(shortcomings(result)).toEqual([]);
    expect(result.outcome?.kind).toBe('completed');
  });
});

describe('The runbook', () => {
  const source = read('infra/constructs/alarms.ts');
  const sections = all(/runbookSections = \[([\s\S]*?)\]/.exec(source)?.[1] ?? '', /'([\w-]+)'/g);

  test('is what the alarms point at', () => {
    expect(sections.length).toBeGreaterThan(4);
    expect(source).toContain('What to do: docs/runbook.md#');
  });

  test.each(sections)('says for %s what patients notice, how to see it, what to do and how to replay', (section) => {
    const text = read('docs/runbook.md')
      .split(/^## /m)
      .find((part) => part.split('\n')[0]?.toLowerCase().replaceAll(' ', '-') === section);
    for (const part of ['What patients notice', 'How to see it', 'What to do', 'How to replay'])
      expect(text, part).toContain(`**${part}`);
  });

  test('names only functions and machines that are deployed', () => {
    const deployed: readonly string[] = [...Object.keys(deployedFunctions), ...machineNames];
    const named = all(read('docs/runbook.md'), /\$STAGE-([a-z-]+)/g);
    const apart = [
      'journeys',
      'heartbeat',
      'reminders',
      'data',
      'scheduler',
      'undelivered-schedules',
      'failed-invocations',
      'undelivered-webhooks',
      'api',
      'therapy-notes',
      'notes',
    ];
    expect(named.filter((name) => !apart.includes(name) && !deployed.includes(name))).toEqual([]);
  });
});

/** The words of the design, and those that the code uses beside them. */
const WORDS =
  `clinic, program, journey, phase, cycle, appointment, task, decision, gate, hold, message, reminder, measure, partner,
  handoff, safety event, command, outcome, ask, line, epoch, head, signal, seen, wait, token, claim, ledger, outbox, sweep, revision,
  occurrence, repetition, attempt, round, rung, ladder, chase, gate scope, scene, check, override, clearance, debt, pair, dose, integration,
  ending, effect, act, desk, entry, audit event, hand-over, replay, reconciliation, detached, machine, execution, grant, frame, retired,
  rehearsal, scenario, invariant, virtual clock, sending hours, catalogue, provenance, promise, owed care`
    .split(',')
    .map((word) => word.trim());

describe('The glossary', () => {
  const rows = read('docs/glossary.md')
    .split('\n')
    .filter((line) => line.startsWith('| **'));

  test('has every word, each once', () => {
    const words = rows.map((row) => /^\| \*\*(.+?)\*\*/.exec(row)?.[1] ?? row);
    expect(WORDS.filter((word) => !words.includes(word))).toEqual([]);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });

  test('says of every word where it lives', () => {
    expect(rows.filter((row) => !/\]\([^)]+\) \|$/.test(row))).toEqual([]);
  });
});

describe('The decisions', () => {
  const decisions = filesUnder('docs/adr').filter((file) => /\/\d{4}-/.test(file));

  test('are numbered without a gap and listed', () => {
    const numbers = decisions.map((file) => Number(relative('docs/adr', file).slice(0, 4))).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
    for (const file of decisions) expect(read('docs/adr/README.md')).toContain(`(${relative('docs/adr', file)})`);
  });

  test.each(decisions)('%s says why, what and at which cost', (file) => {
    expect(all(read(file), /^## (.*)$/gm)).toEqual(['Context', 'Choice', 'What it costs']);
  });
});

const programs = readdirSync(join(ROOT, 'programs')).filter(
  (name) => name.endsWith('.json') && name !== 'program.schema.json',
);

describe.each(programs)('What %s promises', (file) => {
  const program = parseProgram(JSON.parse(read(`programs/${file}`)));
  const [, section = ''] = read('docs/programs.md').split(`\n## ${program.id}\n`);
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| \d+ \|/.test(line));

  test('has a row for each statement, with the fields that carry it', () => {
    const promises = program.promises ?? [];
    expect(promises.length).toBeGreaterThan(0);
    expect(rows.length).toBe(promises.length);
    for (const { statement, carriedBy } of promises)
      for (const field of carriedBy) expect(rows[statement - 1], `statement ${statement}`).toContain(`\`${field}\``);
  });

  test('is shown by tests that exist under the name that is given', () => {
    for (const row of rows) {
      for (const cell of (row.split('|').at(-2) ?? '').split(';')) {
        const [file] = all(cell, /\]\(([^)]+)\)/g);
        if (file === undefined) continue;
        const text = read(join('docs', file));
        const names = all(cell, /"([^"]+)"/g);
        expect(names.length, cell).toBeGreaterThan(0);
        expect(names.filter((name) => !text.includes(name))).toEqual([]);
      }
    }
  });
});

describe('The project', () => {
  const texts = filesUnder('.').filter((file) => /\.(ts|js|cjs|json|md|yml)$|(^|\/)run$/.test(file));

  test('names no path of the machine on which it was written', () => {
    const paths = ['work', 'root', '.library'].map((name) => `/${name}/`);
    const own = relative(ROOT, import.meta.filename);
    const naming = texts.filter((file) => file !== own && paths.some((path) => read(file).includes(path)));
    expect(naming).toEqual([]);
  });

  test('looks beside itself in tests and in .ci/run only', () => {
    const beside = texts.filter((file) => /\.\.\/shared\b/.test(read(file)));
    expect(beside.filter((file) => !/^(test\/|\.ci\/run$)/.test(file))).toEqual([]);
  });
});
