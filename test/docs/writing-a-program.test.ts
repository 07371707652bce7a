import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { override } from '../../functions/domain/clinic/override.ts';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { fieldTexts } from '../../local/programs/field-texts.ts';
import { fieldsOf, programSchema } from '../../local/programs/schema.ts';
import { printRehearsal } from '../../local/rehearsal/print.ts';
import { shortcomings } from '../../local/rehearsal/result.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { programFile } from '../domain/program/files.ts';
import { ran } from '../local/programs/ran.ts';

const page = readFileSync(new URL('../../docs/writing-a-program.md', import.meta.url), 'utf8');
const blocks = (kind: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
const linesOf = (text: string | undefined): string[] =>
  (text ?? '').split('\n').filter((line) => line.trim() !== '' && line !== '…');

const changed = (text: string) => override(programFile('northwest-iv.json'), JSON.parse(text));

let folder: string;
const saved = async (content: string): Promise<string> => {
  const path = join(folder, 'program.json');
  await writeFile(path, content);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'writing-'));
});

describe('The page for coordinators', () => {
  test('explains every field that there is, and no other', () => {
    const fields = [...new Set(fieldsOf(programSchema()).map(([path]) => path))];
    expect([...fieldTexts().keys()].toSorted()).toEqual(fields.toSorted());
  });

  test('shows parts that a program may have', () => {
    expect(blocks('json').length).toBeGreaterThan(6);
    for (const part of blocks('json')) expect(() => parseProgram(changed(part)), part).not.toThrow();
  });

  const [fourWeekly = '{}'] = blocks('json');
  const [read, warned, rehearsed] = blocks('text');

  test('reads its own example as check does', async () => {
    const { status, out } = await ran('check', await saved(JSON.stringify(changed(fourWeekly))));
    expect(status).toBe(0);
    expect(linesOf(read).length).toBeGreaterThan(6);
    expect(linesOf(read).filter((line) => !out.split('\n').includes(line))).toEqual([]);
  });

  test('shows the warnings that check prints of a program that does less than the rules of care ask, which is no mistake', async () => {
    const file = await saved(JSON.stringify(changed('{"followUps": ["P1M"]}')));
    const { status, out, err } = await ran('check', file);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out.trimEnd().endsWith((warned ?? 'no block').trimEnd())).toBe(true);
  });

  test('rehearses its own example to the end, with the lines that it shows', async () => {
    const program = await saved(JSON.stringify(changed(fourWeekly)));
    const rehearsal = await rehearse(await readScenario({ program }), oneMachine);
    expect(rehearsal.failure).toBeUndefined();
    expect(shortcomings(rehearsal.result)).toEqual([]);
    const printed = printRehearsal(rehearsal, false).split('\n');
    expect(linesOf(rehearsed).length).toBeGreaterThan(4);
    expect(linesOf(rehearsed).filter((line) => !printed.includes(line))).toEqual([]);
  });
});

/** A copy of a value with another one at a path, or without what stood there. */
const withAt = (whole: unknown, [key = '', ...rest]: string[], value: unknown): unknown => {
  if (Array.isArray(whole))
    return whole.with(Number(key), rest.length === 0 ? value : withAt(whole[Number(key)], rest, value));
  const table: Record<string, unknown> = Object.assign({}, whole);
  if (rest.length > 0) table[key] = withAt(table[key], rest, value);
  else if (value === undefined) delete table[key];
  else table[key] = value;
  return table;
};

/** A place of the page; keys of the provenance are paths themselves. */
const placeOf = (path: string): string[] => {
  const [first = '', ...rest] = path.split('.');
  return first === 'provenance' ? [first, rest.join('.')] : [first, ...rest];
};

describe('Common mistakes', () => {
  const [, mistakes = ''] = page.split('## Common mistakes');
  const rows = mistakes.split('\n').filter((line) => line.startsWith('| `'));

  test('are told in a table', () => {
    expect(rows.length).toBeGreaterThan(15);
  });

  test.each(rows)('%s', async (row) => {
    const [written = '', says = ''] = row.slice('| '.length, -' |'.length).split(' | ');
    const whole = /^`(\{.*\})`$/.exec(written)?.[1];
    const [, path = '', value] = /^`([\w.-]+)` (?:is `(.*)`|left out)/.exec(written) ?? [];
    const content =
      whole ??
      JSON.stringify(
        withAt(programFile('northwest-iv.json'), placeOf(path), value === undefined ? undefined : JSON.parse(value)),
      );
    const { status, err } = await ran('check', await saved(content));
    const message = /^`(.*)`$/.exec(says)?.[1];
    expect({ status, err }).toEqual(
      message === undefined ? { status: 0, err: '' } : { status: 2, err: expect.stringContaining(`${message}\n`) },
    );
    if (message === undefined) expect(says).toMatch(/^nothing/);
  });
});
