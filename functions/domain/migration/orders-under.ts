import type { Program } from '../program/program.ts';
import { isSame, type Move } from './move.ts';

const limitsOf = ({ dosing: { drug, route, duration, doseLimits } }: Program) => [drug, route, duration, doseLimits];

/** Doses to come whose order was signed under other limits than the other version's, by their cycles' numbers. */
export const ordersUnder = ({ before, after }: Move): number[] =>
  isSame(limitsOf(before.program), limitsOf(after.program))
    ? []
    : before.cycles
        .filter(({ orderedAt, startedAt }) => orderedAt !== null && startedAt === null)
        .map(({ number }) => number);

/** Whether an order was signed only now, and the day of its dose has not taken it up yet: it could not be asked for anew. */
export const isBeingOrdered = ({ tasks }: Pick<Move, 'tasks'>, numbers: readonly number[]): boolean =>
  tasks.some(
    ({ kind, state, takenUp, ask }) =>
      kind === 'dose-order' &&
      state === 'decided' &&
      !takenUp &&
      ask.cycle !== undefined &&
      numbers.includes(ask.cycle),
  );
