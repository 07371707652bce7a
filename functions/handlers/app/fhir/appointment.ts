import type { Appointment, AppointmentParticipant } from 'fhir/r4.js';
import type { AppointmentView } from '../../../contracts/api/appointments.ts';
import type { ExportedJourney } from '../../../contracts/api/export.ts';
import { idOf, practitioner, referenceTo } from './reference.ts';

const STATUS = {
  booked: 'booked',
  confirmed: 'booked',
  'checked-in': 'checked-in',
  started: 'arrived',
  ended: 'arrived',
  attended: 'fulfilled',
  cancelled: 'cancelled',
  'no-show': 'noshow',
} as const satisfies Record<AppointmentView['state'], Appointment['status']>;

/** Whether the patient said that they come, to the time that stands. */
const answerOf = ({ confirmedBy, revision, state }: AppointmentView): AppointmentParticipant['status'] => {
  if (confirmedBy?.patient === revision || ['checked-in', 'started', 'ended', 'attended'].includes(state))
    return 'accepted';
  return 'needs-action';
};

export const appointmentResource = (
  { id: journeyId, patientId }: ExportedJourney['journey'],
  appointment: AppointmentView,
): Appointment & { id: string } => ({
  resourceType: 'Appointment',
  id: idOf('Appointment', journeyId, appointment.id),
  identifier: [{ value: appointment.id }],
  status: STATUS[appointment.state],
  serviceType: [{ text: appointment.kind }],
  start: appointment.startsAt,
  end: appointment.endsAt,
  participant: [
    { actor: referenceTo('Patient', patientId), status: answerOf(appointment) },
    ...appointment.practitioners.map((id) => ({ actor: practitioner(id), status: 'accepted' as const })),
  ],
});
