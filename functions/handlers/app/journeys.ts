import type { Event, JourneySummary, JourneyView } from '../../contracts/api/journeys.ts';
import { journeyOperations } from '../../contracts/api/journeys.ts';
import type { Params } from '../../contracts/api/operations.ts';
import { isOwed } from '../../domain/journey/cycle.ts';
import type { AuditEvent } from '../../domain/journey/entry.ts';
import { type Journey, pauseOf } from '../../domain/journey/journey.ts';
import type { Task } from '../../domain/journey/task.ts';
import { entrySeen, isClinicalEntry, partOf } from '../../domain/law/entry-seen.ts';
import { PHASES, ROLES } from '../../domain/names.ts';
import { InputRefused } from '../../domain/problems.ts';
import type { Kept } from '../../stores/reading-store.ts';
import type { ApiDeps } from './deps.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Asking, type Route, route } from './route.ts';

/** Where a journey stands, as anybody sees it who sees it at all. */
export const summaryOf = (journey: Journey): JourneySummary => {
  const { id, patientId, program, requestedAt, phase, phaseSince, ending, outcome, holds, therapist, partner } =
    journey;
  const state = outcome !== null ? 'closed' : ending !== null ? 'ending' : 'open';
  const paused = pauseOf(journey) !== undefined;
  const onHold = holds.length > (paused ? 1 : 0);
  return { id, patientId, program, requestedAt, phase, phaseSince, state, onHold, paused, therapist, partner };
};

const CLINICAL_PARTS = ['fact-sheet', 'integration-record'] as const;

const clinicalOf = (journey: Journey): NonNullable<JourneyView['clinical']> => ({
  ending: journey.ending,
  outcome: journey.outcome,
  holds: journey.holds,
  clearances: journey.clearances,
  screening: journey.screening,
  route: journey.route,
  overrides: journey.overrides,
  consents: journey.consents,
  consentsSignedAt: journey.consentsSignedAt,
  planSignedBy: journey.planSignedBy,
  preparations: journey.preparations,
  preparedAt: journey.preparedAt,
  dosesPlanned: journey.dosesPlanned,
  seriesStage: journey.seriesStage,
  seriesEndedAt: journey.seriesEndedAt,
  liverTest: journey.liverTest,
  continuing: journey.continuing,
});

const isOverdue = ({ state, dueAt }: Task, now: string): boolean => state === 'open' && dueAt !== null && dueAt < now;

/** Overdue tasks of one journey in the order in which a list of all roles meets them. */
const inOrder = (a: Task, b: Task): number =>
  ROLES.indexOf(a.holder) - ROLES.indexOf(b.holder) ||
  (a.dueAt ?? '').localeCompare(b.dueAt ?? '') ||
  (a.id < b.id ? -1 : 1);

