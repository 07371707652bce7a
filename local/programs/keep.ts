import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputRefused, shown } from '../../functions/domain/problems.ts';
import { programOf } from '../rehearsal/library.ts';
import { parseJson } from '../rehearsal/read-json.ts';
import { PROGRAMS } from './program-files.ts';

/** Where programs lie, and the list of their earlier versions that is deployed. */
export type Shelf = { readonly programs: string; readonly list: string };

/** The clinic's own. */
export const SHELF: Shelf = {
  programs: PROGRAMS,
  list: fileURLToPath(new URL('../../functions/stores/earlier-programs.ts', import.meta.url)),
};

const NAME = /^([a-z0-9-]+)\.(\d+)\.json$/;

/** The files of earlier versions, in order of program and version. */
export const earlierFiles = ({ programs }: Shelf): string[] => {
  const folder = join(programs, 'earlier');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => NAME.test(name)) : [];
  return files.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
};

const nameOf = (file: string): string =>
  file.replace('.json', '').replaceAll(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase());

/** The text of the list: one import for each file in `programs/earlier`. */
export const earlierList = (files: readonly string[]): string => {
  const imports = files.map(
    (file) => `import ${nameOf(file)} from '../../programs/earlier/${file}' with { type: 'json' };\n`,
  );
  const names = files.map(nameOf);
  const declared = 'export const earlierPrograms: readonly { readonly id: string; readonly version: number }[] = ';
  const onOneLine = `${declared}[${names.join(', ')}];`;
  // As the formatter breaks it.
  const list = onOneLine.length <= 120 ? onOneLine : `${declared}[\n${names.map((name) => `  ${name},\n`).join('')}];`;
  return `// Written by \`npm run -s programs -- keep\`: every version in programs/earlier.
${imports.join('')}
/** Versions that journeys may still be pinned to, beside the newest of each program. */
${list}
`;
};

/**
 * Keeps the present version of a program for the journeys that are pinned to it, and raises the number of the file that is worked
 * on: the kept one never changes. Throws InputRefused where there is no such program, it is wrong, or that version is kept already.
 */
export const keepVersion = async (id: string, shelf: Shelf = SHELF): Promise<string> => {
  const file = join(shelf.programs, `${id}.json`);
  if (!/^[a-z0-9-]+$/.test(id) || !existsSync(file))
    throw new InputRefused([`options: found ${shown(id)}; the id of a program in programs/`]);
  const text = await readFile(file, 'utf8');
  const { version } = programOf(parseJson(text, id));
  const kept = join(shelf.programs, 'earlier', `${id}.${version}.json`);
  if (existsSync(kept))
    throw new InputRefused([`${id}.version: version ${version} is kept already, and never changes; a higher number`]);
  await mkdir(join(shelf.programs, 'earlier'), { recursive: true });
  await writeFile(kept, text.replace('"./program.schema.json"', '"../program.schema.json"'));
  await writeFile(file, text.replace(/("version"\s*:\s*)\d+/, `$1${version + 1}`));
  await writeFile(shelf.list, earlierList(earlierFiles(shelf)));
  return `Version ${version} of ${id} is kept in programs/earlier. programs/${id}.json is version ${version + 1} from now on: change it, then check it.\n`;
};
