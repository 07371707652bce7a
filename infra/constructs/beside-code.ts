import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** An import of JSON as esbuild leaves it: the files of all functions lie in one folder above them. */
const IMPORT = /(\bfrom\s*)"\.\.\/([\w.-]+\.json)"(?:\s*with\s*\{[^}]*\})?/g;

/** Puts the data that a bundle reads into its own folder, which is what is deployed of it. */
export const putDataBeside = (bundle: string): void => {
  const folder = dirname(bundle);
  const code = readFileSync(bundle, 'utf8');
  const data = new Set<string>();
  const moved = code.replaceAll(IMPORT, (_, from: string, file: string) => {
    data.add(file);
    // Packages import their own JSON without saying so, which bundlers take and Node does not.
    return `${from}"./${file}"with{type:"json"}`;
  });
  for (const file of data) copyFileSync(join(folder, '..', file), join(folder, basename(file)));
  writeFileSync(bundle, moved);
};
