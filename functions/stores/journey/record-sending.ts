import type { Message } from '../../domain/journey/message.ts';
import { messages } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type DeskPorts, deskFor } from './desk.ts';
import { noteMessage } from './ledger.ts';
import { close, fallBack, leaveUnknown, type MessageName, mustArrive } from './message-end.ts';
import { strike } from './outbox.ts';

/** What a carrier said to a sending: taken under its id, refused, certainly not sent (to be tried again), or nothing certain. */
export type Sending =
  | { readonly result: 'sent'; readonly providerMessageId: string }
  | { readonly result: 'refused'; readonly reason: string }
  | { readonly result: 'throttled' }
  | { readonly result: 'unknown' };

/**
 * Writes down what became of a sending; one that has ended needs no outbox item any more. What is unknown is not sent again:
 * its delivery event tells, or a person asks.
 */
export const recordSending = (ports: DeskPorts, input: MessageName & Sending): Promise<void> =>
  transact(ports, 'send-message', async (transaction) => {
    const { journeyId, messageId, result } = input;
    const ended = result === 'sent' || result === 'refused';
    if (ended) await strike(transaction, { kind: 'send-message', journeyId, messageId });
    const message = await transaction.need(messages, { journeyId, id: messageId });
    if (message.state !== 'sending') return;
    if (input.result === 'sent') {
      const sent: Message = {
        ...message,
        state: 'sent',
        sentAt: transaction.now,
        providerMessageId: input.providerMessageId,
      };
      transaction.put(messages, sent);
      noteMessage(transaction, sent, 'sent');
    } else if (input.result === 'refused') {
      close(transaction, message, 'failed', input.reason);
      await fallBack(await deskFor(ports, transaction, journeyId), message);
    } else if (input.result === 'throttled') transaction.put(messages, { ...message, state: 'planned' });
    else if (!mustArrive(message)) leaveUnknown(transaction, message);
  });

/** A carrier's event about a message: delivered, or it bounced and the other channel or a person takes over. */
export const recordDelivery = (
  ports: DeskPorts,
  input: MessageName & { readonly event: 'delivered' | 'failed'; readonly reason: string | null },
): Promise<void> =>
  transact(ports, 'on-message-event', async (transaction) => {
    const message = await transaction.get(messages, { journeyId: input.journeyId, id: input.messageId });
    if (message === undefined) return;
    const open = message.state === 'sent' || message.state === 'sending' || message.state === 'unknown';
    if (!open) return;
    const sent: Message = message.sentAt === null ? { ...message, sentAt: transaction.now } : message;
    if (message.sentAt === null) noteMessage(transaction, { ...sent, reason: null }, 'sent');
    if (input.event === 'failed') {
      const desk = await deskFor(ports, transaction, input.journeyId);
      close(desk, sent, 'failed', input.reason ?? 'undelivered');
      if (desk.journey.outcome === null) await fallBack(desk, sent);
      return;
    }
    const delivered: Message = { ...sent, state: 'delivered' };
    transaction.put(messages, delivered);
    noteMessage(transaction, delivered, 'delivered');
  });
