import * as z from 'zod';
import { approximateSeconds, line } from './values.ts';

/** Where a figure comes from: source tags of the program, or a decision that the clinic still has to confirm, or both. */
export const provenance = z
  .strictObject({
    source: z.array(z.string().min(1)).min(1).optional(),
    clinicalDecision: z.literal('confirm').optional(),
    note: line.optional(),
  })
  .refine(({ source, clinicalDecision }) => source !== undefined || clinicalDecision !== undefined, {
    error: 'says nothing; a source, or "clinicalDecision": "confirm"',
  });
export type Provenance = z.infer<typeof provenance>;

/** Not figures of the treatment: what identifies the file and where its figures come from. */
const APART = ['version', 'sources', 'provenance', 'promises'];

const isFigure = (value: unknown): boolean =>
  typeof value === 'number' ||
  (typeof value === 'string' && (!Number.isNaN(approximateSeconds(value)) || /^\d\d:\d\d$/.test(value)));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const keyOf = (index: string, entry: unknown): string =>
  isObject(entry) && 'id' in entry && typeof entry.id === 'string' ? entry.id : index;

/** The parts of a value by name; entries of a list go by their id where they have one, else by their place from 0. */
const partsOf = (value: object): [string, unknown][] =>
  Array.isArray(value)
    ? Object.entries(value).map(([index, entry]) => [keyOf(index, entry), entry])
    : Object.entries(value);

/** Every path of a value, `figure` where a number, duration or time stands. */
const walk = (value: unknown, path: string): { path: string; figure: boolean }[] => [
  { path, figure: isFigure(value) },
  ...(isObject(value) ? partsOf(value).flatMap(([key, part]) => walk(part, path === '' ? key : `${path}.${key}`)) : []),
];

const pathsOf = (program: object): { path: string; figure: boolean }[] =>
  partsOf(program)
    .filter(([key]) => !APART.includes(key))
    .flatMap(([key, part]) => walk(part, key));

/** Paths such as `integration.window.opens` or `reminders.day-before.offset` that exist in a program. */
export const programPaths = (program: object): Set<string> => new Set(pathsOf(program).map(({ path }) => path));

/** The provenance of a path: its own or that of the nearest part around it. */
export const provenanceOf = (table: Readonly<Record<string, Provenance>>, path: string): Provenance | undefined => {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const found = table[at];
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Every figure of a program whose origin is not told. */
export const figuresWithoutProvenance = (program: { provenance: Readonly<Record<string, Provenance>> }): string[] =>
  pathsOf(program)
    .filter(({ path, figure }) => figure && provenanceOf(program.provenance, path) === undefined)
    .map(({ path }) => path);
