import type { Clinic } from '../../../functions/domain/clinic/clinic.ts';
import { InputRefused } from '../../../functions/domain/problems.ts';
import { notAtHand } from '../../../functions/domain/program/carried.ts';
import { figuresToConfirm } from '../../../functions/domain/program/provenance.ts';
import { unmetNeeds } from '../../../functions/domain/program/staffing.ts';
import type { KeptProgram, LibraryData } from '../../../functions/stores/bundled-library.ts';
import { type Check, type Finding, ok, toDo } from '../finding.ts';

type Data = Pick<LibraryData, 'programs' | 'rulesets' | 'measures' | 'clinic'>;

const newest = ({ programs }: Data, { id, version }: KeptProgram): boolean =>
  !programs.some((each) => each.id === id && each.version > version);

const problemsOf = (data: Data, clinic: Clinic, kept: KeptProgram): Finding[] => {
  const { id, version } = kept;
  try {
    const program = kept.read();
    const hand = { rulesets: data.rulesets.map((each) => each.id), measures: data.measures.map((each) => each.id) };
    const problems = [...notAtHand(program, hand), ...unmetNeeds(program, clinic)];
    if (problems.length > 0) return problems.map((problem) => toDo(`${id} version ${version}: ${problem}`));
    const open = newest(data, kept) ? figuresToConfirm(program).length : 0;
    if (open === 0) return [ok(`${id} version ${version}`)];
    return [
      toDo(
        `${id} version ${version}: ${open} entries wait for the clinic to confirm them; npm run -s programs -- check programs/${id}.json names them`,
      ),
    ];
  } catch (error) {
    if (error instanceof InputRefused)
      return error.problems.map((problem) => toDo(`${id} version ${version}: ${problem}`));
    throw error;
  }
};

/** Every program that goes out with the functions can be read and carried out in this clinic, and its newest version has no figure that nobody has confirmed. */
export const programs = (data: Data): Check => ({
  name: 'programs',
  look: async () => data.programs.flatMap((kept) => problemsOf(data, data.clinic, kept)),
});
