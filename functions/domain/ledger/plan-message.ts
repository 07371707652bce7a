import type { Clinic } from '../clinic/clinic.ts';
import { personOf } from '../clinic/roster.ts';
import type { Contact, Journey } from '../journey/journey.ts';
import type { Message } from '../journey/message.ts';
import { channelOrder } from '../messages/channels.ts';
import { mustReach } from '../messages/occasions.ts';
import { type Channel, MESSAGES, type MessageClass, type MessageKind } from '../names.ts';
import { calendarOf } from '../tasks/assignee.ts';
import type { Instant } from '../time/instants.ts';
import { minus, plus } from '../time/instants.ts';
import { planSending } from '../time/sending-hours.ts';
import { nextWorking } from '../time/working-hours.ts';

/** A notification that somebody is to get: to whom, about what, from when, and until when it is of use. */
export type Wish = {
  readonly kind: MessageKind;
  readonly variant?: string;
  readonly to: 'patient' | 'chaperone' | 'staff' | 'partner';
  /** The practitioner or partner; the patient and the chaperone have one id in a journey. */
  readonly person: string;
  readonly sendAt: Instant;
  readonly usefulUntil?: Instant;
  readonly channels?: readonly Channel[];
  readonly appointment?: { readonly id: string; readonly revision: number; readonly startsAt: Instant };
  readonly oldStartsAt?: Instant;
  readonly taskId?: string;
  readonly rule?: string;
  readonly digest?: Message['digest'];
  /** Whoever is on call is told at once. */
  readonly atAnyHour?: boolean;
};

/** Where a message goes and when; or why it goes nowhere, and whether a person must call instead. */
export type Route =
  | { readonly go: true; readonly channel: Channel; readonly sendAt: Instant }
  | { readonly go: false; readonly channel: Channel; readonly reason: string; readonly call: boolean };

/** These two may go out at any hour (rehearsal section 5). */
const AT_ANY_HOUR: ReadonlySet<MessageKind> = new Set(['crisis-information', 'stop-confirmation']);

/** A message about an appointment less than a day ahead may be a safety message; of one that moves, the time that no longer holds counts too. */
export const classOf = (
  { kind, appointment, oldStartsAt }: Pick<Wish, 'kind' | 'appointment' | 'oldStartsAt'>,
  now: Instant,
): MessageClass => {
  const named: { class: MessageClass; near?: MessageClass } = MESSAGES[kind];
  const isNear = [appointment?.startsAt, oldStartsAt].some((at) => at !== undefined && now > minus(at, 'PT24H'));
  return named.near !== undefined && isNear ? named.near : named.class;
};

/** The channels on which the patient or the chaperone may be written to, first to last. */
export const openChannels = (wish: Wish, journey: Journey, contact: Contact): Channel[] =>
  wish.to === 'chaperone'
    ? contact.chaperone === null
      ? []
      : ['sms']
    : channelOrder({
        kind: wish.kind,
        consents: journey.consents,
        mobile: contact.mobile,
        email: contact.email,
        optedOut: journey.smsStopped,
        ...(wish.channels !== undefined && { channels: wish.channels }),
      });

/** How a message reaches the patient or the chaperone: inside sending hours of the patient's zone, before it is of no use. */
export const routeToPatient = (
  wish: Wish,
  { journey, contact, clinic, now }: { journey: Journey; contact: Contact; clinic: Clinic; now: Instant },
  tried: readonly Channel[] = [],
): Route => {
  if (journey.ending?.kind === 'died') return { go: false, channel: 'call', reason: 'died', call: false };
  const channel = openChannels(wish, journey, contact).find((each) => !tried.includes(each));
  if (channel === undefined) return { go: false, channel: 'call', reason: 'no-channel', call: mustReach(wish.kind) };
  if (AT_ANY_HOUR.has(wish.kind)) return { go: true, channel, sendAt: wish.sendAt > now ? wish.sendAt : now };
  const plan = planSending({
    dueAt: wish.sendAt,
    usefulUntil: wish.usefulUntil,
    zone: journey.zone,
    sending: clinic.sending,
    now,
  });
  if (plan.kind === 'send') return { go: true, channel, sendAt: plan.at };
  return {
    go: false,
    channel,
    reason: 'quiet-hours',
    call: mustReach(wish.kind) || MESSAGES[wish.kind].class === 'safety',
  };
};

/** How a message reaches somebody of the clinic or of a partner: when they work; a page at any hour. */
export const routeToStaff = (
  wish: Wish,
  { clinic, now }: { clinic: Clinic; now: Instant },
  tried: readonly Channel[] = [],
): Route => {
  const person = personOf(clinic, wish.person);
  const preferred: Channel = wish.kind === 'digest' ? 'email' : (person?.notifyBy ?? 'email');
  const channel = [preferred, 'email' as const, 'sms' as const].find((each) => !tried.includes(each));
  if (channel === undefined) return { go: false, channel: preferred, reason: 'no-channel', call: false };
  const from = wish.sendAt > now ? wish.sendAt : now;
  const opening =
    wish.kind === 'page' || wish.atAnyHour === true ? from : nextWorking(from, calendarOf(clinic, wish.person));
  return { go: true, channel, sendAt: opening ?? from };
};

/** Schedules fire up to a minute late, so what is due within two minutes is sent from the outbox (aws-scheduler: one-minute precision). */
export const isDueNow = (sendAt: Instant, now: Instant): boolean => sendAt <= plus(now, 'PT2M');

const LONGEST_NAME = 64;

/** Two 32-bit FNV-1a sums over the text, one from each end: enough to tell the messages of one journey apart. */
const sums = (text: string): string => {
  let forward = 0x811c9dc5;
  let backward = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    forward = Math.imul(forward ^ text.charCodeAt(at), 0x01000193) >>> 0;
    backward = Math.imul(backward ^ text.charCodeAt(text.length - 1 - at), 0x01000193) >>> 0;
  }
  return `${forward.toString(36)}${backward.toString(36)}`;
};

/** A schedule's name, the same for the same message: at most 64 characters of letters, digits, dots, dashes and underscores (EventBridge Scheduler). */
export const scheduleName = (journeyId: string, messageId: string): string => {
  const name = `${journeyId}.${messageId}`;
  return name.length <= LONGEST_NAME ? name : `${journeyId}.${sums(messageId)}`;
};

/** The ledger's row id: person, kind, occurrence, revision and attempt; claiming it is what makes a second sending impossible. */
export const messageIdOf = (
  message: Pick<Message, 'kind' | 'person' | 'occurrence' | 'revision' | 'attempt'>,
): string => `${message.kind}-${message.person}-${message.occurrence}-${message.revision}-${message.attempt}`;
