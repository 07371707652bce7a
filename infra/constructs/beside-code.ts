import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** JSON as esbuild leaves it to be read: the files of all functions lie in one folder above them. */
const READ = /\brequire\("\.\.\/([\w.-]+\.json)"\)/g;

/** Puts the data that a bundle reads into its own folder, which is what is deployed of it. */
export const putDataBeside = (bundle: string): void => {
  const folder = dirname(bundle);
  const code = readFileSync(bundle, 'utf8');
  const data = new Set<string>();
  const moved = code.replaceAll(READ, (_, file: string) => {
    data.add(file);
    return `require("./${file}")`;
  });
  for (const file of data) copyFileSync(join(folder, '..', file), join(folder, basename(file)));
  writeFileSync(bundle, moved);
};
