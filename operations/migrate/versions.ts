import { InputRefused } from '../../functions/domain/problems.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import type { LibraryData } from '../../functions/stores/bundled-library.ts';

/** A program with the version that journeys are to go on by, and the others that the library keeps. */
export type Versions = { readonly id: string; readonly to: Program; readonly others: readonly Program[] };

/** The program that is meant by its id, or by the version that it alone has beside another. Throws InputRefused. */
export const versionsOf = (
  { programs }: Pick<LibraryData, 'programs'>,
  { to, program }: { to: number; program: string | undefined },
): Versions => {
  const ids = [...new Set(programs.map(({ id }) => id))];
  if (program !== undefined && !ids.includes(program))
    throw new InputRefused([`options.program: unknown program "${program}"; one of ${ids.join(', ')}`]);
  const kept = (id: string) => programs.filter((each) => each.id === id);
  const meant = ids
    .filter((id) => program === undefined || id === program)
    .filter((id) => kept(id).some(({ version }) => version === to));
  const among = program === undefined ? meant.filter((id) => kept(id).length > 1) : meant;
  const [id, ...more] = among;
  if (id === undefined) {
    const all = programs.map((each) => `${each.id} ${each.version}`).join(', ');
    throw new InputRefused([
      `options.to: no program has a version ${to} beside another${program === undefined ? '' : ` (${program})`}; there are ${all}`,
    ]);
  }
  if (more.length > 0) throw new InputRefused([`options.program: missing; version ${to} is of ${among.join(', ')}`]);
  const found = kept(id).find(({ version }) => version === to);
  if (found === undefined) throw new InputRefused([`options.to: ${id} has no version ${to}`]);
  return {
    id,
    to: found.read(),
    others: kept(id)
      .filter(({ version }) => version !== to)
      .map((each) => each.read()),
  };
};
