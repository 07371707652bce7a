import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputRefused } from '../../functions/domain/problems.ts';

/** The folder of the clinic's programs. */
export const PROGRAMS = fileURLToPath(new URL('../../programs/', import.meta.url));

/** The schema by which editors help; it lies beside the programs and is none. */
export const SCHEMA = join(PROGRAMS, 'program.schema.json');

/** Ids of the clinic's programs: each file is named by its program's id. */
export const programIds = (): string[] =>
  readdirSync(PROGRAMS)
    .filter((name) => /^[a-z0-9-]+\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted();

/** The program files that are asked for, or else the clinic's as paths from here; a shell that lists programs/*.json lists the schema too. */
export const programFiles = (asked: readonly string[]): string[] => {
  if (asked.length === 0) return programIds().map((id) => relative('', join(PROGRAMS, `${id}.json`)));
  const files = asked.filter((file) => resolve(file) !== SCHEMA);
  if (files.length === 0) throw new InputRefused([`options: found the schema of programs; allowed: program files`]);
  return files;
};
