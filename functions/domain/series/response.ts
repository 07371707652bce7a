import type { Program } from '../program/program.ts';

type Rule = Program['response'][number];

/** Totals of one instrument in the order in which they were taken, the baseline first. */
export type Totals = (measure: Rule['measure']) => readonly number[];

/**
 * The share of the baseline by which the newest total fell; a symptom total that rose gives a share below zero.
 * Undefined without a baseline above zero and a later total.
 */
export const reduction = (totals: readonly number[]): number | undefined => {
  const [baseline] = totals;
  const newest = totals.at(-1);
  if (baseline === undefined || newest === undefined || totals.length < 2 || baseline <= 0) return undefined;
  return (baseline - newest) / baseline;
};

const hasBaselineOfNone = (totals: readonly number[]): boolean => totals.length > 0 && totals[0] === 0;

/**
 * The rules that ask for a clinician after so many doses because too little has changed (reference 5, no-response).
 * Where nothing was answered nothing shows that it helps, so the clinician is asked too; a baseline of none has nowhere to fall.
 */
export const rulesBroken = ({ response }: Pick<Program, 'response'>, doses: number, totals: Totals): Rule[] =>
  response.filter(({ measure, afterDoses, reductionBelow }) => {
    const taken = totals(measure);
    return afterDoses === doses && !hasBaselineOfNone(taken) && (reduction(taken) ?? 0) < reductionBelow;
  });
