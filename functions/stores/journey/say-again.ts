import { isStanding } from '../../domain/journey/appointment.ts';
import type { Message } from '../../domain/journey/message.ts';
import { isPending } from '../../domain/journey/task.ts';
import { appointments, journeyPartition, messages, tasks } from '../journey-rows.ts';
import type { Desk } from './desk.ts';
import { replanMessage } from './message-end.ts';

/** Whether what a message is about still is as it was: the appointment stands at its revision, the task is open. */
const isStillSo = async (desk: Desk, { journeyId, appointmentId, appointmentRevision, taskId }: Message) => {
  const appointment =
    appointmentId === null ? undefined : await desk.need(appointments, { journeyId, id: appointmentId });
  if (appointment && (appointment.revision !== appointmentRevision || !isStanding(appointment))) return false;
  const task = taskId === null ? undefined : await desk.get(tasks, { journeyId, id: taskId });
  return task === undefined || isPending(task);
};

/**
 * What was held back for a while is said after all where it is still of use; one request covers all forms that wait. What has no end
 * of its use is said again only after hours (`soon`), not after days.
 */
export const sayAgain = async (
  desk: Desk,
  wasHeldBack: (message: Message) => boolean,
  { soon }: { readonly soon: boolean } = { soon: false },
): Promise<void> => {
  let asksForForms = false;
  for (const message of await desk.list(messages, journeyPartition(desk.journey.id), 'message#')) {
    const isOfUse = message.usefulUntil === null ? soon : message.usefulUntil > desk.now;
    if (!isOfUse || !wasHeldBack(message) || !(await isStillSo(desk, message))) continue;
    const isForm = message.kind === 'form-request';
    if (!isForm || !asksForForms) await replanMessage(desk, message);
    asksForForms ||= isForm;
  }
};
