/** Fields by name, as a form sends them. */
export type Texts = Readonly<Record<string, string>>;

/** What a tick below a list, and what a choice beside the others, stands for. */
export const NONE = 'none-of-these';
export const OPEN = 'not-known';

/** Names of fields are the paths by which problems point at them: `data.readings[0].sbp`. */
export const within = (name: string, part: string | number): string => `${name}.${part}`;
export const atRow = (name: string, n: number): string => `${name}[${n}]`;

/** More rows than this are not asked for. */
const MOST_ROWS = 500;

/** The rows of a list in which something was filled in, in order. */
export const indexesIn = (texts: Texts, name: string): readonly number[] => {
  const found = Object.entries(texts).flatMap(([each, text]) => {
    const [, n] = /^\[(\d{1,3})\]/.exec(each.startsWith(name) ? each.slice(name.length) : '') ?? [];
    return n === undefined || text.trim() === '' || Number(n) >= MOST_ROWS ? [] : [Number(n)];
  });
  return [...new Set(found)].sort((a, b) => a - b);
};
