import { fileURLToPath } from 'node:url';
import { readJsonFile } from '../rehearsal/read-json.ts';

const FOLDER = fileURLToPath(new URL('../../programs/', import.meta.url));

/** Reads a file of programs/, such as `measures/phq9.json`. */
export const programFile = (path: string): Promise<unknown> => readJsonFile(`${FOLDER}${path}`, path);
