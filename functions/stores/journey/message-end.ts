import type { Message } from '../../domain/journey/message.ts';
import type { Wish } from '../../domain/ledger/plan-message.ts';
import { messages } from '../journey-rows.ts';
import type { Transaction } from '../transaction.ts';
import type { Desk } from './desk.ts';
import { callAbout, noteMessage, planMessage } from './ledger.ts';

/** A message by its journey and its id there. */
export type MessageName = { readonly journeyId: string; readonly messageId: string };

/** Closes a message that goes no further, and says why. */
export const close = (desk: Transaction, message: Message, state: 'skipped' | 'failed', reason: string): Message => {
  const closed: Message = { ...message, state, reason };
  desk.put(messages, closed);
  noteMessage(desk, closed, state);
  return closed;
};

/** What a message was planned for. */
export const wishOf = (message: Message): Wish => ({
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
  ...(message.digest !== undefined && { digest: message.digest }),
});

/** The same message once more as things stand now, under the next revision. */
export const replanMessage = (desk: Desk, message: Message): Promise<Message> =>
  planMessage(desk, wishOf(message), { occurrence: message.occurrence, revision: message.revision + 1 });

/** Tries the other channel after one failed; where none is left, what must not be lost becomes a person's call. */
export const fallBack = async (desk: Desk, message: Message): Promise<void> => {
  if (message.kind === 'page' && message.attempt > 1) return;
  const again = await planMessage(desk, wishOf(message), {
    occurrence: message.occurrence,
    revision: message.revision,
    attempt: message.attempt + 1,
    tried: [message.channel, ...(message.attempt > 1 ? (['email', 'sms'] as const) : [])],
  });
  if (again.state === 'skipped' && again.reason !== 'no-channel' && message.class === 'safety')
    await callAbout(desk, again);
};

/** Safety and staff messages prefer at least once, reminders at most once. */
export const mustArrive = ({ class: kind }: Message): boolean => kind === 'safety' || kind === 'task';

/** Nobody knows whether it was sent, and sending twice would be worse: it stays so until its carrier reports. */
export const leaveUnknown = (desk: Transaction, message: Message): void => {
  const unknown: Message = { ...message, state: 'unknown', reason: 'sending-unknown' };
  desk.put(messages, unknown);
  noteMessage(desk, unknown, 'failed');
};
