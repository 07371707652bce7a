import type { Follows } from '../../contracts/run.ts';
import type { Task } from '../../domain/journey/task.ts';
import { CHECKS, type Role } from '../../domain/names.ts';
import { type Instant, plus, toMs } from '../../domain/time/instants.ts';
import { journeyPartition, tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import type { askGate } from './gate-acts.ts';
import { type Carried, carried } from './main-line.ts';

/** A question to one role: whether it lets these checks of a gate pass. */
export type Review = { readonly role: Role; readonly about: string; readonly checks: string[] };

export type GateStep = Carried & { readonly follows: Follows; readonly reviews: Review[]; readonly seconds: number };

/** A gate that holds is looked at again after a day, or as soon as a signal says that something changed. */
const DAY_SECONDS = 86_400;

type Asked = Awaited<ReturnType<typeof askGate>>;

export const failing = ({ checks }: Asked) =>
  checks.filter(({ result }) => result === 'hold' || result === 'block').map(({ id }) => id);

export const reviewsOf = (asked: Asked, prefix: string): Review[] =>
  asked.reviewers.map((role) => {
    const about = `${prefix}:${asked.occurrence}`;
    const named: Record<string, { override: readonly string[] }> = CHECKS;
    const own = failing(asked).filter((id) => named[id]?.override.includes(role) ?? false);
    return { role, about, checks: own.length > 0 ? own : failing(asked) };
  });

/** The reviews that were asked for of what this prefix names. */
export const reviewsAsked = (desk: Desk, prefix: string): Promise<Task[]> =>
  desk.list(tasks, journeyPartition(desk.journey.id), `task#gate-review-${prefix}`);

/** The reviews in which somebody said no, the latest last. */
export const refusalsIn = (reviews: readonly Task[]): Task[] =>
  reviews
    .filter(({ state, answer }) => state === 'decided' && answer === 'not-overridden')
    .sort((a, b) => toMs(a.decidedAt ?? a.plannedAt) - toMs(b.decidedAt ?? b.plannedAt));

/** Until when a no stands while nothing else is wrong: nobody is asked the same question twice within a day. */
export const refusedUntil = (desk: Desk, asked: Asked, refused: readonly Task[]): Instant | undefined => {
  const standing = refused.filter(({ decidedAt }) => decidedAt !== null && plus(decidedAt, 'PT24H') > desk.now);
  const said = new Set(standing.flatMap(({ ask }) => ask.checks ?? []));
  const last = standing.at(-1)?.decidedAt ?? undefined;
  return last !== undefined && failing(asked).every((check) => said.has(check)) ? plus(last, 'PT24H') : undefined;
};

export const step = async (
  desk: Desk,
  follows: Follows,
  reviews: Review[] = [],
  seconds = DAY_SECONDS,
): Promise<GateStep> => ({
  ...(await carried(desk)),
  follows,
  reviews,
  seconds,
});
