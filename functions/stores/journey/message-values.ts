import type { Clinic } from '../../domain/clinic/clinic.ts';
import { personOf } from '../../domain/clinic/roster.ts';
import type { Appointment } from '../../domain/journey/appointment.ts';
import type { Contact } from '../../domain/journey/journey.ts';
import type { Message } from '../../domain/journey/message.ts';
import type { MessageValues } from '../../domain/messages/values.ts';
import { fromMs, toMs } from '../../domain/time/instants.ts';
import { appointments, tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';

/** Where a message goes: the patient's own address, a colleague's, a practice's. */
export const addressOf = (message: Message, contact: Contact, clinic: Clinic): string | null | undefined => {
  if (message.to === 'patient') return message.channel === 'sms' ? contact.mobile : contact.email;
  if (message.to === 'chaperone')
    return (message.kind === 'chaperone-changed' ? contact.released : contact.chaperone)?.mobile;
  if (message.to === 'partner') return clinic.partners.find(({ id }) => id === message.person)?.email;
  const person = personOf(clinic, message.person);
  return message.channel === 'sms' ? person?.phone : person?.email;
};

/** Where somebody comes to; a partner's therapist sees the patient in the practice, whose name would say what the visit is. */
export const placeOf = ({ locations }: Clinic, appointment: Appointment | undefined): string | undefined => {
  if (appointment?.room === null) return undefined;
  const location = locations.find(({ id }) => id === appointment?.location);
  return location?.address ?? location?.name;
};

/** What a message may name of its appointment and task. */
export const valuesFor = async (desk: Desk, message: Message, contact: Contact): Promise<MessageValues> => {
  const { clinic, journey } = desk;
  const appointment =
    message.appointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: journey.id, id: message.appointmentId });
  const task =
    message.taskId === null ? undefined : await desk.get(tasks, { journeyId: journey.id, id: message.taskId });
  // Who was told another time than it has come to since hears that the one they know is off.
  const isOff = message.kind === 'appointment-cancelled' || message.kind === 'chaperone-changed';
  const startsAt = (isOff ? message.oldStartsAt : null) ?? appointment?.startsAt;
  const lasts = appointment && toMs(appointment.endsAt) - toMs(appointment.startsAt);
  const endsAt = startsAt && lasts !== undefined ? fromMs(toMs(startsAt) + lasts) : undefined;
  const readsPatient = message.to === 'patient' || message.to === 'chaperone';
  return {
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    zone: readsPatient ? journey.zone : clinic.zone,
    clinicZone: clinic.zone,
    ...(message.to === 'patient' && { firstName: contact.firstName }),
    startsAt,
    endsAt,
    oldStartsAt: message.oldStartsAt ?? undefined,
    pickUpAt: endsAt,
    // A patient who is asked once more when it was due is not told that it is due now.
    dueAt:
      message.to === 'patient' && task?.dueAt && task.dueAt <= message.sendAt ? undefined : (task?.dueAt ?? undefined),
    place: placeOf(clinic, appointment),
    modality: appointment?.modality,
    digest: message.digest,
    taskKind: task?.kind,
    taskId: task === undefined ? (message.taskId ?? undefined) : `${journey.id}-t${task.number}`,
  };
};
