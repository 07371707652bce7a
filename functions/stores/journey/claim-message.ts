import type { Message } from '../../domain/journey/message.ts';
import { canWait, skipReason } from '../../domain/ledger/before-sending.ts';
import { isOverTextLimit } from '../../domain/ledger/text-limit.ts';
import type { Visit } from '../../domain/messages/calendar-file.ts';
import { mustReach } from '../../domain/messages/occasions.ts';
import { renderMessage } from '../../domain/messages/render.ts';
import { plus } from '../../domain/time/instants.ts';
import { appointments, contacts, journeyPartition, messages } from '../journey-rows.ts';
import { links } from '../link-rows.ts';
import { transact } from '../transaction.ts';
import { asksForNothing } from './answered-message.ts';
import { type Desk, type DeskPorts, deskFor } from './desk.ts';
import { callAbout, cancelMessage } from './ledger.ts';
import { close, fallBack, leaveUnknown, type MessageName, mustArrive } from './message-end.ts';
import { addressOf, valuesFor } from './message-values.ts';
import { mintLink } from './mint-link.ts';
import { isStopped } from './numbers.ts';
import { isInSession } from './quiet-session.ts';
import { visitFor } from './visit.ts';

/** A message that was claimed for sending: where to, and what it says. */
export type Claimed = {
  readonly claim: 'taken';
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly usefulUntil: string | null;
  /** For the calendar of a patient who gets an e-mail about a visit. */
  readonly visit?: Visit | undefined;
};

/** Nothing to send any more; or somebody is sending it at this moment, and it has to be looked at again. */
export type NotClaimed = { readonly claim: 'none' | 'busy' };

/** A sender that has not written down what became of a message after this long has died over it. */
const LOST_AFTER = 'PT10M';

/** Where a sender died, what people must get is sent again, at least once; a reminder is left as unknown, at most once. */
const afterLoss = (desk: Desk, message: Message): 'again' | 'busy' | 'left' => {
  if (message.state !== 'sending') return 'left';
  if (desk.now < plus(message.claimedAt ?? desk.now, LOST_AFTER)) return 'busy';
  if (mustArrive(message)) return 'again';
  leaveUnknown(desk, message);
  return 'left';
};

/** Why a message goes another way, if there is one. */
const OTHER_WAY: ReadonlySet<string> = new Set(['opted-out', 'no-consent', 'sms-limit']);

const isOneTooMany = async (desk: Desk, message: Message): Promise<boolean> => {
  const { clinic, journey, now } = desk;
  const policy = clinic.policy.sms;
  if (!policy.healthcareExemption || message.channel !== 'sms') return false;
  const all = await desk.list(messages, journeyPartition(journey.id), 'message#');
  return isOverTextLimit(message, all, { policy, zone: journey.zone, now });
};

/** Whether whoever answers at this number said STOP, here or in another journey; the confirmation goes out all the same. */
const saidStop = async (desk: Desk, message: Message, to: string | null | undefined): Promise<boolean> => {
  const counts = message.to === 'patient' || message.to === 'chaperone';
  if (!to || !counts || message.channel !== 'sms' || message.kind === 'stop-confirmation') return false;
  return isStopped(desk, to);
};

/** Claims a planned message for the one sending that it gets, or closes it with the reason why it may not go out. */
export const claimMessage = (ports: DeskPorts, input: MessageName): Promise<Claimed | NotClaimed> =>
  transact(ports, 'send-message', async (transaction): Promise<Claimed | NotClaimed> => {
    const desk = await deskFor(ports, transaction, input.journeyId);
    const message = await desk.get(messages, { journeyId: input.journeyId, id: input.messageId });
    if (message === undefined || message.channel === 'call') return { claim: 'none' };
    const lost = message.state === 'planned' ? 'again' : afterLoss(desk, message);
    if (lost !== 'again') return { claim: lost === 'busy' ? 'busy' : 'none' };
    if (message.state === 'planned' && (await asksForNothing(desk, message))) {
      cancelMessage(desk, message, 'task-closed');
      return { claim: 'none' };
    }
    const { clinic, journey, now } = desk;
    const appointment =
      message.appointmentId === null
        ? undefined
        : await desk.get(appointments, { journeyId: journey.id, id: message.appointmentId });
    const contact = await desk.need(contacts, journey.id);
    const to = addressOf(message, contact, clinic);
    const inSession = canWait(message) && (await isInSession(desk));
    const reason =
      skipReason(message, { now, clinic, journey, appointment, inSession }) ??
      ((await saidStop(desk, message, to)) ? 'opted-out' : undefined) ??
      ((await isOneTooMany(desk, message)) ? 'sms-limit' : undefined);
    if (reason !== undefined || !to) {
      close(desk, message, 'skipped', reason ?? 'no-channel');
      if (reason === 'quiet-hours' && mustReach(message.kind)) await callAbout(desk, message);
      if (reason === undefined || OTHER_WAY.has(reason)) await fallBack(desk, message);
      return { claim: 'none' };
    }
    const language = message.to === 'patient' || message.to === 'chaperone' ? journey.language : 'en';
    const { channel } = message;
    const minted = await mintLink(ports.links, desk, message, language);
    const catalogue = desk.library.catalogue(language);
    const values = await valuesFor(desk, message, contact);
    const rendered = renderMessage({
      catalogue,
      kind: message.kind,
      variant: message.variant,
      ...((message.to === 'patient' || message.to === 'chaperone') && { to: message.to }),
      channel,
      language,
      values: { ...values, link: minted?.address },
    });
    // The link stands in the message alone: whoever reads the ledger must not be able to open it.
    const kept = minted === undefined ? rendered.text : rendered.text.replaceAll(minted.address, minted.hidden);
    if (minted !== undefined && kept !== rendered.text) desk.put(links, minted.link);
    desk.put(messages, { ...message, state: 'sending', claimedAt: now, text: kept });
    // A schedule fires and is gone; the outbox remembers the message until somebody has written down what became of it.
    if (message.schedule !== null && message.state === 'planned') desk.follow({ kind: 'send-message', ...input });
    return {
      claim: 'taken',
      channel,
      to,
      subject: rendered.subject ?? '',
      text: rendered.text,
      usefulUntil: message.usefulUntil,
      visit: visitFor(message, appointment, { catalogue, language, values }),
    };
  });
