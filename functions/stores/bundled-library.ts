import clinicFile from '../../programs/clinic/clinic.json' with { type: 'json' };
import english from '../../programs/clinic/messages.en.json' with { type: 'json' };
import spanish from '../../programs/clinic/messages.es.json' with { type: 'json' };
import gad7 from '../../programs/measures/gad7.json' with { type: 'json' };
import phq9 from '../../programs/measures/phq9.json' with { type: 'json' };
import northwestIv from '../../programs/northwest-iv.json' with { type: 'json' };
import kapScreening from '../../programs/screening/kap-screening.json' with { type: 'json' };
import { parseClinic } from '../domain/clinic/clinic.ts';
import { parseMeasure } from '../domain/measures/measure.ts';
import { Catalogue } from '../domain/messages/catalogue.ts';
import { parseProgram } from '../domain/program/program.ts';
import { parseRuleset } from '../domain/screening/ruleset.ts';
import type { Library } from './journey/desk.ts';

/** A journey is pinned to a program or rule table that this deployment does not carry. */
export class NotInLibrary extends Error {
  override readonly name = 'NotInLibrary';
}

/** A library over data that was read and validated; versions stay for as long as a journey is pinned to them. */
export const libraryOf = (files: {
  readonly programs: readonly unknown[];
  readonly clinic: unknown;
  readonly rulesets: readonly unknown[];
  readonly measures: readonly unknown[];
  readonly catalogues: { readonly en: unknown; readonly es: unknown };
}): Library => {
  const programs = new Map(files.programs.map((file) => parseProgram(file)).map((program) => [`${program.id}@${program.version}`, program]));
  const rulesets = new Map(files.rulesets.map((file) => parseRuleset(file)).map((ruleset) => [ruleset.id, ruleset]));
  const measures = new Map(files.measures.map((file) => parseMeasure(file)).map((measure) => [String(measure.id), measure]));
  const clinic = parseClinic(files.clinic);
  const catalogues = { en: Catalogue.parse(files.catalogues.en), es: Catalogue.parse(files.catalogues.es) };
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new NotInLibrary(`${what} is not in the library`);
    return value;
  };
  return {
    program: ({ id, version }) => found(programs.get(`${id}@${version}`), `program ${id} version ${version}`),
    clinic: () => clinic,
    ruleset: (id) => found(rulesets.get(id), `ruleset ${id}`),
    measure: (id) => measures.get(id),
    catalogue: (language) => catalogues[language],
  };
};

/** The data that is deployed with the functions. */
export const bundledFiles = {
  programs: [northwestIv],
  clinic: clinicFile,
  rulesets: [kapScreening],
  measures: [phq9, gad7],
  catalogues: { en: english, es: spanish },
};