/** A journey's own operations. */
export const journeyRoutes = (deps: ApiDeps) => {
  const { reading, now } = deps;
  const look = looking(deps);
  const list = listing(deps);

  const passes = (
    journey: Journey,
    query: {
      program?: string | undefined;
      hold?: string | undefined;
      phase?: string | undefined;
      stuckSince?: string | undefined;
    },
  ): boolean =>
    (query.program === undefined || journey.program.id === query.program) &&
    (query.hold === undefined || String(summaryOf(journey).onHold) === query.hold) &&
    (query.stuckSince === undefined || journey.phaseSince <= query.stuckSince) &&
    (query.phase === undefined || query.phase === (journey.outcome !== null ? 'closed' : (journey.phase ?? 'new')));

  const closesBefore = async (journeyId: string, before: string): Promise<boolean> =>
    (await reading.cyclesOf(journeyId)).some(
      ({ value }) => isOwed(value) && value.debt?.window != null && value.debt.window.closes <= before,
    );

  const events =
    (
      asked: Asking & {
        params: Params<'list-events'>;
        query: { cursor?: string | undefined; limit?: number | undefined; order?: string | undefined };
      },
    ) =>
    async (keep: (event: AuditEvent) => Event | undefined) => {
      const { journeyId } = asked.params;
      return list(asked, asked.query, { journeyId, order: asked.query.order ?? null }, (from) =>
        pageOf(
          1,
          from,
          (_, place) => reading.events(journeyId, asked.query.order === 'newest', place),
          async (event) => keep(event),
        ),
      );
    };
  const told = ({ at, ordinal, cause, entry: { kind } }: AuditEvent, entry: object): Event => ({
    ...entry,
    kind,
    at,
    ordinal,
    cause,
  });

  return {
    'list-journeys': route(journeyOperations['list-journeys'], async (asked) => {
      const { viewer, query } = asked;
      const { cursor: _cursor, limit: _limit, ...filters } = query;
      const { overdue, windowClosesBefore } = filters;
      if (overdue !== undefined && windowClosesBefore !== undefined)
        throw new InputRefused(['query.windowClosesBefore: found beside overdue; allowed: one of the two']);
      const shown = async (journeyId: string): Promise<JourneySummary | undefined> => {
        const seen = await look.seen(viewer, journeyId);
        return seen && passes(seen.journey, filters) ? summaryOf(seen.journey) : undefined;
      };
      if (!viewer.roles.some((role) => role !== 'patient' && role !== 'chaperone')) {
        const open = await reading.openJourneyOf(viewer.id);
        const own = open && (await shown(open.value.journeyId));
        return { answer: { items: own === undefined ? [] : [own], next: null } };
      }
      const answer = await list(asked, query, filters, (from) => {
        if (overdue !== undefined)
          return pageOf(
            ROLES.length,
            from,
            (n, place) => reading.tasksHeldBy(ROLES[n] ?? 'coordinator', now(), place),
            async ({ value: task }) => {
              if (!isOverdue(task, now())) return undefined;
              const others = (await reading.tasksOf(task.journeyId)).map(({ value }) => value);
              const [first] = others.filter((each) => isOverdue(each, now())).sort(inOrder);
              return first?.id === task.id ? shown(task.journeyId) : undefined;
            },
          );
        const phases =
          query.phase !== undefined
            ? [query.phase]
            : windowClosesBefore !== undefined
              ? (['series', 'completion'] as const)
              : (['new', ...PHASES, 'closed'] as const);
        return pageOf(
          phases.length,
          from,
          (n, place) => reading.journeysIn(phases[n] ?? 'new', query.stuckSince, place),
          async ({ value }: Kept<Journey>) => {
            if (!passes(value, filters)) return undefined;
            if (windowClosesBefore !== undefined && !(await closesBefore(value.id, windowClosesBefore)))
              return undefined;
            return shown(value.id);
          },
        );
      });
      return { answer };
    }),

    'get-journey': route(journeyOperations['get-journey'], async (asked) => {
      const { journeyId } = asked.params;
      const seen = await look.at(asked, journeyId);
      const { journey, sees } = seen;
      const isClinical = CLINICAL_PARTS.every(sees);
      if (isClinical) await look.note(asked, seen, CLINICAL_PARTS);
      const contact = sees('contact') ? (await reading.contact(journeyId))?.value : undefined;
      const offers = (await reading.handoff(journeyId))?.value.offers ?? [];
      const { practice } = asked.viewer;
      return {
        version: seen.version,
        answer: {
          ...summaryOf(journey),
          zone: journey.zone,
          language: journey.language,
          modality: journey.modality,
          contact: contact
            ? {
                firstName: contact.firstName,
                bornOn: contact.bornOn,
                mobile: contact.mobile,
                email: contact.email,
                chaperone: contact.chaperone,
              }
            : null,
          handoff: offers.filter(({ partner }) => practice === null || partner === practice),
          clinical: isClinical ? clinicalOf(journey) : null,
        },
      };
    }),

    'list-events': route(journeyOperations['list-events'], async (asked) => {
      const seen = await look.at(asked, asked.params.journeyId);
      const parts = new Set<string>();
      const answer = await events(asked)((event) => {
        const entry = event.entry.kind === 'read' ? undefined : entrySeen(event.entry, seen.sees);
        if (entry === undefined) return undefined;
        if (isClinicalEntry(event.entry)) parts.add(partOf(event.entry));
        return told(event, entry);
      });
      if (parts.size > 0) await look.note(asked, seen, [...parts]);
      return { answer };
    }),

    'list-audit': route(journeyOperations['list-audit'], async (asked) => {
      const seen = await look.at(asked, asked.params.journeyId);
      await look.note(asked, seen, CLINICAL_PARTS);
      return { answer: await events(asked)((event) => told(event, event.entry)) };
    }),

    'get-record': route(journeyOperations['get-record'], async (asked) => {
      const { journeyId } = asked.params;
      const seen = await look.at(asked, journeyId);
      await look.note(asked, seen, ['fact-sheet']);
      const kept = await reading.clinical(journeyId);
      const facts = Object.entries(kept?.value.facts ?? {}).filter(([fact]) => seen.sees(fact));
      const fit = kept?.value.fit ?? { reasons: [], goals: [], openToReflection: false, willAttendIntegration: false };
      return {
        answer: {
          facts: Object.fromEntries(facts),
          fit,
          inPersonEvaluatedOn: kept?.value.inPersonEvaluatedOn ?? null,
        },
      };
    }),
  } satisfies Record<keyof typeof journeyOperations, Route>;
};
