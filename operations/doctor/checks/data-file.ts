import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Check, type Finding, ok, toDo } from '../finding.ts';

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const wholeness = (file: string): Finding => {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const [row] = database.prepare('PRAGMA quick_check(1)').all();
      const found = Object.values(row ?? {})[0];
      return found === 'ok' ? ok(`${file} is whole`) : toDo(`${file} is damaged (${found}); restore it from a copy`);
    } finally {
      database.close();
    }
  } catch (error) {
    return toDo(`${file} cannot be read (${said(error)}); the SQLite file of a clinic`);
  }
};

/** The file in which a clinic on this machine keeps everything can be written, and is whole. */
export const dataFile = (file: string): Check => ({
  name: 'data',
  look: async () => {
    const path = resolve(file);
    const folder = dirname(path);
    if (!existsSync(folder) || !statSync(folder).isDirectory()) return [toDo(`${folder} is no folder; make it`)];
    try {
      accessSync(existsSync(path) ? path : folder, constants.W_OK);
    } catch {
      return [toDo(`${existsSync(path) ? path : folder} may not be written; change who owns it`)];
    }
    return [existsSync(path) ? wholeness(path) : ok(`${folder} may be written; ${file} is not there yet`)];
  },
});
