import type { JourneySummary } from '../../contracts/api/journeys.ts';
import type { Answer, Asked } from '../../contracts/api/operations.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import { isOnHold, type Journey, pauseOf } from '../../domain/journey/journey.ts';
import type { Task } from '../../domain/journey/task.ts';
import { reachesAll, type Viewer } from '../../domain/law/reach.ts';
import { PHASES, ROLES } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import { listedPhase } from '../../stores/journey-shelves.ts';
import type { From } from '../../stores/reading-store.ts';
import type { Place } from './cursors.ts';
import type { ApiDeps } from './deps.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import type { Asking } from './route.ts';

/** Where a journey stands, as anybody sees it who sees it at all. */
export const summaryOf = (journey: Journey): JourneySummary => {
  const { id, patientId, program, requestedAt, phase, phaseSince, ending, outcome, therapist, partner } = journey;
  const state = outcome !== null ? 'closed' : ending !== null ? 'ending' : 'open';
  const paused = pauseOf(journey) !== undefined;
  const onHold = isOnHold(journey);
  return { id, patientId, program, requestedAt, phase, phaseSince, state, onHold, paused, therapist, partner };
};

type Filters = Omit<Asked<'list-journeys'>, 'cursor' | 'limit'>;
type Start = { readonly from: Place; readonly limit: number };
type Summaries = Promise<{ items: JourneySummary[]; next: Place | null }>;

const passes = (journey: Journey, { program, hold, stuckSince, phase }: Filters): boolean =>
  (program === undefined || journey.program.id === program) &&
  (hold === undefined || String(isOnHold(journey)) === hold) &&
  (stuckSince === undefined || journey.phaseSince <= stuckSince) &&
  (phase === undefined || listedPhase(journey) === phase);

const isOverdue = ({ state, dueAt }: Task, now: string): boolean => state === 'open' && dueAt !== null && dueAt < now;

/** Overdue tasks of one journey in the order in which a list of all roles meets them. */
const inOrder = (a: Task, b: Task): number =>
  ROLES.indexOf(a.holder) - ROLES.indexOf(b.holder) ||
  (a.dueAt ?? '').localeCompare(b.dueAt ?? '') ||
  (a.id < b.id ? -1 : 1);

/**
 * Lists of journeys. Each goes through one index in its order; a filter that the index does not know leaves journeys of it out.
 * The clinic's people get what the index shows; everybody else goes through the journeys that are theirs.
 */
export const journeyLists = (deps: Pick<ApiDeps, 'reading' | 'library' | 'now' | 'cursors'>) => {
  const { reading, now } = deps;
  const look = looking(deps);
  const list = listing(deps);

  const closing = async (journeyId: string, before: string) =>
    (await reading.cyclesOf(journeyId))
      .flatMap(({ value }) => {
        const closes = value.debt?.window?.closes;
        return isOwed(value) && closes !== undefined && closes <= before ? [{ number: value.number, closes }] : [];
      })
      .sort((a, b) => (a.closes < b.closes ? -1 : 1));
  const overdueOf = async (journeyId: string): Promise<Task[]> =>
    (await reading.openTasksOf(journeyId)).filter((task) => isOverdue(task, now()));
  const summary = async (viewer: Viewer, journeyId: string, filters: Filters): Promise<JourneySummary | undefined> => {
    const journey = await look.journey(viewer, journeyId);
    return journey && passes(journey, filters) ? summaryOf(journey) : undefined;
  };

  /** By phase, on hold first, each by since when they are in it. */
  const byPhase = (filters: Filters, start: Start): Summaries => {
    const phases = filters.phase !== undefined ? [filters.phase] : (['new', ...PHASES, 'closed'] as const);
    const held = filters.hold === undefined ? [true, false] : [filters.hold === 'true'];
    const lists = phases.flatMap((phase) => held.map((each) => ({ phase, held: each })));
    const { program, stuckSince: until } = filters;
    return pageOf(
      lists.length,
      start,
      (n, place) => reading.journeysIn({ ...(lists[n] ?? { phase: 'new', held: false }), program, until }, place),
      async ({ value }) => (passes(value, filters) ? summaryOf(value) : undefined),
    );
  };

  /** Those with an overdue task, each where the first of its overdue tasks stands. */
  const overdue = (viewer: Viewer, filters: Filters, start: Start): Summaries => {
    const until = now();
    return pageOf(
      ROLES.length,
      start,
      (n, place) => reading.tasksHeldBy(ROLES[n] ?? 'coordinator', until, place),
      async ({ value: task }) => {
        if (!isOverdue(task, until)) return undefined;
        const others = (await overdueOf(task.journeyId)).filter(({ id }) => id !== task.id);
        const [first] = [task, ...others].sort(inOrder);
        return first === task ? summary(viewer, task.journeyId, filters) : undefined;
      },
    );
  };

  /** Those whose integration window closes by then, the first to close first. */
  const windowCloses = (viewer: Viewer, before: string, filters: Filters, start: Start): Summaries =>
    pageOf(
      1,
      start,
      (_, place) => reading.windowsClosing(before, place),
      async ({ value: { journeyId, number } }) => {
        const [first] = await closing(journeyId, before);
        return first?.number === number ? summary(viewer, journeyId, filters) : undefined;
      },
    );

  /** Those that are a patient's own, or that a practice was asked about. */
  const own = (viewer: Viewer, filters: Filters, start: Start): Summaries => {
    const { practice, id } = viewer;
    const read = async (place: From): Promise<{ items: readonly string[]; cursor: string | undefined }> => {
      const page =
        practice === null
          ? await reading.journeysOfPatient(id, place)
          : await reading.journeysOfPractice(practice, place);
      return { items: page.items.map(({ value }) => value.journeyId), cursor: page.cursor };
    };
    const keep = async (journeyId: string): Promise<JourneySummary | undefined> => {
      const found = await summary(viewer, journeyId, filters);
      if (found === undefined) return undefined;
      const { overdue: late, windowClosesBefore: before } = filters;
      if (late !== undefined && (await overdueOf(journeyId)).length === 0) return undefined;
      if (before !== undefined && (await closing(journeyId, before)).length === 0) return undefined;
      return found;
    };
    return pageOf(1, start, (_, place) => read(place), keep);
  };

  return async (
    asked: Asking & { readonly query: Asked<'list-journeys'> },
  ): Promise<{ answer: Answer<'list-journeys'> }> => {
    const { viewer, query } = asked;
    const { cursor: _cursor, limit: _limit, ...filters } = query;
    const { overdue: late, windowClosesBefore: before } = filters;
    if (late !== undefined && before !== undefined)
      throw new InputRefused(['query.windowClosesBefore: found beside overdue; allowed: one of the two']);
    const answer = await list(asked, query, filters, (start) => {
      if (!reachesAll(viewer)) return own(viewer, filters, start);
      if (late !== undefined) return overdue(viewer, filters, start);
      return before !== undefined ? windowCloses(viewer, before, filters, start) : byPhase(filters, start);
    });
    return { answer };
  };
};
