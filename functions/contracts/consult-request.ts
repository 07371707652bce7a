import * as z from 'zod';
import { localDate } from '../domain/clinic/time.ts';
import { readEmail, readTelephone } from '../domain/contact/address.ts';
import { Clinical, Contact } from '../domain/journey/journey.ts';
import { CONSENTS, LANGUAGES, MODALITIES } from '../domain/names.ts';
import { isZone } from '../domain/time/zones.ts';

/** Contact data is read where it comes in; the reason never repeats what was given. */
const read = (how: (text: string) => string | undefined, what: string) =>
  z.string().transform((text, context): string => {
    const address = how(text);
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message: `is not ${what}` });
    return z.NEVER;
  });
const telephone = read(readTelephone, 'a telephone number with its country, such as +12065550100');
const email = read(readEmail, 'an e-mail address');

/** Somebody asks for a first conversation: who, for which program, and what is known of them. */
export const ConsultRequest = z.strictObject({
  /** Of the request itself, so that a repeated one is the same. */
  requestId: z.string().min(1).max(100),
  patientId: z.string().min(1).max(100),
  program: z.strictObject({ id: z.string(), version: z.int().min(1) }),
  zone: z.string().refine(isZone, 'is not an IANA time zone such as America/New_York'),
  language: z.enum(LANGUAGES),
  modality: z.enum(MODALITIES).nullable(),
  therapist: z.enum(['none', 'own']),
  consents: z.partialRecord(z.enum(CONSENTS), z.boolean()),
  firstName: Contact.shape.firstName,
  /** By which the patient proves who they are. */
  bornOn: z.exactOptional(localDate.nullable()),
  mobile: telephone.nullable(),
  email: email.nullable(),
  chaperone: z.strictObject({ name: z.string(), mobile: telephone }).nullable(),
  facts: Clinical.shape.facts,
  fit: Clinical.shape.fit,
  inPersonEvaluatedOn: Clinical.shape.inPersonEvaluatedOn,
});
export type ConsultRequest = z.infer<typeof ConsultRequest>;
