import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** JSON as esbuild leaves it to be read: the files of all functions lie in one folder above them. */
const READ = /([\w$]+)=[\w$]+\(require\("\.\.\/([\w.-]+\.json)"\)(?:,1)?\)/g;

/**
 * Puts the data that a bundle reads into its own folder, which is what is deployed of it. A file is read where the code first asks for what it
 * holds, not when it is loaded: most functions need few of some twenty files. A module of Node's can only ask for all that JSON holds, by `default`.
 */
export const putDataBeside = (bundle: string): void => {
  const folder = dirname(bundle);
  const code = readFileSync(bundle, 'utf8');
  const data = new Set<string>();
  const moved = code.replaceAll(READ, (_, name: string, file: string) => {
    data.add(file);
    return `${name}={get default(){return require("./${file}")}}`;
  });
  for (const file of data) copyFileSync(join(folder, '..', file), join(folder, basename(file)));
  writeFileSync(bundle, moved);
};
