import * as z from 'zod';
import { localDate, zone } from '../../domain/clinic/time.ts';
import { JsonRecord } from '../../domain/json-record.ts';
import { COMMAND_NAMES, type CommandName } from '../../domain/names.ts';
import { FactSheet } from '../../domain/screening/facts.ts';
import { ConsultRequest } from '../consult-request.ts';
import { address, COMMAND_DATA, chaperone } from './command-data.ts';
import { ofJourney } from './journeys.ts';
import { asks, reads, writes } from './operation.ts';
import { everyOne, journeyId, moment, named, none, reason, text } from './values.ts';

/** A command with what it says; the commands that need nothing more may leave `data` out. */
const withData = <N extends CommandName>(command: N) =>
  z.strictObject({
    command: z.literal(command),
    reason: reason.nullable().default(null),
    data: COMMAND_DATA[command],
  });
const bare = <N extends CommandName>(command: N) =>
  z.strictObject({ command: z.literal(command), reason: reason.nullable().default(null), data: none.default({}) });

/** Something that is asked of a running journey. */
export const CommandBody = z.discriminatedUnion('command', [
  withData('reschedule-appointment'),
  withData('cancel-appointment'),
  withData('mark-no-show'),
  bare('pause'),
  bare('resume'),
  bare('withdraw'),
  withData('override-gate'),
  withData('report-adverse-event'),
  bare('report-crisis'),
  withData('new-medication'),
  withData('new-diagnosis'),
  bare('stop-messages'),
  bare('start-messages'),
  withData('change-contact'),
  withData('change-chaperone'),
  withData('replace-therapist'),
  withData('practitioner-absent'),
  withData('transfer-care'),
]);

/** A command that was given, and how it was answered; what it said is for those who see clinical data. */
export const CommandView = z
  .strictObject({
    id: z.string(),
    command: z.enum(COMMAND_NAMES),
    at: moment,
    by: z.strictObject({ role: z.string(), id: z.string() }),
    accepted: z.boolean(),
    clinical: z
      .strictObject({ reason: z.string().nullable(), refusal: z.string().nullable(), data: JsonRecord })
      .nullable(),
  })
  .meta({ id: 'Command' });

const asked = ConsultRequest.shape;

/** What somebody says who asks for a first conversation. */
const request = {
  /** Without a version, the newest. */
  program: z.strictObject({ id: named, version: z.int().min(1).max(100_000).optional() }),
  zone,
  language: asked.language,
  modality: asked.modality.default(null),
  therapist: asked.therapist.default('none'),
  consents: asked.consents,
  firstName: text(100),
  /** By which the patient proves who they are when they open a link. */
  bornOn: localDate.nullable().default(null),
  mobile: address.mobile,
  email: address.email,
  chaperone: chaperone.nullable().default(null),
  facts: FactSheet.partial().default({}),
  fit: z.strictObject({
    reasons: z.array(text(500)).max(20),
    goals: z.array(text(500)).max(20),
    openToReflection: z.boolean(),
    willAttendIntegration: z.boolean(),
  }),
};

export const commandOperations = {
  'request-consult': writes({
    path: '/v1/consult-requests',
    summary: 'Somebody asks for a first conversation: the journey begins. The same key again is the same journey.',
    params: none,
    query: none,
    body: z.strictObject({
      patientId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/, 'letters, digits, hyphens, dots'),
      ...request,
      inPersonEvaluatedOn: localDate.nullable().default(null),
    }),
    answer: z.strictObject({ journeyId }),
    repeating: 'by-key',
    ifMatch: false,
  }),
  'ask-for-consult': asks({
    path: '/v1/public/consult-requests',
    summary: 'Somebody who has no account asks for a first conversation. The same request again is the same journey.',
    params: none,
    query: none,
    body: z.strictObject(request),
    answer: z.strictObject({ journeyId }),
    limit: 'consult-request',
  }),
  'list-commands': reads({
    path: '/v1/journeys/{journeyId}/commands',
    summary: 'What was asked of a journey, and how each was answered.',
    params: ofJourney,
    query: none,
    answer: everyOne(CommandView),
  }),
  'post-command': writes({
    path: '/v1/journeys/{journeyId}/commands',
    summary: 'Asks something of a running journey. The same key again gets the first answer.',
    params: ofJourney,
    query: none,
    body: CommandBody,
    answer: z.strictObject({ accepted: z.literal(true) }),
    repeating: 'by-key',
    ifMatch: false,
  }),
} as const;
