import type { Program } from '../../../functions/domain/program/program.ts';
import { stageBounds } from '../../../functions/domain/program/series.ts';
import { roleOf } from '../../../functions/domain/program/staffing.ts';
import { capital } from '../../rehearsal/phrases.ts';
import { MODALITY_NAMES, roleName, the } from '../names.ts';
import { ahead, all, counted, range, said, span, spans } from '../wording.ts';

type Stage = Program['series']['stages'][number];

type Bounds = { readonly min: number; readonly max: number };

/** What a range counts: the doses of its stage, or all that there will have been. */
const COUNTED = {
  'this-stage': (here: Bounds, sum: Bounds) =>
    `${range(here.min, here.max)} doses more, ${range(sum.min, sum.max)} in all`,
  'whole-series': (here: Bounds) => `so many more that the whole series comes to ${range(here.min, here.max)} doses`,
} as const;

const pace = ({ min, max, perWeek }: Program['series']['spacing']): string =>
  `${spans(min, max)} apart, no more than ${counted(perWeek, 'dose')} in any seven days`;

const stageSentence = (stage: Stage, n: number, stages: readonly Stage[], decider: string): string => {
  const before = n === 0 ? 'The series begins with' : 'Then';
  const paced = stage.spacing === undefined ? '' : `, ${pace(stage.spacing)}`;
  if (typeof stage.doses === 'number') return `${before} ${counted(stage.doses, 'dose')}${paced}.`;
  const { min, max } = stage.doses;
  const counts = 'counts' in stage ? stage.counts : 'this-stage';
  const doses =
    n === 0 ? `${range(min, max)} doses` : COUNTED[counts](stage.doses, stageBounds(stages)[n] ?? stage.doses);
  return `${before} ${doses}, as ${decider} decides${paced}.`;
};

const afterDoses = (doses: readonly number[]): string =>
  `after ${doses.length === 1 ? 'dose' : 'doses'} ${all(doses.map(String))}`;

/** Visits to the prescriber between doses. */
export const review = ({ providerReview }: Program): string[] =>
  providerReview === undefined
    ? []
    : [
        `${capital(afterDoses(providerReview.afterDoses))}, once the integration is done, the patient sees a ${roleName(providerReview.role)}: ${span(providerReview.duration)}, ${MODALITY_NAMES[providerReview.modality]}, ${ahead(providerReview.notice)}. The plan may change there.`,
      ];

export const series = (program: Program): string[] => {
  const { stages, spacing, evaluateAfter } = program.series;
  const decider = the(roleOf(program, 'next-step'));
  return said(
    ...stages.map((stage, n) => stageSentence(stage, n, stages, decider)),
    `${stages.some((stage) => stage.spacing !== undefined) ? 'Where nothing else is said, doses' : 'Doses'} are ${pace(spacing)}.`,
    evaluateAfter.length > 0 &&
      `${capital(decider)} decides how to go on ${afterDoses(evaluateAfter)}, and at the end of every stage.`,
  );
};
