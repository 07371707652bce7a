import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../functions/domain/program/program.ts';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { earlierFiles, earlierList, keepVersion, SHELF, type Shelf } from '../../../local/programs/keep.ts';
import { PROGRAMS } from '../../../local/programs/program-files.ts';
import { ran } from './ran.ts';

/** A shelf of its own with one program. */
const shelf = async (): Promise<Shelf> => {
  const folder = await mkdtemp(join(tmpdir(), 'shelf-'));
  const programs = join(folder, 'programs');
  await mkdir(programs);
  await cp(join(PROGRAMS, 'northwest-iv.json'), join(programs, 'northwest-iv.json'));
  return { programs, list: join(folder, 'earlier-programs.ts') };
};
const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

describe('A version that journeys are pinned to', () => {
  test('is kept as it is, beside the next one, and listed for the functions', async () => {
    const own = await shelf();
    const before = await json(join(own.programs, 'northwest-iv.json'));
    expect(await keepVersion('northwest-iv', own)).toContain('programs/northwest-iv.json is version 2 from now on');
    const kept = await json(join(own.programs, 'earlier/northwest-iv.1.json'));
    expect(kept).toEqual({ ...before, $schema: '../program.schema.json' });
    expect(await json(join(own.programs, 'northwest-iv.json'))).toEqual({ ...before, version: 2 });
    expect(parseProgram(kept).version).toBe(1);
    await keepVersion('northwest-iv', own);
    expect(earlierFiles(own)).toEqual(['northwest-iv.1.json', 'northwest-iv.2.json']);
    const list = await readFile(own.list, 'utf8');
    expect(list).toBe(earlierList(earlierFiles(own)));
    expect(list).toContain(
      "import northwestIv2 from '../../programs/earlier/northwest-iv.2.json' with { type: 'json' };",
    );
    expect(list).toContain('= [\n  northwestIv1,\n  northwestIv2,\n];');
  });

  test('is not kept twice: what was kept never changes', async () => {
    const own = await shelf();
    const before = await readFile(join(own.programs, 'northwest-iv.json'), 'utf8');
    await keepVersion('northwest-iv', own);
    await cp(join(PROGRAMS, 'northwest-iv.json'), join(own.programs, 'northwest-iv.json'));
    await expect(keepVersion('northwest-iv', own)).rejects.toThrow(
      'northwest-iv.version: version 1 is kept already, and never changes; a higher number',
    );
    expect(await readFile(join(own.programs, 'northwest-iv.json'), 'utf8')).toBe(before);
  });

  test.each([
    [['keep', '../clinic'], 'options: found "../clinic"; the id of a program in programs/'],
    [['keep', 'nobody'], 'options: found "nobody"; the id of a program in programs/'],
    [['keep'], 'options: found 0 ids; allowed: keep ID'],
  ])('is asked for by name (%j)', async (args, said) => {
    expect(await ran(...args)).toEqual({ status: 2, out: '', err: `${said}\n` });
  });
});

describe('What is deployed', () => {
  test('holds every version that was kept, and each of them can still be read', () => {
    expect(readFileSync(SHELF.list, 'utf8')).toBe(earlierList(earlierFiles(SHELF)));
    const versions = bundledData().programs.map(({ id, version }) => `${id}.${version}.json`);
    expect(versions).toEqual(expect.arrayContaining(earlierFiles(SHELF)));
    expect(new Set(versions).size).toBe(versions.length);
    for (const { id, version, read } of bundledData().programs) expect(read()).toMatchObject({ id, version });
  });
});
