import { parseClinic } from '../../functions/domain/clinic/clinic.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { notAtHand } from '../../functions/domain/program/carried.ts';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { bundledData } from '../../functions/stores/bundled-library.ts';

/** How a clinic is named to its patients, and where they call. */
export type ClinicSender = { readonly name: string; readonly phone: string };

export type ClinicFacts = {
  readonly sender: ClinicSender;
  /** The ids of the partner practices, whose people sign in as well. */
  readonly practices: readonly string[];
};

/** What the stack needs of the clinic's own file; throws InputRefused where the functions would not take the file. */
export const clinicFacts = (value: unknown): ClinicFacts => {
  const { name, phone, partners } = parseClinic(value);
  return { sender: { name, phone }, practices: partners.map(({ id }) => id) };
};

type ProgramVersion = { readonly id: string; readonly version: number };

/** A program of the clinic's own; throws InputRefused where the functions would not take it, or carry that version of it already. */
export const ownProgram = (value: unknown, root: string): ProgramVersion => {
  const { programs, rulesets, measures } = bundledData();
  const program = parseProgram(value, root);
  const { id, version } = program;
  const taken = programs.some((each) => each.id === id && each.version === version);
  const problems = [
    ...(taken ? [`${root}: version ${version} of "${id}" is in programs/ already; another id`] : []),
    ...notAtHand(program, { rulesets: rulesets.map((each) => each.id), measures: measures.map((each) => each.id) }),
  ];
  if (problems.length > 0) throw new InputRefused(problems);
  return { id, version };
};

/** What is wrong with the programs that are deployed with the functions, one line a problem. */
export const programProblems = ({ programs, rulesets, measures } = bundledData()): readonly string[] => {
  const hand = { rulesets: rulesets.map(({ id }) => id), measures: measures.map(({ id }) => id) };
  return programs.flatMap(({ id, version, read }) => {
    try {
      return notAtHand(read(), hand);
    } catch (error) {
      if (error instanceof InputRefused)
        return error.problems.map((problem) => `version ${version} of ${id}: ${problem}`);
      throw error;
    }
  });
};

/** Every program that is deployed with the functions, with its versions in rising order. */
export const programVersions = (
  own: readonly ProgramVersion[],
  { programs } = bundledData(),
): Readonly<Record<string, readonly number[]>> => {
  const found: Record<string, number[]> = {};
  for (const { id, version } of [...programs, ...own])
    found[id] = [...(found[id] ?? []), version].toSorted((a, b) => a - b);
  return found;
};
