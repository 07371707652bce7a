import * as z from 'zod';
import { Timetable } from '../../domain/clinic/timetable.ts';
import { PRACTITIONER_ROLES, ROLES } from '../../domain/names.ts';
import { reads, writes } from './operation.ts';
import { everyOne, moment, named, none, numbered, page, paging, reason } from './values.ts';

const hours = z.record(z.string(), z.array(z.array(z.string()).length(2)));

/** What everybody may know of the clinic. */
export const ClinicView = z
  .strictObject({
    name: z.string(),
    phone: z.string(),
    zone: z.string(),
    hours,
    holidays: z.array(z.string()),
    locations: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'Clinic' });

/** The settings by which the clinic works; how each is written stands in the clinic's file. */
export const ClinicSettings = z
  .strictObject({
    rooms: z.array(z.looseObject({ id: z.string() })),
    partners: z.array(z.looseObject({ id: z.string() })),
    sending: z.array(z.string()).length(2).nullable(),
    ladders: z.record(z.string(), z.array(z.looseObject({}))),
    onCall: z.array(z.string()),
    dueIn: z.record(z.string(), z.string()),
    policy: z.looseObject({}),
  })
  .meta({ id: 'ClinicSettings' });

const by = z.strictObject({ role: z.enum(ROLES), id: z.string() });

/** The timetable as it is in force; revision 0 is that of the clinic's file, which nobody changed. */
const TimetableView = z
  .strictObject({
    revision: z.int().min(0),
    changedAt: moment.nullable(),
    changedBy: by.nullable(),
    hours,
    holidays: z.array(z.string()),
    onCall: z.array(z.string()),
    practitioners: z.array(z.strictObject({ id: z.string(), hours, holidays: z.array(z.string()) })),
  })
  .meta({ id: 'Timetable' });
export type TimetableView = z.infer<typeof TimetableView>;

/** One change: what of the timetable was no longer as the clinic's file has it. */
const TimetableChangeView = z
  .strictObject({
    revision: z.int().min(1),
    at: moment,
    by,
    reason: z.string().nullable(),
    changed: z.looseObject({}),
  })
  .meta({ id: 'TimetableChange' });

/** Somebody who is booked and answers tasks; `contact` is null for a reader who does not need it. */
export const PractitionerView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(PRACTITIONER_ROLES)),
    partner: z.string().nullable(),
    hours,
    holidays: z.array(z.string()),
    contact: z
      .strictObject({
        email: z.string().nullable(),
        phone: z.string().nullable(),
        licence: z.strictObject({ number: z.string(), state: z.string(), expiresOn: z.string() }).nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Practitioner' });

const ProgramSummary = z
  .strictObject({ id: z.string(), version: z.int(), title: z.string() })
  .meta({ id: 'ProgramSummary' });
const Program = z.looseObject(ProgramSummary.shape).meta({ id: 'Program' });

export const clinicOperations = {
  'get-me': reads({
    path: '/v1/me',
    summary: 'Who is signed in, in which roles, and which operations these may use.',
    params: none,
    query: none,
    answer: z.strictObject({
      id: z.string(),
      roles: z.array(z.enum(ROLES)),
      practice: z.string().nullable(),
      operations: z.array(z.string()),
    }),
  }),
  'get-clinic': reads({
    path: '/v1/clinic',
    summary: 'The clinic: its name, hours and places.',
    params: none,
    query: none,
    answer: ClinicView,
  }),
  'get-settings': reads({
    path: '/v1/clinic/settings',
    summary: 'The settings by which the clinic works.',
    params: none,
    query: none,
    answer: ClinicSettings,
  }),
  'get-timetable': reads({
    path: '/v1/clinic/timetable',
    summary: 'When the clinic is open, when its people work, and who takes the on-call turns; its revision in ETag.',
    params: none,
    query: none,
    answer: TimetableView,
  }),
  'change-timetable': writes({
    path: '/v1/clinic/timetable',
    summary:
      'Replaces the timetable for all that is booked and asked from now on; what is booked stays. People who are left out keep the hours of the clinic’s file.',
    params: none,
    query: none,
    body: z.strictObject({ ...Timetable.shape, reason: reason.nullable().default(null) }),
    answer: TimetableView,
    repeating: 'by-itself',
    ifMatch: true,
  }),
  'list-timetable-changes': reads({
    path: '/v1/clinic/timetable/changes',
    summary: 'Who changed the timetable when, why, and to what, the newest first.',
    params: none,
    query: z.strictObject(paging),
    answer: page(TimetableChangeView),
  }),
  'list-practitioners': reads({
    path: '/v1/practitioners',
    summary: 'The people of the clinic and of its partners, with their hours.',
    params: none,
    query: none,
    answer: everyOne(PractitionerView),
  }),
  'get-practitioner': reads({
    path: '/v1/practitioners/{practitionerId}',
    summary: 'One of them.',
    params: z.strictObject({ practitionerId: named }),
    query: none,
    answer: PractitionerView,
  }),
  'list-programs': reads({
    path: '/v1/programs',
    summary: 'The programs of the clinic, in every version that it carries.',
    params: none,
    query: none,
    answer: everyOne(ProgramSummary),
  }),
  'get-program': reads({
    path: '/v1/programs/{programId}/versions/{version}',
    summary: 'One version of a program, as its file has it.',
    params: z.strictObject({ programId: named, version: numbered }),
    query: none,
    answer: Program,
  }),
} as const;
