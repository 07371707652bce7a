import * as z from 'zod';
import { APPOINTMENT_KINDS, MODALITIES } from '../names.ts';

export const APPOINTMENT_STATES = [
  'booked',
  'confirmed',
  'checked-in',
  'started',
  'ended',
  'attended',
  'cancelled',
  'no-show',
] as const;

/** A booked encounter. A move keeps its id and occurrence and raises the revision. */
export const Appointment = z.strictObject({
  journeyId: z.string(),
  id: z.string(),
  kind: z.enum(APPOINTMENT_KINDS),
  occurrence: z.int().min(1),
  revision: z.int().min(1),
  state: z.enum(APPOINTMENT_STATES),
  startsAt: z.string(),
  endsAt: z.string(),
  practitioners: z.array(z.string()),
  room: z.string().nullable(),
  location: z.string(),
  modality: z.enum(MODALITIES),
  cycle: z.int().nullable(),
  pairedWith: z.string().nullable(),
  /** Ids of the ledger's messages about it, so that a move finds what was planned and said. */
  messages: z.array(z.string()),
  /** Who said that they come, and to which revision: a move asks anew. */
  confirmedBy: z.exactOptional(z.partialRecord(z.enum(['patient', 'chaperone']), z.int())),
  /** Which resource and local day rows hold a claim for it. */
  claims: z.array(z.strictObject({ resource: z.string(), date: z.string() })),
});
export type Appointment = z.infer<typeof Appointment>;

/** Whether it is a dose that the patient takes at home, with somebody beside them and the clinic on the video. */
export const isAtHome = ({ kind, modality }: Appointment): boolean => kind === 'dosing' && modality === 'remote';

/** Whether the appointment still lies ahead or is going on. */
export const isStanding = ({ state }: Appointment): boolean =>
  state === 'booked' || state === 'confirmed' || state === 'checked-in' || state === 'started' || state === 'ended';

/** Intervals that one practitioner or room is taken for on one clinic-local day; a claim is made by conditional write. */
export const DayClaims = z.strictObject({
  resource: z.string(),
  date: z.string(),
  intervals: z.array(z.strictObject({ from: z.string(), to: z.string(), appointmentId: z.string() })),
});
export type DayClaims = z.infer<typeof DayClaims>;
