import * as z from 'zod';
import { Handoff } from '../../domain/journey/handoff.ts';
import { Clinical, Contact, Journey } from '../../domain/journey/journey.ts';
import { PHASES } from '../../domain/names.ts';
import { ScreeningRecord } from '../../domain/screening/fired-rule.ts';
import { reads } from './operation.ts';
import { everyOne, instant, journeyId, journeyIds, moment, named, none, page, paging } from './values.ts';

/** Where a journey stands, without anything clinical. */
export const JourneySummary = z
  .strictObject({
    id: journeyId,
    patientId: z.string(),
    program: Journey.shape.program,
    requestedAt: moment,
    phase: Journey.shape.phase,
    phaseSince: moment,
    state: z.enum(['open', 'ending', 'closed']),
    onHold: z.boolean(),
    paused: z.boolean(),
    therapist: Journey.shape.therapist,
    partner: Journey.shape.partner,
  })
  .meta({ id: 'JourneySummary' });
export type JourneySummary = z.infer<typeof JourneySummary>;

/** What only those see who treat the patient, and the patient. */
const ClinicalStanding = Journey.pick({
  ending: true,
  outcome: true,
  holds: true,
  clearances: true,
  screening: true,
  route: true,
  overrides: true,
  consents: true,
  consentsSignedAt: true,
  planSignedBy: true,
  preparations: true,
  preparedAt: true,
  dosesPlanned: true,
  seriesStage: true,
  seriesEndedAt: true,
  liverTest: true,
  continuing: true,
});

/** One journey; `clinical` is null for a role that does not see it. */
export const JourneyView = z
  .strictObject({
    ...JourneySummary.shape,
    zone: Journey.shape.zone,
    language: Journey.shape.language,
    modality: Journey.shape.modality,
    contact: Contact.omit({ journeyId: true, released: true }).nullable(),
    handoff: Handoff.shape.offers,
    clinical: ClinicalStanding.nullable(),
  })
  .meta({ id: 'Journey' });
export type JourneyView = z.infer<typeof JourneyView>;

/** Something that happened: the fields besides these are those of its kind, as far as the reader may see them. */
export const Event = z
  .looseObject({ at: moment, ordinal: z.string(), cause: z.string(), kind: z.string() })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof Event>;

/** One reading of the answers against the rules, with what each rule looked at and why it stands there, for a clinician to judge. */
export const ScreeningView = ScreeningRecord.omit({ journeyId: true }).meta({ id: 'Screening' });

/** The answers of the screening that the reader may see, by fact, and what the rules said of them. */
export const RecordView = z
  .strictObject({
    facts: Clinical.shape.facts,
    fit: Clinical.shape.fit,
    inPersonEvaluatedOn: Clinical.shape.inPersonEvaluatedOn,
    /** Oldest first; empty for the patient, who hears what follows from a clinician. */
    screenings: z.array(ScreeningView),
  })
  .meta({ id: 'Record' });
export type RecordView = z.infer<typeof RecordView>;

/** An operation on one journey. */
export const ofJourney = z.strictObject({ journeyId });

export const journeyOperations = {
  'list-journeys': reads({
    path: '/v1/journeys',
    summary:
      'Journeys by phase and by how long they are in it; at most one of `overdue` and `windowClosesBefore` narrows them to those with an overdue task, or with an integration window that closes soon.',
    params: none,
    query: z.strictObject({
      ...paging,
      phase: z.enum([...PHASES, 'new', 'closed']).optional(),
      program: named.optional(),
      hold: z.enum(['true', 'false']).optional(),
      stuckSince: instant.optional(),
      overdue: z.literal('true').optional(),
      windowClosesBefore: instant.optional(),
    }),
    answer: page(JourneySummary),
  }),
  'get-journey': reads({
    path: '/v1/journeys/{journeyId}',
    summary: 'One journey: where it stands, and what the reader may see of why.',
    params: ofJourney,
    query: none,
    answer: JourneyView,
  }),
  'list-names': reads({
    path: '/v1/names',
    summary:
      'The first names of patients, to show with the journeys of a list; without journeys that are not there for the reader.',
    params: none,
    query: z.strictObject({ journeys: journeyIds }),
    answer: everyOne(z.strictObject({ journeyId, firstName: Contact.shape.firstName }).meta({ id: 'Name' })),
  }),
  'list-events': reads({
    path: '/v1/journeys/{journeyId}/timeline',
    summary: 'What happened on a journey, in order.',
    params: ofJourney,
    query: z.strictObject({ ...paging, order: z.enum(['oldest', 'newest']).optional() }),
    answer: page(Event),
  }),
  'get-record': reads({
    path: '/v1/journeys/{journeyId}/record',
    summary: 'What the patient answered before the treatment.',
    params: ofJourney,
    query: none,
    answer: RecordView,
  }),
  'list-audit': reads({
    path: '/v1/journeys/{journeyId}/audit',
    summary: 'Every audit event of a journey, who looked at it included.',
    params: ofJourney,
    query: z.strictObject({ ...paging, order: z.enum(['oldest', 'newest']).optional() }),
    answer: page(Event),
  }),
} as const;
