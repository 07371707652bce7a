import * as z from 'zod';
import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { InputRefused, parseInput, pathOf, shown } from '../../functions/domain/problems.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { unmetNeeds } from '../../functions/domain/program/staffing.ts';
import { positiveDuration } from '../../functions/domain/program/values.ts';
import { Trouble } from '../trouble/trouble.ts';
import { readClinic, readProgram } from './library.ts';
import { completePatient, type Patient, patientFile } from './patient.ts';
import { type Command, commandFile, completeCommand, instant, type Rule, ruleFile } from './requests.ts';

/** A scenario as written; everything but the program may be left out. */
export const ScenarioFile = z.strictObject({
  program: z.string().min(1).max(1000),
  clinic: z.record(z.string(), z.unknown()).exactOptional(),
  start: instant.default('2026-03-02T17:00:00.000Z'),
  seed: z.int().min(0).default(1),
  until: positiveDuration.default('P18M'),
  patient: patientFile.default(() => patientFile.parse({})),
  people: z.array(ruleFile).max(1000).default([]),
  commands: z.array(commandFile).max(1000).default([]),
  trouble: Trouble.exactOptional(),
});
type ScenarioFile = z.infer<typeof ScenarioFile>;

/** One patient's journey to rehearse, with everything filled in. */
export type Scenario = {
  readonly program: Program;
  readonly clinic: Clinic;
  readonly start: string;
  readonly seed: number;
  readonly until: string;
  readonly patient: Patient;
  readonly people: readonly Rule[];
  readonly commands: readonly Command[];
  /** What goes wrong with the machine meanwhile. */
  readonly trouble?: Trouble;
};

/** Answers and commands must come from somebody whom the clinic knows. */
const strangers = ({ people }: ScenarioFile, { practitioners, partners }: Clinic, root: string): string[] => {
  const known = new Set([
    'patient',
    'chaperone',
    ...practitioners.map(({ id }) => id),
    ...partners.map(({ id }) => id),
  ]);
  return people.flatMap(({ by }, n) =>
    by === undefined || known.has(by)
      ? []
      : [`${pathOf(root, ['people', n, 'by'])}: unknown person ${shown(by)}; one of ${[...known].join(', ')}`],
  );
};

const beforeStart = ({ commands, start }: ScenarioFile, root: string): string[] =>
  commands.flatMap(({ at }, n) =>
    at === undefined || at >= start
      ? []
      : [`${pathOf(root, ['commands', n, 'at'])}: found ${at}, before the start; allowed: ${start} or later`],
  );

type Read<T> = { value: T; problems: [] } | { value: undefined; problems: string[] };

/** Keeps what is wrong with one part, so that the others are told in the same go. */
const attempt = async <T>(read: () => Promise<T> | T): Promise<Read<T>> => {
  try {
    return { value: await read(), problems: [] };
  } catch (error) {
    if (error instanceof InputRefused) return { value: undefined, problems: error.problems };
    throw error;
  }
};

/** Reads a scenario with its program and clinic, or throws InputRefused with one line for each problem. */
export const readScenario = async (value: unknown, root = 'scenario'): Promise<Scenario> => {
  const file = parseInput(ScenarioFile, value, root);
  const program = await attempt(() => readProgram(file.program, `${root}.program`));
  const clinic = await attempt(() => readClinic(file.clinic, `${root}.clinic`));
  const problems = [...program.problems, ...clinic.problems, ...beforeStart(file, root)];
  if (clinic.value !== undefined) problems.push(...strangers(file, clinic.value, root));
  if (program.value !== undefined && clinic.value !== undefined)
    problems.push(...unmetNeeds(program.value, clinic.value, `${root}.clinic`));
  if (program.value === undefined || clinic.value === undefined || problems.length > 0)
    throw new InputRefused(problems);
  return {
    ...file,
    program: program.value,
    clinic: clinic.value,
    patient: completePatient(file.patient, program.value, clinic.value, file.start),
    commands: file.commands.map(completeCommand),
  };
};
