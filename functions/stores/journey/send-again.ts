import type { Message } from '../../domain/journey/message.ts';
import { skipReason } from '../../domain/ledger/before-sending.ts';
import { messageIdOf } from '../../domain/ledger/plan-message.ts';
import type { Role } from '../../domain/names.ts';
import { appointments, messages } from '../journey-rows.ts';
import { transact } from '../transaction.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { planMessage } from './ledger.ts';
import { wishOf } from './message-end.ts';

/** The message that is to go out once more, or why it is not. */
export type SentAgain =
  | { readonly accepted: true; readonly message: Message }
  | { readonly accepted: false; readonly reason: string };

/** What the clinic still has under way, or what is made for one moment alone. */
const refusalOf = ({ id, kind, state }: Message): string | undefined => {
  if (state === 'planned' || state === 'sending') return `${id} is still to go out`;
  return kind === 'digest' || kind === 'stop-confirmation' ? `a ${kind} is never sent again` : undefined;
};

/** Why it may not go out now; outside sending hours it waits for the morning. */
const standingRefusal = async (desk: Desk, message: Message): Promise<string | undefined> => {
  const { journey, clinic, now } = desk;
  const appointment =
    message.appointmentId === null
      ? undefined
      : await desk.get(appointments, { journeyId: journey.id, id: message.appointmentId });
  const reason = skipReason(message, {
    now,
    clinic: { ...clinic, sending: null },
    journey,
    appointment,
    inSession: false,
  });
  return reason === undefined || reason === 'opted-out' || reason === 'no-consent' ? undefined : reason;
};

/** The attempts after a message, and the number of the next. */
const laterAttempts = async (desk: Desk, message: Message): Promise<{ later: Message[]; attempt: number }> => {
  const later: Message[] = [];
  for (let attempt = message.attempt + 1; ; attempt += 1) {
    const id = messageIdOf({ ...message, attempt });
    const known = await desk.get(messages, { journeyId: message.journeyId, id });
    if (known === undefined) return { later, attempt };
    later.push(known);
  }
};

/**
 * Sends a message once more because somebody asks for it: a row of its own in the ledger, under the next attempt, with who asked and
 * why. It goes the way of every message, so STOP, consents, sending hours and the one claim hold for it. The same key again is the
 * same message.
 */
export const sendAgain = (
  ports: DeskPorts,
  input: {
    readonly journeyId: string;
    readonly messageId: string;
    readonly key: string;
    readonly by: { readonly role: Role; readonly id: string };
    readonly reason: string;
  },
): Promise<SentAgain> =>
  transact(ports, 'send-again', async (transaction): Promise<SentAgain> => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const { journeyId, messageId, key, by, reason } = input;
    const message = await desk.need(messages, { journeyId, id: messageId });
    const { later, attempt } = await laterAttempts(desk, message);
    const same = later.find(({ again }) => again?.key === key);
    if (same !== undefined) return { accepted: true, message: same };
    const underWay = later.find(({ state }) => state === 'planned' || state === 'sending');
    const refusal = refusalOf(underWay ?? message) ?? (await standingRefusal(desk, message));
    if (refusal !== undefined) return { accepted: false, reason: refusal };
    const { occurrence, revision } = message;
    const again = { of: messageId, key, by, reason };
    const wish = { ...wishOf(message), sendAt: desk.now };
    return { accepted: true, message: await planMessage(desk, wish, { occurrence, revision, attempt, again }) };
  });
