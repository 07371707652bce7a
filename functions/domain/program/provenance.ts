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
const APART = ['$schema', 'version', 'sources', 'provenance', 'promises'];

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

type Part = { path: string; value: unknown };

/** Every part of a value with its path. */
const walk = (value: unknown, path: string): Part[] => [
  { path, value },
  ...(isObject(value) ? partsOf(value).flatMap(([key, part]) => walk(part, path === '' ? key : `${path}.${key}`)) : []),
];

const everyPart = (program: object): Part[] =>
  partsOf(program)
    .filter(([key]) => !APART.includes(key))
    .flatMap(([key, part]) => walk(part, key));

const figuresOf = (program: object): Part[] => everyPart(program).filter(({ value }) => isFigure(value));

/** Paths such as `integration.window.opens` or `reminders.day-before.offset` that exist in a program. */
export const programPaths = (program: object): Set<string> => new Set(everyPart(program).map(({ path }) => path));

type Table = Readonly<Record<string, Provenance>>;

/** The path of the entry that tells the origin of a path: its own or that of the nearest part around it. */
const entryOf = (table: Table, path: string): string | undefined => {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.'))))
    if (table[at] !== undefined) return at;
  return undefined;
};

/** The provenance of a path: its own or that of the nearest part around it. */
export const provenanceOf = (table: Table, path: string): Provenance | undefined => table[entryOf(table, path) ?? ''];

/** Every figure of a program whose origin is not told. */
export const figuresWithoutProvenance = (program: { provenance: Table }): string[] =>
  figuresOf(program)
    .filter(({ path }) => entryOf(program.provenance, path) === undefined)
    .map(({ path }) => path);

/** The figures that one entry of the provenance leaves to the clinic, in the order of the file; paths are counted from the entry. */
export type ToConfirm = { readonly entry: string; readonly origin: Provenance; readonly figures: readonly Part[] };

/** Every figure that the clinic still has to confirm, under the entry of the provenance that says so. */
export const figuresToConfirm = (program: { provenance: Table }): ToConfirm[] => {
  const byEntry = Map.groupBy(figuresOf(program), ({ path }) => entryOf(program.provenance, path));
  return [...byEntry].flatMap(([entry, figures]) => {
    const origin = entry === undefined ? undefined : program.provenance[entry];
    if (entry === undefined || origin?.clinicalDecision !== 'confirm') return [];
    return [
      { entry, origin, figures: figures.map(({ path, value }) => ({ path: path.slice(entry.length + 1), value })) },
    ];
  });
};
