import type { Clinic } from '../../domain/clinic/clinic.ts';
import { skipReason } from '../../domain/ledger/before-sending.ts';
import type { Wish } from '../../domain/ledger/plan-message.ts';
import { mustReach } from '../../domain/messages/occasions.ts';
import { renderMessage } from '../../domain/messages/render.ts';
import type { MessageValues } from '../../domain/messages/values.ts';
import type { Message } from '../../domain/journey/message.ts';
import { plus } from '../../domain/time/instants.ts';
import type { Contact } from '../../domain/journey/journey.ts';
import { appointments, contacts, messages, tasks } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { callInstead, noteMessage, planMessage } from './ledger.ts';

type MessageName = { readonly journeyId: string; readonly messageId: string };

/** A message that was claimed for sending: where to, and what it says. */
export type Claimed = {
  readonly claim: 'taken';
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly usefulUntil: string | null;
};

const addressOf = (message: Message, contact: Contact, clinic: Clinic): string | null | undefined => {
  if (message.to === 'patient') return message.channel === 'sms' ? contact.mobile : contact.email;
  if (message.to === 'chaperone') return contact.chaperone?.mobile;
  if (message.to === 'partner') return clinic.partners.find(({ id }) => id === message.person)?.email;
  const person = clinic.practitioners.find(({ id }) => id === message.person);
  return message.channel === 'sms' ? person?.phone : person?.email;
};

const valuesFor = async (desk: Desk, message: Message, contact: Contact): Promise<MessageValues> => {
  const { clinic, journey } = desk;
  const appointment =
    message.appointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: journey.id, id: message.appointmentId });
  const task =
    message.taskId === null ? undefined : await desk.get(tasks, { journeyId: journey.id, id: message.taskId });
  const location = clinic.locations.find(({ id }) => id === appointment?.location);
  const readsPatient = message.to === 'patient' || message.to === 'chaperone';
  return {
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    zone: readsPatient ? journey.zone : clinic.zone,
    ...(message.to === 'patient' && { firstName: contact.firstName }),
    startsAt: appointment?.startsAt,
    endsAt: appointment?.endsAt,
    oldStartsAt: message.oldStartsAt ?? undefined,
    pickUpAt: appointment?.endsAt,
    dueAt: task?.dueAt ?? undefined,
    // A partner's therapist sees the patient in the practice, whose name would say what the visit is.
    place: appointment?.room === null ? undefined : (location?.address ?? location?.name),
    modality: appointment?.modality,
    taskKind: task?.kind,
    taskId: task === undefined ? (message.taskId ?? undefined) : `${journey.id}-t${task.number}`,
  };
};

const close = (desk: Desk, message: Message, state: 'skipped' | 'failed', reason: string): Message => {
  const closed: Message = { ...message, state, reason };
  desk.put(messages, closed);
  noteMessage(desk, closed, state);
  return closed;
};

const wishOf = (message: Message): Wish => ({
  kind: message.kind,
  ...(message.variant !== null && { variant: message.variant }),
  to: message.to,
  person: message.person,
  sendAt: message.sendAt,
  ...(message.usefulUntil !== null && { usefulUntil: message.usefulUntil }),
  ...(message.appointmentId !== null &&
    message.appointmentRevision !== null && {
      appointment: {
        id: message.appointmentId,
        revision: message.appointmentRevision,
        startsAt: message.startsAtTold ?? message.sendAt,
      },
    }),
  ...(message.oldStartsAt !== null && { oldStartsAt: message.oldStartsAt }),
  ...(message.taskId !== null && { taskId: message.taskId }),
  ...(message.rule !== null && { rule: message.rule }),
});

/** Tries the other channel after one failed; where none is left, what must not be lost becomes a person's call. */
const fallBack = async (desk: Desk, message: Message): Promise<void> => {
  if (message.kind === 'page' && message.attempt > 1) return;
  const again = await planMessage(desk, wishOf(message), {
    occurrence: message.occurrence,
    revision: message.revision,
    attempt: message.attempt + 1,
    tried: [message.channel, ...(message.attempt > 1 ? (['email', 'sms'] as const) : [])],
  });
  if (again.state === 'skipped' && again.reason !== 'no-channel' && message.class === 'safety')
    await callInstead(desk, again.id);
};

/** Nothing to send any more; or somebody is sending it at this moment, and it has to be looked at again. */
export type NotClaimed = { readonly claim: 'none' | 'busy' };

/** A sender that has not written down what became of a message after this long has died over it. */
const LOST_AFTER = 'PT10M';

/** Safety and staff messages prefer at least once, reminders at most once. */
const mustArrive = ({ class: kind }: Message): boolean => kind === 'safety' || kind === 'task';

