import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import type { Program } from '../../functions/domain/program/program.ts';
import { bundledData, keptProgram, libraryOf } from '../../functions/stores/bundled-library.ts';
import type { Library } from '../../functions/stores/journey/desk.ts';

/** The library of the functions with the programs and the clinic of a rehearsal in place of its own. */
export const rehearsedLibrary = (own: { readonly programs: readonly Program[]; readonly clinic: Clinic }): Library =>
  libraryOf({ ...bundledData(), programs: own.programs.map(keptProgram), clinic: own.clinic });
