import { readdirSync } from 'node:fs';

/** Files of the published protocols, as paths under `programs/`. */
export const publishedFiles = (): string[] =>
  readdirSync(new URL('../../../programs/published', import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => `published/${name}`);
