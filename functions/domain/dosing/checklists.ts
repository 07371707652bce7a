import type { Program } from '../program/program.ts';
import type { DosingDay } from './dosing-day.ts';

/** The lines that somebody signs for a room and a shift before this program's dose (reference 4.5). */
export const roomChecklist = ({ roomChecklist: lines }: DosingDay, { dosing }: Program): DosingDay['roomChecklist'] =>
  lines.filter(
    ({ routes, drug }) =>
      (routes === undefined || routes.includes(dosing.route)) && (drug === undefined || drug === dosing.drug),
  );

/** The lines of the room that nobody has signed. */
export const unsigned = (standards: DosingDay, program: Program, signed: readonly string[]): string[] =>
  roomChecklist(standards, program)
    .map(({ id }) => id)
    .filter((id) => !signed.includes(id));

/** What has been written into the REMS form so far. */
export type FormAnswers = Readonly<Record<string, unknown>>;

const isAnswered = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The fields of the REMS form that are still open; some are asked only after a yes (S6). */
export const openRemsFields = ({ remsForm }: DosingDay, answers: FormAnswers): string[] =>
  remsForm.fields
    .filter(({ id, if: after }) => !isAnswered(answers[id]) && (after === undefined || answers[after] === true))
    .map(({ id }) => id);
