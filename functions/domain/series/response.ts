import type { Measure } from '../measures/measure.ts';
import { changeSince } from '../measures/score.ts';
import type { Program } from '../program/program.ts';

type Rule = Program['response'][number];

/** By what share of the baseline an instrument has moved for the better so far; undefined where nothing tells. */
export type Improvement = (measure: Rule['measure']) => number | undefined;

/**
 * The share of the baseline by which the newest total is better; worse gives a share below zero. Undefined without a baseline
 * and a later total. A baseline of none has nowhere to go and counts as improved in full.
 */
export const improvement = (instrument: Measure, totals: readonly number[]): number | undefined => {
  const [baseline] = totals;
  const newest = totals.at(-1);
  if (baseline === undefined || newest === undefined || totals.length < 2) return undefined;
  return changeSince(instrument, baseline, newest).share ?? 1;
};

/**
 * The rules that ask for a clinician after so many doses because too little has changed (reference 5, no-response).
 * Where nothing was answered nothing shows that it helps, so the clinician is asked too.
 */
export const rulesBroken = ({ response }: Pick<Program, 'response'>, doses: number, improved: Improvement): Rule[] =>
  response.filter(
    ({ measure, afterDoses, reductionBelow }) => afterDoses === doses && (improved(measure) ?? 0) < reductionBelow,
  );
