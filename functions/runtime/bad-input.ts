import type * as z from 'zod';

/** A function was given what its schema refuses; names paths and what was expected, never the values. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly step: string;
  constructor(step: string, problems: readonly string[]) {
    super(`${step}: ${problems.join('; ')}`);
    this.step = step;
  }
}

/** A function was about to return what its schema refuses: a defect of ours. */
export class BadOutput extends Error {
  override readonly name = 'BadOutput';
  constructor(step: string, problems: readonly string[]) {
    super(`${step}: ${problems.join('; ')}`);
  }
}

/** Below these stand keys that people wrote; they are facts like any value. */
const OPEN_RECORDS: readonly string[] = [
  'facts',
  'data',
  'consents',
  'multiValueHeaders',
  'multiValueQueryStringParameters',
];

const pathOf = (path: readonly PropertyKey[]): string => {
  const parts = path.map(String);
  const open = parts.findIndex((part) => OPEN_RECORDS.includes(part));
  return (open === -1 || open === parts.length - 1 ? parts : [...parts.slice(0, open + 1), '*']).join('.') || 'input';
};

const problemsOf = ({ issues }: z.ZodError): string[] => issues.map(({ path, code }) => `${pathOf(path)} (${code})`);

/** The input as its schema reads it. */
export const readInput = <T>(step: string, schema: z.ZodType<T>, value: unknown): T => {
  const read = schema.safeParse(value);
  if (!read.success) throw new BadInput(step, problemsOf(read.error));
  return read.data;
};

/** The output, if its schema allows it. */
export const checkOutput = <T>(step: string, schema: z.ZodType<T>, value: T): T => {
  const read = schema.safeParse(value);
  if (!read.success) throw new BadOutput(step, problemsOf(read.error));
  return read.data;
};
