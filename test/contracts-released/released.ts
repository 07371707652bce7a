import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';

const folder = new URL('./version-1/', import.meta.url);
const Inputs = z.array(z.json()).min(1);

/** The inputs of a function or a state machine, or the outbox rows, as they were when that version was released; never edited again. */
export const released = (file: `handlers/${string}` | `machines/${string}` | 'outbox-items'): readonly unknown[] =>
  Inputs.parse(JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')));

/** The names of everything of that kind that was released. */
export const releasedNames = (kind: 'handlers' | 'machines'): string[] =>
  readdirSync(new URL(`${kind}/`, folder))
    .map((file) => file.replace('.json', ''))
    .sort();
