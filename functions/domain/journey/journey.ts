import * as z from 'zod';
import { JsonRecord } from '../json-record.ts';
import { CONSENTS, OUTCOMES, PHASES, type Phase, ROLES, ROUTES } from '../names.ts';

/** A journey may not advance while any of these stands; holds are a set by reason. */
export const Hold = z.strictObject({ reason: z.string(), at: z.string(), by: z.string().nullable() });
export type Hold = z.infer<typeof Hold>;

/** A clinician's dated decision that the treatment is acceptable for this patient, by route and setting. */
export const Clearance = z.strictObject({
  kind: z.enum(['medical', 'psychological']),
  by: z.string(),
  at: z.string(),
  validUntil: z.string(),
  route: z.string(),
  setting: z.string(),
  voidedAt: z.string().nullable(),
});
export type Clearance = z.infer<typeof Clearance>;

/** How and why a journey is to end; it is settled after what is still owed is done. */
export const Ending = z.strictObject({ kind: z.enum(OUTCOMES), reason: z.string(), at: z.string() });
export type Ending = z.infer<typeof Ending>;

/** One patient's way through one version of one program, and everything that gates read at a glance. */
export const Journey = z.strictObject({
  id: z.string(),
  patientId: z.string(),
  program: z.strictObject({ id: z.string(), version: z.int() }),
  zone: z.string(),
  language: z.enum(['en', 'es']),
  modality: z.enum(['in-person', 'remote']),
  requestedAt: z.string(),
  phase: z.enum(PHASES).nullable(),
  phaseSince: z.string(),
  ending: Ending.nullable(),
  outcome: Ending.nullable(),
  /** Why the clinic gives no further dose, where that ended the series: what was begun is completed and followed up, and this is its outcome. */
  stopped: Ending.nullable().default(null),
  therapist: z.string().nullable(),
  partner: z.string().nullable(),
  /** The patient's own therapist outside the clinic, if any. */
  ownTherapist: z.boolean(),
  chaperone: z.enum(['named', 'none']),
  /** Since when it is who it is, where that changed: what was said to the one before was not said to them. */
  chaperoneSince: z.string().nullable().default(null),
  /** The route that the prescriber chose among the program's; null while it is the program's first. */
  route: z.enum(ROUTES).nullable().default(null),
  holds: z.array(Hold),
  clearances: z.array(Clearance),
  consents: z.partialRecord(z.enum(CONSENTS), z.boolean()),
  consentsSignedAt: z.string().nullable(),
  planSignedBy: z.array(z.string()),
  /** The last liver test after the screening's: how many doses had been begun, and the local day. */
  liverTest: z.strictObject({ doses: z.int(), on: z.string() }).nullable().default(null),
  costAcknowledgedAt: z.string().nullable(),
  preparations: z.int(),
  preparedAt: z.string().nullable(),
  /** Doses that the series is to have, as planned or changed by a clinician. */
  dosesPlanned: z.int(),
  seriesStage: z.int(),
  seriesEndedAt: z.string().nullable(),
  /** How the patient goes on after the series, as asked. */
  continuing: z.string().nullable(),
  /** Running contacts in which nobody was reached. */
  unreached: z.int(),
  smsStopped: z.boolean(),
  /** Who let a check of a gate pass for what the scope names (a cycle, or the whole journey), and why. */
  overrides: z.array(
    z.strictObject({
      gate: z.string(),
      scope: z.string(),
      check: z.string(),
      role: z.string(),
      by: z.string(),
      reason: z.string(),
    }),
  ),
  screening: z
    .strictObject({
      disposition: z.string(),
      reasons: z.array(z.string()),
      notes: z.array(z.string()),
      rulesetVersion: z.string(),
      /** Who may let it go on all the same; null where nobody may. */
      reviewRole: z.enum(ROLES).nullable(),
      at: z.string(),
    })
    .nullable(),
});
export type Journey = z.infer<typeof Journey>;

/** The hold of a booked dose from which nobody takes the patient home. */
export const NO_CHAPERONE = 'chaperone';

/** The hold of a pause, by the words of the hold's reason. */
export const PAUSED = 'paused';

/** The hold of a paused journey, with the moment since which it is paused. */
export const pauseOf = ({ holds }: Pick<Journey, 'holds'>): Hold | undefined =>
  holds.find(({ reason }) => reason === PAUSED);

/** Whether anything but a pause holds the journey up. */
export const isOnHold = (journey: Pick<Journey, 'holds'>): boolean =>
  journey.holds.length > (pauseOf(journey) === undefined ? 0 : 1);

/** Whether a journey has left a phase behind, for a later one. */
export const isBeyond = ({ phase }: Pick<Journey, 'phase'>, left: Phase): boolean =>
  phase !== null && PHASES.indexOf(phase) > PHASES.indexOf(left);

/** Whether a journey goes no further than to what is owed: it is to end, has ended, or is paused. */
export const isHalted = (journey: Journey): boolean =>
  journey.outcome !== null || journey.ending !== null || pauseOf(journey) !== undefined;

/**
 * Whether an ending stops the series alone: the final measures, the hand-back and the follow-ups are owed all the same
 * (reference 5, completion). One who is paused as well asked to hear nothing.
 */
export const isCompletedAllTheSame = ({
  ending,
  stopped,
  holds,
}: Pick<Journey, 'ending' | 'stopped' | 'holds'>): boolean =>
  ending?.kind === 'stopped-medically' && stopped === null && pauseOf({ holds }) === undefined;

/** Who the patient is to the messengers. Kept apart from clinical answers, so that roles and exports can be. */
export const Contact = z.strictObject({
  journeyId: z.string(),
  firstName: z.string(),
  /** A local date, by which the patient proves who they are; null where nobody has asked them for it. */
  bornOn: z.string().nullable().default(null),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  chaperone: z.strictObject({ name: z.string(), mobile: z.string() }).nullable(),
  /** The chaperone before, who is told that they need not come. */
  released: z.strictObject({ name: z.string(), mobile: z.string() }).nullable().default(null),
});
export type Contact = z.infer<typeof Contact>;

/** The patient's clinical answers: never in a state's input, a message or a log. */
export const Clinical = z.strictObject({
  journeyId: z.string(),
  facts: JsonRecord,
  fit: z.strictObject({
    reasons: z.array(z.string()),
    goals: z.array(z.string()),
    openToReflection: z.boolean(),
    willAttendIntegration: z.boolean(),
  }),
  inPersonEvaluatedOn: z.string().nullable(),
});
export type Clinical = z.infer<typeof Clinical>;
