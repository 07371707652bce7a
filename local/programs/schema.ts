import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Program } from '../../functions/domain/program/program.ts';
import type { Surroundings } from './command-line.ts';
import { PROGRAMS } from './program-files.ts';

/** Formats of our own have a pattern; a name that no validator knows would only be warned about. */
const withoutOwnFormats: NonNullable<z.core.ToJSONSchemaParams['override']> = ({ zodSchema, jsonSchema }) => {
  if (zodSchema instanceof z.ZodCustomStringFormat) delete jsonSchema.format;
};

/** The JSON Schema (draft 2020-12) of a program file: what each field may hold. How fields must fit one another only `check` says. */
export const programSchema = (): object => ({
  ...z.toJSONSchema(Program, { io: 'input', override: withoutOwnFormats }),
  title: 'A treatment program',
  description: 'npm run -s programs -- check FILE also says whether its parts fit one another, and what it promises',
});

/** The text of `programs/program.schema.json`. */
export const schemaText = (): string => `${JSON.stringify(programSchema(), null, 2)}\n`;

const FILE = join(PROGRAMS, 'program.schema.json');

/** Writes the schema, or only says whether the file is current: status 1 where it is not. */
export const writeSchema = async (
  { onlyCheck }: { readonly onlyCheck: boolean },
  { stdout, stderr }: Surroundings,
): Promise<0 | 1> => {
  const wanted = schemaText();
  if (!onlyCheck) {
    await writeFile(FILE, wanted);
    stdout.write('programs/program.schema.json written\n');
    return 0;
  }
  const found = existsSync(FILE) ? await readFile(FILE, 'utf8') : '';
  if (found === wanted) return 0;
  stderr.write('programs/program.schema.json is not current: npm run schema\n');
  return 1;
};
