import type { Message } from '../../domain/journey/message.ts';
import { messages } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { noteMessage } from './ledger.ts';
import { close, fallBack, leaveUnknown, type MessageName, mustArrive } from './message-end.ts';

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
    else if (!mustArrive(message)) leaveUnknown(desk, message);
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
