import clinicFile from '#clinic' with { type: 'json' };
import ownFiles from '#programs' with { type: 'json' };
import english from '../../programs/clinic/messages.en.json' with { type: 'json' };
import spanish from '../../programs/clinic/messages.es.json' with { type: 'json' };
import auditC from '../../programs/measures/audit-c.json' with { type: 'json' };
import dast10 from '../../programs/measures/dast10.json' with { type: 'json' };
import gad7 from '../../programs/measures/gad7.json' with { type: 'json' };
import pcl5 from '../../programs/measures/pcl5.json' with { type: 'json' };
import phq9 from '../../programs/measures/phq9.json' with { type: 'json' };
import who5 from '../../programs/measures/who5.json' with { type: 'json' };
import moderateHigh from '../../programs/moderate-high.json' with { type: 'json' };
import northwestIv from '../../programs/northwest-iv.json' with { type: 'json' };
import kapScreening from '../../programs/screening/kap-screening.json' with { type: 'json' };
import therapistLed from '../../programs/therapist-led.json' with { type: 'json' };
import threePhase from '../../programs/three-phase.json' with { type: 'json' };
import twoThenExtend from '../../programs/two-then-extend.json' with { type: 'json' };
import { type Clinic, parseClinic } from '../domain/clinic/clinic.ts';
import { type Measure, parseMeasure } from '../domain/measures/measure.ts';
import { Catalogue } from '../domain/messages/catalogue.ts';
import type { Language } from '../domain/names.ts';
import { type Program, parseProgram } from '../domain/program/program.ts';
import { parseRuleset, type Ruleset } from '../domain/screening/ruleset.ts';
import { careRules } from './care-rules.ts';
import { earlierPrograms } from './earlier-programs.ts';
import type { Library } from './journey/desk.ts';
import { readOnce } from './read-once.ts';

/** A journey is pinned to a program or rule table that this deployment does not carry. */
export class NotInLibrary extends Error {
  override readonly name = 'NotInLibrary';
}

/** A program that is read and validated when the first journey asks for it: a function serves few programs and starts sooner so. */
export type KeptProgram = { readonly id: string; readonly version: number; readonly read: () => Program };

/** A program that was read already. */
export const keptProgram = (program: Program): KeptProgram => ({
  id: program.id,
  version: program.version,
  read: () => program,
});

type ProgramFile = { readonly version: number };

const bundledProgram = (id: string, file: () => ProgramFile): KeptProgram => ({
  id,
  get version() {
    return file().version;
  },
  read: readOnce(() => parseProgram(file())),
});

/** Data that was read and validated; versions stay for as long as a journey is pinned to them. */
export type LibraryData = {
  readonly programs: readonly KeptProgram[];
  readonly clinic: Clinic;
  readonly rulesets: readonly Ruleset[];
  readonly measures: readonly Measure[];
  readonly catalogues: Readonly<Record<Language, Catalogue>>;
};

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new NotInLibrary(`${what} is not in the library`);
  return value;
};

/** A library over validated data. */
export const libraryOf = (data: LibraryData): Library => ({
  programs: () => data.programs.map(({ id, version }) => ({ id, version })),
  program: ({ id, version }) =>
    found(
      data.programs.find((each) => each.id === id && each.version === version),
      `program ${id} version ${version}`,
    ).read(),
  clinic: () => data.clinic,
  ruleset: (id) =>
    found(
      data.rulesets.find((each) => each.id === id),
      `ruleset ${id}`,
    ),
  measure: (id) => data.measures.find((each) => each.id === id),
  catalogue: (language) => data.catalogues[language],
  care: careRules,
});

const clinic = readOnce(() => parseClinic(clinicFile));
const rulesets = readOnce(() => [parseRuleset(kapScreening)]);
const measures = readOnce(() => [phq9, gad7, pcl5, auditC, dast10, who5].map((measure) => parseMeasure(measure)));
const catalogue = {
  en: readOnce(() => Catalogue.parse(english, { jitless: true })),
  es: readOnce(() => Catalogue.parse(spanish, { jitless: true })),
};
/** The newest version of each program by its id. Where functions are deployed, a file is read when it is named here and asked for. */
const newest: Readonly<Record<string, () => ProgramFile>> = {
  'northwest-iv': () => northwestIv,
  'three-phase': () => threePhase,
  'two-then-extend': () => twoThenExtend,
  'therapist-led': () => therapistLed,
  'moderate-high': () => moderateHigh,
};

const programs = readOnce((): readonly KeptProgram[] => {
  /** Programs of the clinic's own that its settings name, beside those of programs/. */
  const ownPrograms: readonly { readonly id: string; readonly version: number }[] = ownFiles;
  return [
    ...Object.entries(newest).map(([id, file]) => bundledProgram(id, file)),
    ...[...earlierPrograms, ...ownPrograms].map((file) => bundledProgram(file.id, () => file)),
  ];
});

const bundled: LibraryData = {
  get programs() {
    return programs();
  },
  get clinic() {
    return clinic();
  },
  get rulesets() {
    return rulesets();
  },
  get measures() {
    return measures();
  },
  catalogues: {
    get en() {
      return catalogue.en();
    },
    get es() {
      return catalogue.es();
    },
  },
};

/** The data that is deployed with the functions, each part of it read and validated when it is first asked for. */
export const bundledData = (): LibraryData => bundled;
