import type { Guard } from './guard.ts';

/** Links of the page lead out of `docs`. */
const linked = (file: string): string => `[${file.split('/').at(-1)}](../${file})`;

const rowOf = ({ id, invariant, keepsFrom, pieces, instead }: Guard): string => {
  const where = [...new Set(pieces.map(({ file }) => linked(file)))].join(', ');
  const who = instead === undefined ? 'random journeys' : `${linked(instead.file)}: ${instead.because}`;
  return `| ${invariant} | \`${id}\` | ${keepsFrom} | ${where} | ${who} |`;
};

/** The table of guards as `docs/testing.md` has it, in the order of the invariants. */
export const guardTable = (guards: readonly Guard[]): string =>
  [
    '| invariant | guard | keeps from happening | where it is | who notices that it is off |',
    '| --- | --- | --- | --- | --- |',
    ...guards.toSorted((a, b) => a.invariant - b.invariant).map(rowOf),
  ].join('\n');
