import type * as z from 'zod';
import type { Event, JourneyView, ScreeningView } from '../../contracts/api/journeys.ts';
import { journeyOperations } from '../../contracts/api/journeys.ts';
import type { Params } from '../../contracts/api/operations.ts';
import type { AuditEvent } from '../../domain/journey/entry.ts';
import type { Journey } from '../../domain/journey/journey.ts';
import { entrySeen, isClinicalEntry, partOf } from '../../domain/law/entry-seen.ts';
import type { ApiDeps } from './deps.ts';
import { journeyLists, summaryOf } from './journey-lists.ts';
import { listing } from './listing.ts';
import { looking } from './looking.ts';
import { pageOf } from './paging.ts';
import { type Asking, type Route, route } from './route.ts';

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

/** A screening without the rules that looked at what is not for the reader. */
export const screeningFor = (
  { at, disposition, rulesetVersion, fired }: z.infer<typeof ScreeningView>,
  sees: (fact: string) => boolean,
): z.infer<typeof ScreeningView> => ({
  at,
  disposition,
  rulesetVersion,
  fired: fired.filter(({ inputs }) => Object.keys(inputs).every(sees)),
});

/** A journey's own operations. */
export const journeyRoutes = (deps: ApiDeps) => {
  const { reading } = deps;
  const look = looking(deps);
  const list = listing(deps);

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
    'list-journeys': route(journeyOperations['list-journeys'], journeyLists(deps)),

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

    'list-names': route(journeyOperations['list-names'], async (asked) => {
      const named = async (journeyId: string) => {
        const seen = await look.ifThere(asked, journeyId);
        const contact = seen?.sees('contact') ? await reading.contact(journeyId) : undefined;
        return contact ? [{ journeyId, firstName: contact.value.firstName }] : [];
      };
      return { answer: { items: (await Promise.all(asked.query.journeys.map(named))).flat() } };
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
          screenings: asked.viewer.roles.includes('patient')
            ? []
            : (await reading.screeningsOf(journeyId)).map(({ value }) => screeningFor(value, seen.sees)),
        },
      };
    }),
  } satisfies Record<keyof typeof journeyOperations, Route>;
};
