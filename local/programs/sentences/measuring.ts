import { keysOf, TASKS } from '../../../functions/domain/names.ts';
import type { Program } from '../../../functions/domain/program/program.ts';
import { roleOf } from '../../../functions/domain/program/staffing.ts';
import { capital } from '../../rehearsal/phrases.ts';
import { TASK_WORDS } from '../../rehearsal/words.ts';
import { CLASS_NAMES, MEASURE_NAMES, STEP_NAMES, the } from '../names.ts';
import { all, percent, said, span } from '../wording.ts';

const MOMENTS = {
  baseline: 'before the series',
  series: 'during the series',
  end: 'at its end',
  'follow-up': 'at each follow-up',
} as const;

export const measures = (program: Program): string[] => [
  ...program.measures.map(
    ({ id, at, every, dueIn, requiredBeforeDose }) =>
      `${MEASURE_NAMES[id]}: ${all(at.map((each) => (each === 'series' && every !== undefined ? `every ${span(every)} ${MOMENTS.series}` : MOMENTS[each])))}; the answer is due within ${span(dueIn)}${requiredBeforeDose ? ', and no dose is booked while one is open' : ''}.`,
  ),
  ...program.response.map(
    ({ measure, afterDoses, reductionBelow, task }) =>
      `Where ${MEASURE_NAMES[measure]} has fallen by less than ${percent(reductionBelow)} after ${afterDoses} doses, ${the(roleOf(program, task))} is asked to ${TASK_WORDS[task]}; the series does not go on by itself.`,
  ),
];

export const costs = ({ billing }: Program): string[] =>
  billing.map((each) => `${capital(STEP_NAMES[each.step])}: ${CLASS_NAMES[each.class]}.`);

/** Where this program asks somebody else, or gives another time, than every program does. */
export const work = ({ tasks: { roles = {}, dueIn = {} } }: Program): string[] =>
  said(
    ...keysOf(TASKS).map((kind) => {
      const role = roles[kind];
      return (
        role !== undefined &&
        `${capital(the(role))} is asked to ${TASK_WORDS[kind]}${role === TASKS[kind].role ? '' : `, instead of ${the(TASKS[kind].role)}`}.`
      );
    }),
    ...keysOf(TASKS).map((kind) => {
      const time = dueIn[kind];
      return time !== undefined && `To ${TASK_WORDS[kind]} is due within ${span(time)}.`;
    }),
  );
