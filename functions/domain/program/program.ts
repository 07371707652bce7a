import * as z from 'zod';
import { parseInput } from '../problems.ts';
import { aftercare, continuation, integration } from './aftercare.ts';
import { crossCheck } from './cross-checks.ts';
import { dischargeChecklist, dischargeLimits, dosing, monitoring } from './dosing.ts';
import { gates, phases } from './gates.ts';
import * as intake from './intake.ts';
import { billing, checkIn, measure, outcomes, responseRule, tasks } from './measuring.ts';
import { education, reminder } from './notices.ts';
import { provenance } from './provenance.ts';
import { series } from './series.ts';
import { count, distinct, line, positiveDuration, slug } from './values.ts';

/** One statement that the clinic makes to its patients, and the parts of the program that carry it. */
const promise = z.strictObject({ statement: count, text: line, carriedBy: z.array(z.string().min(1)).min(1) });

const fields = z.strictObject({
  /** Where editors find the JSON Schema of this file. */
  $schema: z.string().max(1000).optional(),
  id: slug,
  version: count,
  title: line,
  sources: z.record(z.string().min(1), line),
  phases,
  consult: intake.consult,
  fit: intake.fit,
  referral: intake.referral.optional(),
  screening: intake.screening,
  clearances: z
    .array(intake.clearance)
    .refine((all) => distinct(all.map(({ kind }) => kind)), 'has one kind twice; each once'),
  partner: intake.partner,
  ownTherapist: intake.ownTherapist,
  plan: intake.plan,
  consents: intake.consents,
  preparation: intake.preparation,
  providerReview: intake.providerReview.optional(),
  series,
  dosing,
  gates,
  monitoring,
  dischargeLimits,
  dischargeChecklist,
  aftercare,
  integration,
  measures: z.array(measure).refine((all) => distinct(all.map(({ id }) => id)), 'has one instrument twice; each once'),
  response: z.array(responseRule),
  tasks,
  reminders: z.array(reminder),
  education: z.array(education),
  checkIns: z.array(checkIn).optional(),
  billing: z.array(billing).refine((all) => distinct(all.map(({ step }) => step)), 'has one step twice; each once'),
  continuation,
  followUps: z.array(positiveDuration),
  outcomes: outcomes.optional(),
  promises: z.array(promise).optional(),
  provenance: z.record(z.string().min(1), provenance),
});
export type Program = z.infer<typeof fields>;

/** A treatment protocol as versioned data; a journey stays on the version that it began with. */
export const Program = fields.superRefine(crossCheck);

/** Reads a program, or throws InputRefused with one line a problem, each beginning with the program's id and path. */
export const parseProgram = (value: unknown, root?: string): Program => parseInput(Program, value, root ?? idOf(value));

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value && slug.safeParse(value.id).success
    ? String(value.id)
    : 'program';
