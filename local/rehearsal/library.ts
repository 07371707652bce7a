import { join } from 'node:path';
import { type Clinic, parseClinic } from '../../functions/domain/clinic/clinic.ts';
import { override } from '../../functions/domain/clinic/override.ts';
import { InputRefused, shown } from '../../functions/domain/problems.ts';
import { notAtHand } from '../../functions/domain/program/carried.ts';
import { type Program, parseProgram } from '../../functions/domain/program/program.ts';
import { bundledData } from '../../functions/stores/bundled-library.ts';
import { PROGRAMS, programIds } from '../programs/program-files.ts';
import { readJsonFile } from './read-json.ts';

const isPath = (program: string): boolean => /[/\\]|\.json$/.test(program);

/** A program that can be carried out with the rule tables and questionnaires at hand; throws InputRefused with one line a problem. */
export const programOf = (value: unknown): Program => {
  const program = parseProgram(value);
  const { rulesets, measures } = bundledData();
  const problems = notAtHand(program, {
    rulesets: rulesets.map(({ id }) => id),
    measures: measures.map(({ id }) => id),
  });
  if (problems.length > 0) throw new InputRefused(problems);
  return program;
};

/** Reads a program by its id in programs/, or from a path; throws InputRefused with one line a problem. */
export const readProgram = async (program: string, root: string): Promise<Program> => {
  if (isPath(program)) return programOf(await readJsonFile(program, root));
  const ids = programIds();
  if (!ids.includes(program))
    throw new InputRefused([
      `${root}: unknown program ${shown(program)}; one of ${ids.join(', ')}, or a path to a file`,
    ]);
  return programOf(await readJsonFile(join(PROGRAMS, `${program}.json`), root));
};

/** The default clinic with a scenario's own settings over it. */
export const readClinic = async (over: object | undefined, root: string): Promise<Clinic> => {
  const file = await readJsonFile(join(PROGRAMS, 'clinic/clinic.json'), root);
  return parseClinic(over === undefined ? file : override(file, over), root);
};
