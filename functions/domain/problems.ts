import * as z from 'zod';
// As a name of its own: reaching it through `z.core` would bundle every language of zod's messages, 325 kB in each function.
import { $ZodType } from 'zod/v4/core';

/** Input from outside was refused; each problem is one line `path: what was found; what is allowed`. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  readonly problems: string[];
  constructor(problems: string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/** So many problems are worth reading; a file of megabytes may hold millions. */
export const MOST_PROBLEMS = 100;
const MOST_CHARACTERS = 60;

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Writes a path as people point at it: `scenario.people[2].task`. */
export const pathOf = (root: string, path: Path): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`), root);

/** Shows a value on one line, cut where it is long. */
export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}...` : text;
};

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);

/** The keys that the schema allows at a path, where the path leads through plain objects and lists. */
const keysAt = (schema: z.core.$ZodType, path: Path): string[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.options.flatMap((option: z.core.$ZodType) => keysAt(option, path)))];
  if (schema instanceof z.ZodPipe) return keysAt(schema.in, path);
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (schema instanceof z.ZodRecord) {
    if (key !== undefined) return keysAt(schema.valueType, rest);
    return schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  if (key === undefined) return Object.keys(schema.shape);
  const inner: unknown = schema.shape[String(key)];
  return inner instanceof $ZodType ? keysAt(inner, rest) : [];
};

const NAMES: Record<string, string> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

const bound = (issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string => {
  const unit = issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : '';
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit}`;
  return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit}`;
};

/** What an issue allows, in words; texts of the schema's own say it for formats. */
const allowed = (issue: Issue): string => {
  if (issue.code === 'invalid_type') return NAMES[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') return bound(issue);
  return issue.message;
};

/** The name of what a path points at, singular inside a list: `people[2].task` is a task, `roles[0]` a role. */
const nameOf = (path: Path): string => {
  const key = path.findLast((part) => typeof part === 'string');
  const name = typeof key === 'string' ? key : 'value';
  if (typeof path.at(-1) !== 'number') return name;
  return name.endsWith('s') ? name.slice(0, -1) : 'entry';
};

type Read = { root: string; value: unknown; schema: z.core.$ZodType | undefined };

/** The branch of a union that was meant: the one that got furthest, or none if the value is of no branch's type. */
const meant = (branches: readonly Issue[][]): Issue[] | undefined =>
  branches
    .filter((branch) => branch.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'))
    .toSorted((a, b) => a.length - b.length)[0];

const linesOf = (issue: Issue, outer: Path, read: Read): string[] => {
  const path = [...outer, ...issue.path];
  const at = pathOf(read.root, path);
  if (issue.code === 'custom') return [`${at}: ${issue.message}`];
  if (issue.code === 'unrecognized_keys') {
    const keys = read.schema === undefined ? [] : keysAt(read.schema, path);
    const allows = keys.length > 0 ? `; one of ${keys.join(', ')}` : '';
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => `${at}: unknown key ${shown(key)}${allows}`);
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = meant(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => linesOf(inner, path, read));
    const ways = new Set(issue.errors.flatMap((inner) => inner.slice(0, 1).map(allowed)));
    return [`${at}: found ${shown(valueAt(read.value, path))}; allowed: ${[...ways].join(', or ')}`];
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) =>
      inner.code === 'invalid_value'
        ? [`${at}: unknown key ${shown(path.at(-1))}; ${allowed(inner)}`]
        : [`${at}: ${inner.message}`],
    );
  const found = valueAt(read.value, path);
  if (found === undefined) return [`${at}: missing; allowed: ${allowed(issue)}`];
  if (issue.code === 'invalid_value' && typeof found === 'string')
    return [`${at}: unknown ${nameOf(path)} ${shown(found)}; ${allowed(issue)}`];
  return [`${at}: found ${shown(found)}; allowed: ${allowed(issue)}`];
};

/** Turns a zod error into one line a problem; `value` and `schema` let the lines say what was found and which keys exist. */
export const problemsOf = (
  error: z.core.$ZodError,
  root: string,
  value?: unknown,
  schema?: z.core.$ZodType,
): string[] => {
  const lines = error.issues
    .slice(0, MOST_PROBLEMS)
    .flatMap((issue) => linesOf(issue, [], { root, value, schema }))
    .slice(0, MOST_PROBLEMS);
  const all = error.issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1),
    0,
  );
  return all <= MOST_PROBLEMS ? lines : [...lines, `${root}: and ${all - MOST_PROBLEMS} problems more`];
};

/** Parses what came from outside, or throws InputRefused with every problem. */
export const parseInput = <S extends z.ZodType>(schema: S, value: unknown, root: string): z.output<S> => {
  // A parser compiled for the schema pays off after dozens of values, and what comes from outside is one.
  const result = schema.safeParse(value, { jitless: true });
  if (result.success) return result.data;
  throw new InputRefused(problemsOf(result.error, root, value, schema));
};