/** Where a sender died, what people must get is sent again, at least once; a reminder is left as unknown, at most once. */
const afterLoss = (desk: Desk, message: Message): 'again' | 'busy' | 'left' => {
  if (message.state !== 'sending') return 'left';
  if (desk.now < plus(message.claimedAt ?? desk.now, LOST_AFTER)) return 'busy';
  if (mustArrive(message)) return 'again';
  desk.put(messages, { ...message, state: 'unknown' });
  return 'left';
};

/** Claims a planned message for the one sending that it gets, or closes it with the reason why it may not go out. */
export const claimMessage = (ports: DeskPorts, input: MessageName): Promise<Claimed | NotClaimed> =>
  transact(ports, 'send-message', async (transaction): Promise<Claimed | NotClaimed> => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const message = await desk.get(messages, { journeyId: input.journeyId, id: input.messageId });
    if (message === undefined || message.channel === 'call') return { claim: 'none' };
    const lost = message.state === 'planned' ? 'again' : afterLoss(desk, message);
    if (lost !== 'again') return { claim: lost === 'busy' ? 'busy' : 'none' };
    const { clinic, journey, now } = desk;
    const appointment =
      message.appointmentId === null
        ? undefined
        : await desk.get(appointments, { journeyId: journey.id, id: message.appointmentId });
    const reason = skipReason(message, { now, clinic, journey, appointment });
    const contact = await desk.need(contacts, journey.id);
    const to = addressOf(message, contact, clinic);
    if (reason !== undefined || !to) {
      close(desk, message, 'skipped', reason ?? 'no-channel');
      if (reason === 'quiet-hours' && mustReach(message.kind)) await callInstead(desk, message.id);
      if (reason === undefined || reason === 'opted-out' || reason === 'no-consent') await fallBack(desk, message);
      return { claim: 'none' };
    }
    const language = message.to === 'patient' || message.to === 'chaperone' ? journey.language : 'en';
    const { channel } = message;
    const rendered = renderMessage({
      catalogue: desk.library.catalogue(language),
      kind: message.kind,
      variant: message.variant,
      ...((message.to === 'patient' || message.to === 'chaperone') && { to: message.to }),
      channel,
      language,
      values: await valuesFor(desk, message, contact),
    });
    desk.put(messages, { ...message, state: 'sending', claimedAt: now, text: rendered.text });
    return {
      claim: 'taken',
      channel,
      to,
      subject: rendered.subject ?? '',
      text: rendered.text,
      usefulUntil: message.usefulUntil,
    };
  });

/** What a carrier said to a sending: taken under its id, refused, certainly not sent (to be tried again), or nothing certain. */
export type Sending =
  | { readonly result: 'sent'; readonly providerMessageId: string }
  | { readonly result: 'refused'; readonly reason: string }
  | { readonly result: 'throttled' }
  | { readonly result: 'unknown' };

/** Writes down what became of a sending. What is unknown is not sent again: its delivery event tells, or a person asks. */
export const recordSending = (ports: DeskPorts, input: MessageName & Sending): Promise<void> =>
  transact(ports, 'send-message', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const message = await desk.need(messages, { journeyId: input.journeyId, id: input.messageId });
    if (message.state !== 'sending') return;
    if (input.result === 'sent') {
      const sent: Message = { ...message, state: 'sent', sentAt: desk.now, providerMessageId: input.providerMessageId };
      desk.put(messages, sent);
      noteMessage(desk, sent, 'sent');
    } else if (input.result === 'refused') {
      close(desk, message, 'failed', input.reason);
      await fallBack(desk, message);
    } else if (input.result === 'throttled') desk.put(messages, { ...message, state: 'planned' });
    else if (!mustArrive(message)) desk.put(messages, { ...message, state: 'unknown' });
  });

/** A carrier's event about a message: delivered, or it bounced and the other channel or a person takes over. */
export const recordDelivery = (
  ports: DeskPorts,
  input: MessageName & { readonly event: 'delivered' | 'failed'; readonly reason: string | null },
): Promise<void> =>
  transact(ports, 'on-message-event', async (transaction) => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const message = await desk.get(messages, { journeyId: input.journeyId, id: input.messageId });
    if (message === undefined) return;
    const open = message.state === 'sent' || message.state === 'sending' || message.state === 'unknown';
    if (!open) return;
    const sent: Message = message.sentAt === null ? { ...message, sentAt: desk.now } : message;
    if (message.sentAt === null) noteMessage(desk, { ...sent, reason: null }, 'sent');
    if (input.event === 'failed') {
      close(desk, sent, 'failed', input.reason ?? 'undelivered');
      if (desk.journey.outcome === null) await fallBack(desk, sent);
      return;
    }
    const delivered: Message = { ...sent, state: 'delivered' };
    desk.put(messages, delivered);
    noteMessage(desk, delivered, 'delivered');
  });
