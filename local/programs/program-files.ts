import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clinic's programs. */
export const PROGRAMS = fileURLToPath(new URL('../../programs/', import.meta.url));

/** Ids of the clinic's programs: each file is named by its program's id. */
export const programIds = (): string[] =>
  readdirSync(PROGRAMS)
    .filter((name) => /^[a-z0-9-]+\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted();

/** The clinic's program files as paths from here. */
export const programFiles = (): string[] => programIds().map((id) => relative('', join(PROGRAMS, `${id}.json`)));
