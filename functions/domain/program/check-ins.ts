import type { Program } from './program.ts';

/** A contact after a dose beyond the next-day check-in. */
export type CheckIn = NonNullable<Program['checkIns']>[number];

/** What the task of a check-in is about: its questionnaire goes first, as in `phq9-two-weeks-c3`. */
export const checkInSubject = ({ id, measure }: CheckIn, cycle: number): string =>
  [...(measure === undefined ? [] : [measure]), id, `c${cycle}`].join('-');

/** The check-in that a task is about, if it is about one. */
export const checkInOf = (
  { checkIns = [] }: Pick<Program, 'checkIns'>,
  about: string | undefined,
): CheckIn | undefined =>
  checkIns.find(
    (each) => about !== undefined && about.replace(/-c\d+$/, '') === checkInSubject(each, 0).replace(/-c0$/, ''),
  );
