import { type Cycle, isOwed } from '../journey/cycle.ts';
import type { Journey } from '../journey/journey.ts';
import type { Program } from '../program/program.ts';
import { stageBounds } from '../program/series.ts';

/** What follows a cycle: its integration is still owed, a clinician has to decide, the next dose, or the end of the series. */
export type Next = 'integration' | 'review' | 'next-dose' | 'completion';

/** Doses that were begun; each counts toward the series, an aborted one too. */
export const dosesBegun = (cycles: readonly Cycle[]): number =>
  cycles.filter(({ startedAt }) => startedAt !== null).length;

/** How many doses the first stage plans; later stages follow a clinician's decision. */
export const dosesAtFirst = ({ stages }: Program['series']): number => {
  const [first] = stages;
  if (first === undefined) return 0;
  return typeof first.doses === 'number' ? first.doses : first.doses.min;
};

/** Decides what comes next once a cycle's dose was given and its integration attended, waived or still missing. */
export const whatNext = (program: Program, journey: Journey, cycles: readonly Cycle[], current: Cycle): Next => {
  if (isOwed(current)) return 'integration';
  if (journey.ending !== null) return 'completion';
  const begun = dosesBegun(cycles);
  const stageEnd = begun >= journey.dosesPlanned;
  if (!current.reviewed && (program.series.evaluateAfter.includes(begun) || stageEnd)) return 'review';
  return stageEnd ? 'completion' : 'next-dose';
};

/** The planned doses after a clinician extended the series, or why they may not be: outside the program's bounds. */
export const extendedSeries = (series: Program['series'], { dosesPlanned }: Journey, more: number): number | string => {
  const most = stageBounds(series.stages).at(-1)?.max ?? 0;
  if (!Number.isInteger(more) || more < 1) return `cannot extend by ${more} doses; a whole number of at least 1`;
  if (dosesPlanned + more > most) return `cannot extend to ${dosesPlanned + more} doses; at most ${most}`;
  return dosesPlanned + more;
};
