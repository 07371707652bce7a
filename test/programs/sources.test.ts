import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { approximateSeconds } from '../../functions/domain/program/values.ts';

const PROGRAMS = fileURLToPath(new URL('../../programs/', import.meta.url));
const REFERENCE = new URL('../../../shared/clinical-reference.md', import.meta.url);

const FILES = readdirSync(PROGRAMS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  // Texts for patients and staff, and what a program file may say at all, hold no figures of a treatment.
  .filter((name) => !/(messages|links)\.\w+\.json$|\.schema\.json$/.test(name))
  .toSorted();

/** What identifies a file, and facts of the clinic that no source could know. */
const APART = ['version', 'sources', 'provenance', 'promises'];
const OF_THE_CLINIC = ['phone', 'hours', 'holidays', 'locations', 'rooms', 'practitioners', 'partners'];

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Table = { [path: string]: { source?: string[]; clinicalDecision?: string } };

const read = (name: string): { [key: string]: Json } => JSON.parse(readFileSync(`${PROGRAMS}${name}`, 'utf8'));

const isFigure = (value: Json): boolean =>
  typeof value === 'number' ||
  (typeof value === 'string' &&
    (!Number.isNaN(approximateSeconds(value)) || /^\d\d:\d\d$/.test(value) || /^\d{4}-\d\d-\d\d$/.test(value)));

const hasOrigin = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  ((Array.isArray(value.source) && value.source.length > 0) || value.clinicalDecision === 'confirm');

/** Paths of the figures of a value for which nothing around them says where they come from. */
const bare = (value: Json, path: string, table: Table): string[] => {
  const told = table[path];
  if ((told !== undefined && hasOrigin(told as Json)) || hasOrigin(value)) return [];
  if (isFigure(value)) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const id =
      Array.isArray(value) && typeof part === 'object' && part !== null && !Array.isArray(part) ? part.id : undefined;
    return bare(part, `${path}.${typeof id === 'string' ? id : key}`, table);
  });
};

const figuresWithoutOrigin = (file: { [key: string]: Json }, apart: string[]): string[] =>
  Object.entries(file)
    .filter(([key]) => !apart.includes(key))
    .flatMap(([key, part]) => bare(part, key, (file.provenance ?? {}) as Table));

/** Every source that a value names, wherever it does. */
const named = (value: Json): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = !Array.isArray(value) && Array.isArray(value.source) ? value.source.map(String) : [];
  return [...own, ...Object.values(value).flatMap(named)];
};

describe('every clinical figure has an origin', () => {
  test.each(FILES)('%s', (name) => {
    const apart = name === 'clinic/clinic.json' ? [...APART, ...OF_THE_CLINIC] : APART;
    expect(figuresWithoutOrigin(read(name), apart)).toEqual([]);
  });

  test.each(FILES)('%s names no source that it does not list', (name) => {
    const file = read(name);
    const listed = Object.keys((file.sources ?? {}) as object);
    expect(named(file).filter((tag) => !listed.includes(tag))).toEqual([]);
  });

  test.skipIf(!existsSync(REFERENCE))('every source is one of the reference’s register (skipped without it)', () => {
    const text = readFileSync(REFERENCE, 'utf8');
    const register = text.slice(text.indexOf('## 8. Source register'));
    const tags = new Set([...register.matchAll(/\bS\d+\*?/g)].map(([tag]) => tag));
    // A tag with a star is a secondary page of its number; both are written in the register's row.
    const known = (tag: string) => tag === 'BG' || tag === 'DEF' || tags.has(tag) || tags.has(tag.replace('*', ''));
    expect(FILES.flatMap((name) => named(read(name))).filter((tag) => !known(tag))).toEqual([]);
  });

  test('a figure whose origin is taken away is found', () => {
    const files = FILES.filter((name) => figuresWithoutOrigin({ ...read(name), provenance: {} }, APART).length > 0);
    // These have no figures.
    expect(FILES.filter((name) => !files.includes(name))).toEqual([
      'care/confidentiality.json',
      'clinic/programs.json',
      'measures/cssrs-since-last-contact.json',
    ]);
    expect(figuresWithoutOrigin({ rules: [{ id: 'HS-01', threshold: 18 }] }, APART)).toEqual(['rules.HS-01.threshold']);
    expect(figuresWithoutOrigin({ rules: [{ id: 'HS-01', threshold: 18, source: ['S25'] }] }, APART)).toEqual([]);
    expect(figuresWithoutOrigin({ wait: 'PT5M', provenance: { wait: { note: 'x' } } }, APART)).toEqual(['wait']);
    const confirmed = { wait: { clinicalDecision: 'confirm' } };
    expect(figuresWithoutOrigin({ wait: 'PT5M', provenance: confirmed }, APART)).toEqual([]);
  });
});
