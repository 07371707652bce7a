import type { JourneySummary } from '../../contracts/api/journeys.ts';
import type { Answer, Asked } from '../../contracts/api/operations.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import type { Handoff } from '../../domain/journey/handoff.ts';
import { isOnHold, type Journey, pauseOf } from '../../domain/journey/journey.ts';
import { reachesAll, type Viewer } from '../../domain/law/reach.ts';
import { PHASES } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import { listedPhase } from '../../stores/journey-shelves.ts';
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

/**
 * Lists of journeys. Each goes through one index in its order; a filter that the index does not know leaves journeys of it out.
 * The clinic's people get what the index shows; everybody else goes through the journeys that are theirs.
 */
export const journeyLists = (deps: Pick<ApiDeps, 'reading' | 'library' | 'now' | 'cursors'>) => {
  const { reading } = deps;
  const look = looking(deps);
  const list = listing(deps);

  const closing = async (journeyId: string, before: string) =>
    (await reading.cyclesOf(journeyId))
      .flatMap(({ value }) => {
        const closes = value.debt?.window?.closes;
        return isOwed(value) && closes !== undefined && closes <= before ? [{ number: value.number, closes }] : [];
      })
      .sort((a, b) => (a.closes < b.closes ? -1 : 1));
  const summary = async (
    viewer: Viewer,
    journeyId: string,
    filters: Filters,
    offers?: Handoff,
  ): Promise<JourneySummary | undefined> => {
    const journey = await look.journey(viewer, journeyId, offers);
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

  /** Those with an overdue task, the one that has waited longest first. */
  const overdue = (viewer: Viewer, filters: Filters, start: Start): Summaries =>
    pageOf(
      1,
      start,
      (_, place) => reading.overdueJourneys(place),
      ({ value: { journeyId } }) => summary(viewer, journeyId, filters),
    );

  /** Those whose integration window closes by then, the first to close first. */
  const windowCloses = (viewer: Viewer, before: string, filters: Filters, start: Start): Summaries =>
    pageOf(
      1,
      start,
      (_, place) => reading.windowsClosing(before, place),
      async ({ value: { journeyId, number, debt } }) => {
        // Only an earlier dose can have a window that closes before.
        const [first] = number === 1 || debt?.earlierOwed === false ? [{ number }] : await closing(journeyId, before);
        return first?.number === number ? summary(viewer, journeyId, filters) : undefined;
      },
    );

  /** Those that are a patient's own, or that a practice was asked about. */
  const own = (viewer: Viewer, filters: Filters, start: Start): Summaries => {
    const { practice, id } = viewer;
    const keep = async (journeyId: string, offers?: Handoff): Promise<JourneySummary | undefined> => {
      const found = await summary(viewer, journeyId, filters, offers);
      if (found === undefined) return undefined;
      const { overdue: late, windowClosesBefore: before } = filters;
      if (late !== undefined && (await reading.overdueOf(journeyId)) === undefined) return undefined;
      if (before !== undefined && (await closing(journeyId, before)).length === 0) return undefined;
      return found;
    };
    if (practice === null)
      return pageOf(
        1,
        start,
        (_, place) => reading.journeysOfPatient(id, place),
        ({ value: { journeyId } }) => keep(journeyId),
      );
    return pageOf(
      1,
      start,
      (_, place) => reading.journeysOfPractice(practice, place),
      ({ value: offers }) => keep(offers.journeyId, offers),
    );
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
