import * as z from 'zod';
import { localDate } from '../../domain/clinic/time.ts';
import { Appointment } from '../../domain/journey/appointment.ts';
import { JsonRecord } from '../../domain/json-record.ts';
import { TASKS } from '../../domain/names.ts';
import { signedDuration } from '../../domain/program/values.ts';
import { ofJourney } from './journeys.ts';
import { reads, writes } from './operation.ts';
import { everyOne, instant, journeyId, moment, named, none, page, paging, reason } from './values.ts';

/** One appointment: who comes when and where. A move keeps its id and raises its revision, which is its version. */
export const AppointmentView = z
  .strictObject({
    ...Appointment.omit({ messages: true, claims: true }).shape,
    startsAt: moment,
    endsAt: moment,
  })
  .meta({ id: 'Appointment' });
export type AppointmentView = z.infer<typeof AppointmentView>;

const Proposed = z.strictObject({
  startsAt: moment,
  endsAt: moment,
  practitioners: z.array(z.string()),
  room: z.string().nullable(),
});

/** Times that are free, earliest first; a dose comes with its integration. And why the times before were not. */
export const Proposals = z
  .strictObject({
    proposals: z.array(z.strictObject({ ...Proposed.shape, integration: Proposed.nullable() })),
    refusals: z.array(
      z.strictObject({ startsAt: moment, lastStartsAt: moment, reason: z.string(), detail: z.string() }),
    ),
  })
  .meta({ id: 'Proposals' });
export type Proposals = z.infer<typeof Proposals>;

export const appointmentId = z.string().regex(/^[a-z]+(-[a-z]+)*-[0-9]{1,6}$/);
export const ofAppointment = z.strictObject({ journeyId, appointmentId });

/** From when on times are looked for, and how many. */
const looking = {
  notBefore: instant.optional(),
  limit: z
    .string()
    .regex(/^([1-9]|1[0-9]|20)$/, 'a whole number from 1 to 20')
    .transform(Number)
    .optional(),
};

const because = { reason: reason.nullable().default(null) };
const asked = z.strictObject(because);

export const appointmentOperations = {
  'list-appointments': reads({
    path: '/v1/appointments',
    summary:
      'The appointments of one local day of one location, in order of their start; cancelled ones are not on it.',
    params: none,
    query: z.strictObject({ ...paging, date: localDate, location: named.optional() }),
    answer: page(AppointmentView),
  }),
  'list-appointments-of-journey': reads({
    path: '/v1/journeys/{journeyId}/appointments',
    summary: 'Every appointment of a journey.',
    params: ofJourney,
    query: none,
    answer: everyOne(AppointmentView),
  }),
  'book-appointment': writes({
    path: '/v1/journeys/{journeyId}/appointments',
    summary:
      'Books what somebody is asked to book, at the first feasible time if none is named; a dose comes with its integration.',
    params: ofJourney,
    query: none,
    body: z.strictObject({
      ...because,
      appointment: Appointment.shape.kind,
      startsAt: instant.optional(),
      /** Of the integration that comes with a dose. */
      integrationStartsAt: instant.optional(),
    }),
    answer: AppointmentView,
    repeating: 'by-itself',
    ifMatch: false,
  }),
  'get-appointment': reads({
    path: '/v1/journeys/{journeyId}/appointments/{appointmentId}',
    summary: 'One appointment, with its revision in ETag.',
    params: ofAppointment,
    query: none,
    answer: AppointmentView,
  }),
  'propose-times': reads({
    path: '/v1/journeys/{journeyId}/appointments/{appointmentId}/proposals',
    summary: 'Times to which an appointment may be moved, and the reason for each time that was refused on the way.',
    params: ofAppointment,
    query: z.strictObject(looking),
    answer: Proposals,
  }),
  'propose-booking': reads({
    path: '/v1/journeys/{journeyId}/proposals',
    summary:
      'Times at which the next appointment of a kind can be booked, a dose with its integration, and the reason for each time that was refused on the way.',
    params: ofJourney,
    query: z.strictObject({ ...looking, appointment: z.enum(['consult', 'preparation', 'dosing']) }),
    answer: Proposals,
  }),
  'move-appointment': writes({
    path: '/v1/journeys/{journeyId}/appointments/{appointmentId}/move',
    summary: 'Moves an appointment, to the first feasible time if none is named; a dose takes its integration along.',
    params: ofAppointment,
    query: none,
    body: z.strictObject({
      ...because,
      startsAt: z.union([instant, z.strictObject({ shift: signedDuration })]).optional(),
    }),
    answer: AppointmentView,
    repeating: 'by-key',
    ifMatch: true,
  }),
  'cancel-appointment': writes({
    path: '/v1/journeys/{journeyId}/appointments/{appointmentId}/cancel',
    summary: 'Cancels an appointment; a dose goes together with its integration.',
    params: ofAppointment,
    query: none,
    body: asked,
    answer: AppointmentView,
    repeating: 'by-key',
    ifMatch: true,
  }),
  'mark-no-show': writes({
    path: '/v1/journeys/{journeyId}/appointments/{appointmentId}/no-show',
    summary: 'Notes that the patient did not come; what was missed is to be booked again.',
    params: ofAppointment,
    query: none,
    body: asked,
    answer: AppointmentView,
    repeating: 'by-key',
    ifMatch: true,
  }),
  'check-in': writes({
    path: '/v1/journeys/{journeyId}/appointments/{appointmentId}/check-in',
    summary: 'Answers the check of the dosing day: the patient is there, and may go on or not.',
    params: ofAppointment,
    query: none,
    body: z.strictObject({
      ...because,
      answer: z.enum(TASKS['dosing-day-check'].options).default('proceed'),
      data: JsonRecord.default({}),
    }),
    answer: z.strictObject({ answer: z.string(), by: z.string() }),
    repeating: 'by-itself',
    ifMatch: false,
  }),
} as const;
