import * as z from 'zod';
import { localDate, zone } from '../../domain/clinic/time.ts';
import { readEmail, readTelephone } from '../../domain/contact/address.ts';
import { APPOINTMENT_KINDS, CHECK_IDS, type CommandName, GATES } from '../../domain/names.ts';
import { signedDuration } from '../../domain/program/values.ts';
import { FactSheet, MEDICINE_CLASSES } from '../../domain/screening/facts.ts';
import { instant, named, none, text } from './values.ts';

const which = {
  appointment: z.enum(APPOINTMENT_KINDS),
  /** Without it the newest. */
  occurrence: z.int().min(1).max(1_000).optional(),
  /** The revision that the asker has seen. */
  revision: z.int().min(1).optional(),
};

const telephone = z
  .string()
  .refine((given) => readTelephone(given) !== undefined, 'a telephone number with its country, such as +12065550123')
  .meta({ pattern: String.raw`^\+[1-9][0-9]{6,14}$` })
  .transform((given) => readTelephone(given) ?? given);
const email = z
  .string()
  .max(320)
  .refine((given) => readEmail(given) !== undefined, 'an e-mail address')
  .meta({ format: 'email' });

/** How a person can be reached; null where they have none. */
export const address = { mobile: telephone.nullable(), email: email.nullable() };
export const chaperone = z.strictObject({ name: text(100), mobile: telephone });

const facts = FactSheet.keyof();

/** What each command says besides its reason. */
export const COMMAND_DATA = {
  'reschedule-appointment': z.strictObject({
    ...which,
    /** Without it the first time that is feasible. */
    startsAt: z.union([instant, z.strictObject({ shift: signedDuration })]).optional(),
  }),
  'cancel-appointment': z.strictObject(which),
  'mark-no-show': z.strictObject(which),
  pause: none,
  resume: none,
  withdraw: none,
  'override-gate': z.strictObject({ gate: z.enum(GATES), check: z.enum(CHECK_IDS) }),
  'report-adverse-event': z.strictObject({ grade: z.int().min(1).max(5) }),
  'report-crisis': none,
  'new-medication': z.strictObject({ class: z.enum(MEDICINE_CLASSES) }),
  'new-diagnosis': z.strictObject({
    field: facts,
    value: z.union([z.string().max(200), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(50)]),
  }),
  'stop-messages': none,
  'start-messages': none,
  'change-contact': z.strictObject({
    mobile: address.mobile.optional(),
    email: address.email.optional(),
    zone: zone.optional(),
    bornOn: localDate.optional(),
  }),
  'change-chaperone': z.strictObject({
    chaperone: z.enum(['named', 'none']),
    name: text(100).optional(),
    mobile: telephone.optional(),
  }),
  'replace-therapist': z.strictObject({ therapist: named }),
  'practitioner-absent': z.strictObject({
    practitioner: named,
    from: z.union([localDate, instant]),
    to: z.union([localDate, instant]),
  }),
  'transfer-care': z.strictObject({ partner: named.optional() }),
} as const satisfies Record<CommandName, z.ZodObject>;
