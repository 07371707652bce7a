import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { INVARIANTS } from '../../../local/invariants/check.ts';
import type { Guard } from '../../../local/mutations/guard.ts';
import { GUARDS } from '../../../local/mutations/guards.ts';
import { readOptions } from '../../../local/mutations/options.ts';
import { guardTable } from '../../../local/mutations/page.ts';
import { misplaced, switchOff } from '../../../local/mutations/switch-off.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('The table of guards', () => {
  test('has a guard for each of the twelve invariants, and each guard once', () => {
    const ids = GUARDS.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const guarded = new Set(GUARDS.map(({ invariant }) => invariant));
    expect([...guarded].toSorted((a, b) => a - b)).toEqual(INVARIANTS.map(({ id }) => id));
  });

  test.each(GUARDS)('finds every piece of $id in the sources, exactly once', async (guard) => {
    expect(await misplaced(ROOT, guard)).toEqual([]);
    for (const { source, off } of guard.pieces) expect(off).not.toBe(source);
  });

  test.each(GUARDS.filter(({ instead }) => instead))('names for $id a test that exists', ({ instead }) => {
    expect(existsSync(join(ROOT, instead?.file ?? ''))).toBe(true);
  });

  test('stands in docs/testing.md as it is: npm run -s mutations -- --table', () => {
    expect(readFileSync(join(ROOT, 'docs/testing.md'), 'utf8')).toContain(`\n${guardTable(GUARDS)}\n`);
  });
});

describe('A guard', () => {
  const sources = async (text: string): Promise<string> => {
    const root = await mkdtemp(join(tmpdir(), 'guards-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await mkdir(join(root, 'functions'));
    await writeFile(join(root, 'functions/rule.ts'), text);
    return root;
  };
  const guard: Guard = {
    id: 'rule',
    invariant: 1,
    keepsFrom: 'harm',
    pieces: [{ file: 'functions/rule.ts', source: 'if (held) return;', off: '$& nothing' }],
  };

  test('is switched off where its piece stands, and nothing else is touched', async () => {
    const root = await sources('before\nif (held) return;\nafter\n');
    await switchOff(root, guard);
    expect(await readFile(join(root, 'functions/rule.ts'), 'utf8')).toBe('before\n$& nothing\nafter\n');
  });

  test.each([
    ['has gone', 'before\n', 0],
    ['stands there twice', 'if (held) return; if (held) return;', 2],
  ])('is not switched off where its piece %s: one line says so, and the file stays', async (_, text, times) => {
    const root = await sources(text);
    await expect(switchOff(root, guard)).rejects.toThrow(
      `rule: functions/rule.ts: found ${times} times; allowed: once; the piece is "if (held) return;"`,
    );
    expect(await readFile(join(root, 'functions/rule.ts'), 'utf8')).toBe(text);
  });
});

describe('The command line', () => {
  test('switches every guard off unless it is told which', () => {
    expect(readOptions([], GUARDS)?.guards).toBe(GUARDS);
    expect(readOptions(['--only', 'quiet-hours,opt-out'], GUARDS)?.guards.map(({ id }) => id)).toEqual([
      'quiet-hours',
      'opt-out',
    ]);
    expect(readOptions(['--help'], GUARDS)).toBeUndefined();
  });

  test.each([
    [['--only', 'loud-hours'], /^--only: found "loud-hours"; allowed: .*quiet-hours/],
    [['--all'], /^options: .*--all.*; one of --only, --table, --help$/],
  ])('refuses %j with one line', (args, line) => {
    expect(() => readOptions(args, GUARDS)).toThrow(line);
  });
});
