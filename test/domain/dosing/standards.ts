import { type DosingDay, parseDosingDay } from '../../../functions/domain/dosing/dosing-day.ts';
import { type Program, parseProgram } from '../../../functions/domain/program/program.ts';
import { programFile } from '../program/files.ts';

export const STANDARDS: DosingDay = parseDosingDay(programFile('care/dosing-day.json'));
export const PROGRAM: Program = parseProgram(programFile('northwest-iv.json'));

const { dosing, monitoring } = PROGRAM;

/** Esketamine by the standards of its route. */
export const ESKETAMINE: Program = {
  ...PROGRAM,
  dosing: {
    ...dosing,
    drug: 'esketamine',
    route: 'intranasal_esketamine',
    doseLimits: { unit: 'mg', min: 56, max: 84 },
    duration: 'PT10M',
    observation: 'PT120M',
    fasting: { solidsHours: 2, clearLiquidsHours: 0.5 },
  },
  monitoring: {
    ...monitoring,
    during: [{ from: 'PT40M', every: 'PT40M', until: 'PT40M' }],
    after: { every: 'PT30M', until: 'discharge' },
  },
};
