import * as z from 'zod';
import { PRACTITIONER_ROLES, ROLES, TASK_KINDS } from '../names.ts';
import { parseInput } from '../problems.ts';
import { provenance } from '../program/provenance.ts';
import { distinct, line, positiveDuration, slug } from '../program/values.ts';
import { crossCheck } from './cross-checks.ts';
import { policy } from './policy.ts';
import { localDate, span, weekHours, zone } from './time.ts';

const id = slug;
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a telephone number such as +12065550100');
const email = z.email({ error: 'an e-mail address' });
const holidays = z.array(localDate).refine(distinct, 'names a date twice; each once');

const location = z.strictObject({ id, name: line, address: line.optional() });
const room = z.strictObject({ id, location: slug.optional(), kit: z.array(slug).default([]) });

const licence = z.strictObject({
  number: z.string().min(1).max(40),
  state: z.string().regex(/^[A-Z]{2}$/, 'two capital letters such as CA'),
  expiresOn: localDate,
});

/** Somebody who is booked and answers tasks; `partner` names the practice of one who is not the clinic's own. */
const practitioner = z.strictObject({
  id,
  name: line.optional(),
  roles: z.array(z.enum(PRACTITIONER_ROLES)).min(1).refine(distinct, 'names a role twice; each once'),
  licence: licence.optional(),
  hours: weekHours.optional(),
  holidays: holidays.default([]),
  partner: slug.optional(),
  email: email.optional(),
  phone: phone.optional(),
  notifyBy: z.enum(['email', 'sms']).default('email'),
});

/** A therapy practice outside the clinic; lower `order` is asked first, without it the later in the list the later. */
const partner = z.strictObject({
  id,
  name: line.optional(),
  /** How long the practice has to accept a patient; without it the program's own time. */
  acceptWithin: positiveDuration.optional(),
  order: z.int().min(1).optional(),
  email: email.optional(),
});

const rung = z.strictObject({ after: positiveDuration, toRole: z.enum(ROLES) });

const fields = z.strictObject({
  /** The neutral name that messages are sent under: it never gives the treatment away (reference 6.3). */
  name: line.refine((text) => !/ketamin|infusion|psychedel|spravato|\bkap\b/i.test(text), {
    error: 'gives the treatment away; a neutral name',
  }),
  phone,
  zone,
  hours: weekHours,
  holidays,
  locations: z.array(location).min(1),
  rooms: z.array(room),
  practitioners: z.array(practitioner).min(1),
  partners: z.array(partner),
  /** Hours in the patient's zone in which messages may be sent; null sends at any hour. */
  sending: span.nullable(),
  /** Per role, who is asked next when nobody has answered `after` the task was due. */
  ladders: z.partialRecord(z.enum(ROLES), z.array(rung)),
  /** Who takes the on-call turns, in their order. */
  onCall: z.array(slug).min(1),
  /** Starts of appointments stand on multiples of this since local midnight. */
  booking: z.strictObject({ grid: positiveDuration }).default({ grid: 'PT15M' }),
  tasks: z.strictObject({ dueIn: z.record(z.enum(TASK_KINDS), positiveDuration) }),
  policy,
  sources: z.record(z.string().min(1), line).default({}),
  provenance: z.record(z.string().min(1), provenance).default({}),
});
/** A clinic file as written, with what may be left out. */
export type ClinicFile = z.infer<typeof fields>;

/** Fills what a file may leave out: names from ids, a person's hours from the clinic's, a room's place from the first. */
const complete = (file: ClinicFile) => ({
  ...file,
  rooms: file.rooms.map((each) => ({ ...each, location: each.location ?? file.locations[0]?.id ?? each.id })),
  practitioners: file.practitioners.map((each) => ({
    ...each,
    name: each.name ?? each.id,
    hours: each.hours ?? file.hours,
  })),
  partners: file.partners.map((each, n) => ({ ...each, name: each.name ?? each.id, order: each.order ?? n + 1 })),
});
export type Clinic = ReturnType<typeof complete>;
export type Practitioner = Clinic['practitioners'][number];

/** The settings of one clinic; several locations share them. */
export const Clinic = fields.superRefine(crossCheck).transform(complete);

/** Reads clinic settings, or throws InputRefused with one line a problem. */
export const parseClinic = (value: unknown, root = 'clinic'): Clinic => parseInput(Clinic, value, root);
