import * as z from 'zod';
import { Clinical, Contact } from '../domain/journey/journey.ts';
import { CONSENTS, LANGUAGES, MODALITIES } from '../domain/names.ts';

/** Somebody asks for a first conversation: who, for which program, and what is known of them. */
export const ConsultRequest = z.strictObject({
  /** Of the request itself, so that a repeated one is the same. */
  requestId: z.string().min(1).max(100),
  patientId: z.string().min(1).max(100),
  program: z.strictObject({ id: z.string(), version: z.int().min(1) }),
  zone: z.string(),
  language: z.enum(LANGUAGES),
  modality: z.enum(MODALITIES).nullable(),
  therapist: z.enum(['none', 'own']),
  consents: z.partialRecord(z.enum(CONSENTS), z.boolean()),
  firstName: Contact.shape.firstName,
  mobile: Contact.shape.mobile,
  email: Contact.shape.email,
  chaperone: Contact.shape.chaperone,
  facts: Clinical.shape.facts,
  fit: Clinical.shape.fit,
  inPersonEvaluatedOn: Clinical.shape.inPersonEvaluatedOn,
});
export type ConsultRequest = z.infer<typeof ConsultRequest>;
