import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Program } from '../../functions/domain/program/program.ts';
import type { Surroundings } from './command-line.ts';
import { fieldTexts } from './field-texts.ts';
import { PROGRAMS } from './program-files.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** Formats of our own have a pattern; a name that no validator knows would only be warned about. */
const withoutOwnFormats: NonNullable<z.core.ToJSONSchemaParams['override']> = ({ zodSchema, jsonSchema }) => {
  if (zodSchema instanceof z.ZodCustomStringFormat) delete jsonSchema.format;
};

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands inside a field without a name of its own: entries of lists, ways to write it, entries of tables. */
const nameless = ({ items, anyOf = [], additionalProperties }: Schema): Schema[] =>
  [items, additionalProperties, ...anyOf].filter(isSchema);

/** Every field under a schema with its path, places in lists left out: `series.stages.doses`. */
export const fieldsOf = (schema: Schema, path = ''): [path: string, field: Schema][] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, Schema][] => {
    if (!isSchema(field)) return [];
    const at = path === '' ? name : `${path}.${name}`;
    return [[at, field], ...fieldsOf(field, at)];
  }),
  ...nameless(schema).flatMap((each) => fieldsOf(each, path)),
];

/** The JSON Schema (draft 2020-12) of a program file: what each field may hold. How fields must fit one another only `check` says. */
export const programSchema = (): Schema => {
  const schema: Schema = z.toJSONSchema(Program, { io: 'input', override: withoutOwnFormats });
  const texts = fieldTexts();
  for (const [path, field] of fieldsOf(schema)) {
    const said = [texts.get(path), field.description].filter((each) => each !== undefined);
    if (said.length > 0) field.description = said.join('; ');
  }
  return {
    ...schema,
    title: 'A treatment program',
    description: 'npm run -s programs -- check FILE also says whether its parts fit one another, and what it promises',
  };
};

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
