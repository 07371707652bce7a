import { readFileSync } from 'node:fs';

const PAGE = new URL('../../docs/writing-a-program.md', import.meta.url);
const ROW = /^\| `([\w$.-]+)` \| (.+) \|$/gm;

/** What each field of a program says, by its path without places in lists: the tables of the page for coordinators, so that editors say the same. */
export const fieldTexts = (): Map<string, string> => {
  const [fields = ''] = readFileSync(PAGE, 'utf8').split(/^## Common mistakes$/m);
  return new Map([...fields.matchAll(ROW)].map(([, path = '', text = '']) => [path, text.replaceAll('`', '')]));
};
