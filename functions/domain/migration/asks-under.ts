import { clearanceInForce } from '../gates/standing.ts';
import type { Clearance } from '../journey/journey.ts';
import { isPending, type Task } from '../journey/task.ts';
import { measureAsked } from '../measures/asked.ts';
import type { Role } from '../names.ts';
import { isEnrolled, type Move } from './move.ts';
import { ordersUnder } from './orders-under.ts';

/** What the other version asks of people that was not asked, or no longer holds, of a patient who is enrolled already. */
export type AsksUnder = {
  readonly clearances: readonly Clearance['kind'][];
  /** Who has to sign the plan besides. */
  readonly signatures: readonly Role[];
  readonly cost: boolean;
  /** Doses whose order was signed under other limits, by their cycles' numbers: the prescriber orders them anew. */
  readonly orders: readonly number[];
  /** Questionnaires that are open and that the other version does not ask, by their tasks' ids: they are taken back. */
  readonly takenBack: readonly string[];
};

/** Nothing is asked, and nothing taken back. */
export const NOTHING_ASKED: AsksUnder = { clearances: [], signatures: [], cost: false, orders: [], takenBack: [] };

const questionnairesGone = ({ from, to, tasks }: Move): string[] => {
  const gone = from.measures.filter(({ id }) => !to.measures.some((each) => each.id === id));
  const isGone = ({ kind, ask }: Task): boolean =>
    kind === 'answer-measure' && gone.some(({ id }) => id === measureAsked(ask.about ?? ''));
  return tasks.filter((task) => isPending(task) && isGone(task)).map(({ id }) => id);
};

/** What has to be asked for once a journey has gone over, so that its gates can pass again. */
export const asksUnder = (move: Move): AsksUnder => {
  const { now, journey, program } = move.after;
  const takenBack = questionnairesGone(move);
  if (!isEnrolled(journey)) return { ...NOTHING_ASKED, takenBack };
  const voided = (kind: Clearance['kind']) =>
    journey.clearances.some((each) => each.kind === kind && each.voidedAt !== null);
  return {
    // A voided one is asked for already, by whoever voided it.
    clearances: program.clearances
      .map(({ kind }) => kind)
      .filter((kind) => !voided(kind) && !clearanceInForce(journey, kind, program, now)),
    signatures: program.phases.includes('plan')
      ? program.plan.signOffs.filter((role) => !journey.planSignedBy.includes(role))
      : [],
    cost: program.plan.acknowledgeCost && journey.costAcknowledgedAt === null,
    orders: ordersUnder(move),
    takenBack,
  };
};
