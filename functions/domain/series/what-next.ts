import { type Cycle, isOwed } from '../journey/cycle.ts';
import { isHalted, type Journey } from '../journey/journey.ts';
import type { Program } from '../program/program.ts';
import { stageBounds } from '../program/series.ts';
import { type Improvement, rulesBroken } from './response.ts';

/**
 * What follows a cycle: its integration is still owed, the provider sees the patient, a clinician has to decide,
 * the next dose, or the end of the series (of a paused journey too, which the hand-over then leaves where it stands).
 */
export type Next =
  | { readonly kind: 'integration' | 'provider-review' | 'next-dose' | 'completion' }
  | { readonly kind: 'decision'; readonly task: 'response-review' | 'next-step' };

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
export const whatNext = (
  program: Program,
  journey: Journey,
  cycles: readonly Cycle[],
  current: Cycle,
  improved: Improvement,
): Next => {
  if (isOwed(current)) return { kind: 'integration' };
  if (isHalted(journey)) return { kind: 'completion' };
  const begun = dosesBegun(cycles);
  const stageEnd = begun >= journey.dosesPlanned;
  if (!current.responseReviewed && program.providerReview?.afterDoses.includes(begun))
    return { kind: 'provider-review' };
  const asked = rulesBroken(program, begun, improved).map(({ task }) => task);
  if (!current.responseReviewed && asked.includes('response-review'))
    return { kind: 'decision', task: 'response-review' };
  if (!current.reviewed && (stageEnd || asked.includes('next-step') || program.series.evaluateAfter.includes(begun)))
    return { kind: 'decision', task: 'next-step' };
  return { kind: stageEnd ? 'completion' : 'next-dose' };
};

type Planned = Pick<Journey, 'dosesPlanned' | 'seriesStage'>;

/**
 * The plan after a clinician extended the series by so many doses (else by the fewest): within the stage's bounds, or, where the
 * stage has had all that it may have, by the stage that follows. A text says why the number may not be.
 */
export const extendedSeries = (
  { stages }: Program['series'],
  { dosesPlanned, seriesStage }: Planned,
  begun: number,
  more: number | undefined,
): Planned | string => {
  if (more !== undefined && (!Number.isInteger(more) || more < 1))
    return `cannot extend by ${more} doses; a whole number of at least 1`;
  const bounds = stageBounds(stages);
  const most = bounds[seriesStage]?.max ?? 0;
  const isUsedUp = begun >= dosesPlanned && dosesPlanned >= most;
  const next = isUsedUp ? bounds[seriesStage + 1] : undefined;
  const to = dosesPlanned + (more ?? Math.max(1, (next?.min ?? 0) - dosesPlanned));
  if (to <= most) return { dosesPlanned: to, seriesStage };
  if (next === undefined) return `cannot extend to ${to} doses; at most ${most}`;
  if (to < next.min || to > next.max) return `cannot extend to ${to} doses; ${next.min} to ${next.max}`;
  return { dosesPlanned: to, seriesStage: seriesStage + 1 };
};

/**
 * The stage that follows when a clinician lets the series go on at the end of a stage: as many doses as they name, else the fewest.
 * Undefined in the middle of a stage and after the last one; a text says why the named number may not be.
 */
export const nextStage = (
  { stages }: Program['series'],
  { dosesPlanned, seriesStage }: Planned,
  begun: number,
  named: number | undefined,
): Planned | undefined | string => {
  const next = stages[seriesStage + 1];
  if (begun < dosesPlanned || next === undefined) return undefined;
  const stage = { seriesStage: seriesStage + 1 };
  if (typeof next.doses === 'number') return { ...stage, dosesPlanned: begun + next.doses };
  const { min, max } = next.doses;
  const whole = 'counts' in next && next.counts === 'whole-series';
  const chosen = named ?? min;
  if (!Number.isInteger(chosen) || chosen < min || chosen > max)
    return `cannot go on with ${chosen} doses${whole ? ' in all' : ''}; ${min} to ${max}`;
  return { ...stage, dosesPlanned: whole ? Math.max(chosen, begun + 1) : begun + chosen };
};
