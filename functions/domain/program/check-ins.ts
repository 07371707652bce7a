import type { Program } from './program.ts';

/** A contact after a dose beyond the next-day check-in. */
export type CheckIn = NonNullable<Program['checkIns']>[number];

const nameOf = ({ id, measure }: CheckIn): string => (measure === undefined ? id : `${measure}-${id}`);

/** What the task of a check-in is about: its questionnaire goes first, as in `phq9-two-weeks-c3`. */
export const checkInSubject = (checkIn: CheckIn, cycle: number): string => `${nameOf(checkIn)}-c${cycle}`;

/** The check-in that a task is about, if it is about one. */
export const checkInOf = (
  { checkIns = [] }: Pick<Program, 'checkIns'>,
  about: string | undefined,
): CheckIn | undefined => checkIns.find((each) => /^(.*)-c\d+$/.exec(about ?? '')?.[1] === nameOf(each));
