import type { Contact } from '../../domain/journey/journey.ts';
import type { Message } from '../../domain/journey/message.ts';
import {
  classOf,
  isDueNow,
  messageIdOf,
  type Route,
  routeToPatient,
  routeToStaff,
  scheduleName,
  type Wish,
} from '../../domain/ledger/plan-message.ts';
import type { Channel } from '../../domain/names.ts';
import { plus } from '../../domain/time/instants.ts';
import { contacts, messages } from '../journey-rows.ts';
import type { Transaction } from '../transaction.ts';
import { callerBefore } from './callers.ts';
import { countUp, type Desk } from './desk.ts';
import { startDetached } from './detached.ts';

/** Tells the timeline what became of a message. */
export const noteMessage = (
  desk: Transaction,
  message: Message,
  event: 'planned' | 'sent' | 'delivered' | 'failed' | 'skipped' | 'cancelled',
): void =>
  desk.note(message.journeyId, {
    kind: 'message',
    message: message.kind,
    to: message.to,
    person: message.person,
    channel: message.channel,
    occurrence: message.occurrence,
    revision: message.revision,
    attempt: message.attempt,
    event,
    class: message.class,
    ...(message.reason !== null && { reason: message.reason }),
    ...(message.again !== undefined && { by: message.again.by.id }),
    ...(event === 'sent' && message.text !== null && { text: message.text }),
    ...(message.appointmentId !== null && { appointmentId: message.appointmentId }),
  });

const routeOf = (desk: Desk, wish: Wish, contact: Contact, tried: readonly Channel[]): Route =>
  wish.to === 'patient' || wish.to === 'chaperone'
    ? routeToPatient(wish, { journey: desk.journey, contact, clinic: desk.clinic, now: desk.now }, tried)
    : routeToStaff(wish, { clinic: desk.clinic, now: desk.now }, tried);

/** Calls the patient where nothing written can reach them in time; `before` is when the call would come too late. */
export const callInstead = (desk: Desk, about: string, before?: string | null): Promise<void> =>
  startDetached(desk, { kind: 'call-patient', about, ...(before && callerBefore(desk, before)) });

/**
 * The call in place of a message that cannot be written in time. A clinician makes the one that a crisis asks for, as soon as a page
 * is to be answered.
 */
export const callAbout = (
  desk: Desk,
  { kind, id, usefulUntil }: Pick<Message, 'kind' | 'id' | 'usefulUntil'>,
): Promise<void> => {
  if (kind !== 'crisis-information') return callInstead(desk, id, usefulUntil);
  const dueIn = desk.clinic.tasks.dueIn['acknowledge-safety'];
  const dueAt = dueIn === undefined ? {} : { dueAt: plus(desk.now, dueIn) };
  return startDetached(desk, { kind: 'call-patient', about: id, role: 'on-call', ...dueAt });
};

type Numbered = {
  readonly occurrence?: number;
  readonly revision?: number;
  readonly attempt?: number;
  readonly tried?: readonly Channel[];
  readonly again?: NonNullable<Message['again']>;
};

/**
 * Puts a message into the ledger as planned, and asks for it to be sent now or scheduled; what can reach nobody is kept
 * as skipped with its reason, and becomes a call where it must not be lost.
 */
export const planMessage = async (desk: Desk, wish: Wish, numbered: Numbered = {}): Promise<Message> => {
  const journeyId = desk.journey.id;
  const contact = await desk.need(contacts, journeyId);
  const route = routeOf(desk, wish, contact, numbered.tried ?? []);
  const occurrence = numbered.occurrence ?? (await countUp(desk, journeyId, `message:${wish.kind}:${wish.person}`));
  const named = {
    kind: wish.kind,
    person: wish.person,
    occurrence,
    revision: numbered.revision ?? 1,
    attempt: numbered.attempt ?? 1,
  };
  const id = messageIdOf(named);
  const known = await desk.get(messages, { journeyId, id });
  if (known !== undefined) return known;
  const sendAt = route.go ? route.sendAt : desk.now;
  const now = isDueNow(sendAt, desk.now);
  const message: Message = {
    journeyId,
    id,
    ...named,
    variant: wish.variant ?? null,
    class: classOf(wish, desk.now),
    to: wish.to,
    channel: route.channel,
    state: route.go ? 'planned' : 'skipped',
    reason: route.go ? null : route.reason,
    appointmentId: wish.appointment?.id ?? null,
    appointmentRevision: wish.appointment?.revision ?? null,
    taskId: wish.taskId ?? null,
    rule: wish.rule ?? null,
    sendAt,
    usefulUntil: wish.usefulUntil ?? null,
    startsAtTold: wish.appointment?.startsAt ?? null,
    oldStartsAt: wish.oldStartsAt ?? null,
    ...(wish.digest !== undefined && { digest: wish.digest }),
    ...(numbered.again !== undefined && { again: numbered.again }),
    text: null,
    providerMessageId: null,
    claimedAt: null,
    sentAt: null,
    schedule: route.go && !now ? scheduleName(journeyId, id) : null,
  };
  desk.put(messages, message);
  noteMessage(desk, message, route.go ? 'planned' : 'skipped');
  if (route.go) desk.follow({ kind: now ? 'send-message' : 'schedule-message', journeyId, messageId: id });
  else if (route.call) await callAbout(desk, message);
  return message;
};

/** Takes a planned message back and its schedule with it. */
export const cancelMessage = (desk: Desk, message: Message, reason: string): void => {
  if (message.state !== 'planned') return;
  const cancelled: Message = { ...message, state: 'cancelled', reason };
  desk.put(messages, cancelled);
  noteMessage(desk, cancelled, 'cancelled');
  if (message.schedule !== null)
    desk.follow({ kind: 'drop-schedule', journeyId: message.journeyId, name: message.schedule });
};
