import { APPOINTMENT_KINDS, type Channel, type MessageKind, TASK_KINDS } from '../names.ts';
import type { Phrase } from './catalogue.ts';
import { DIGEST_PLACES } from './digest-places.ts';
import { ALWAYS } from './values.ts';

/** Whom a text is written for; each may learn less than the one before (reference 6.3). */
export const AUDIENCES = ['staff', 'partner', 'patient', 'chaperone'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Occasions with an audience or with names of their own: most go to the chaperone though their kind is the patient's. */
export type OwnVariant =
  | 'chaperone-reminder.at-home'
  | 'time-changed.pick-up'
  | 'time-changed.at-home'
  | 'appointment-cancelled.pick-up'
  | 'appointment-cancelled.at-home'
  | 'chaperone-changed.released'
  | 'chaperone-changed.released-at-home';

/**
 * One occasion to write: for whom, over which channels in the order in which they are tried (`call` last, the script for
 * a person), what its sender always gives and every text must name to be of use, and in which variants it may be worded.
 */
export type Occasion = {
  readonly audience: Audience;
  readonly channels: readonly Channel[];
  readonly names: readonly string[];
  readonly variants: readonly string[];
};

const TEXT_FIRST = ['sms', 'email'] as const;
const MAIL_FIRST = ['email', 'sms'] as const;

const occasion =
  (audience: Audience) =>
  (channels: readonly Channel[], names: readonly string[] = [], variants: readonly string[] = []): Occasion => ({
    audience,
    channels,
    names,
    variants,
  });
const patient = occasion('patient');
const chaperone = occasion('chaperone');
const staff = occasion('staff');
const partner = occasion('partner');

/**
 * Every kind of message. A kind that lists `call` must not be lost: where no channel is left, or none delivers, a person
 * calls. Variants share the audience and the channels of their kind and may be left out, then the kind's own text serves.
 */
export const OCCASIONS: Readonly<Record<MessageKind | OwnVariant, Occasion>> = {
  page: staff(TEXT_FIRST, ['taskId']),
  'crisis-information': patient([...TEXT_FIRST, 'call']),
  'home-safe': patient([...TEXT_FIRST, 'call']),
  'check-in': patient([...TEXT_FIRST, 'call']),
  'chaperone-changed': patient([...TEXT_FIRST, 'call'], [], ['named', 'none', 'named-at-home', 'none-at-home']),
  'chaperone-changed.released': chaperone([...TEXT_FIRST, 'call'], ['pickUpAt']),
  'chaperone-changed.released-at-home': chaperone(['sms', 'call'], ['startsAt']),
  task: staff(MAIL_FIRST, ['taskLine', 'taskId', 'dueAt'], TASK_KINDS),
  nudge: staff(MAIL_FIRST, ['taskLine', 'taskId', 'dueAt'], TASK_KINDS),
  escalation: staff(MAIL_FIRST, ['taskLine', 'taskId', 'dueAt'], TASK_KINDS),
  digest: staff(MAIL_FIRST, ['count', 'overdue']),
  'partner-offer': partner(MAIL_FIRST, ['taskId', 'dueAt']),
  'partner-withdrawn': partner(MAIL_FIRST, ['taskId'], ['care']),
  'partner-continuation': partner(MAIL_FIRST, ['taskId'], ['transfer']),
  reminder: patient(TEXT_FIRST, ['startsAt'], APPOINTMENT_KINDS),
  'day-before': patient(TEXT_FIRST, ['startsAt'], APPOINTMENT_KINDS),
  'ride-and-rest': patient(TEXT_FIRST, ['startsAt'], ['at-home']),
  'form-request': patient(TEXT_FIRST, [], TASK_KINDS),
  'chaperone-reminder': chaperone(TEXT_FIRST, ['pickUpAt']),
  'chaperone-reminder.at-home': chaperone(['sms'], ['startsAt']),
  welcome: patient([...MAIL_FIRST, 'call']),
  'booking-confirmation': patient([...MAIL_FIRST, 'call'], ['startsAt'], [...APPOINTMENT_KINDS, 'at-home']),
  'time-changed': patient([...TEXT_FIRST, 'call'], ['startsAt', 'oldStartsAt'], APPOINTMENT_KINDS),
  'time-changed.pick-up': chaperone([...TEXT_FIRST, 'call'], ['pickUpAt']),
  'time-changed.at-home': chaperone(['sms', 'call'], ['startsAt']),
  'appointment-cancelled': patient([...TEXT_FIRST, 'call'], ['startsAt'], APPOINTMENT_KINDS),
  'appointment-cancelled.pick-up': chaperone([...TEXT_FIRST, 'call'], ['pickUpAt']),
  'appointment-cancelled.at-home': chaperone(['sms', 'call'], ['startsAt']),
  expectation: patient(MAIL_FIRST),
  education: patient(MAIL_FIRST),
  decline: patient(MAIL_FIRST),
  pause: patient(MAIL_FIRST, [], ['owed']),
  resume: patient(MAIL_FIRST),
  goodbye: patient(MAIL_FIRST),
  'therapist-changed': patient(MAIL_FIRST, [], ['elsewhere']),
  // One text that confirms a STOP is allowed (reference 6.4).
  'stop-confirmation': patient(TEXT_FIRST),
  'follow-up': patient(MAIL_FIRST),
};

/** The phrases that a reader's texts may use; a chaperone learns pick-up time and place, nothing else (reference 6.3). */
const PHRASES_FOR: Readonly<Record<Audience, readonly Phrase[]>> = {
  staff: ['reach', 'open', 'answer', 'signature'],
  partner: ['reach', 'open', 'signature'],
  patient: ['greeting', 'where', 'by', 'reach', 'open', 'change', 'signature'],
  chaperone: ['where', 'coming', 'stillComing', 'signature'],
};

/** The places that a text may have: what its sender surely gives, and phrases; an SMS greets nobody by name. */
export const placesFor = ({ audience, names }: Occasion, channel: Channel): string[] => [
  ...ALWAYS,
  ...names,
  ...(names.includes('count') ? DIGEST_PLACES : []),
  ...PHRASES_FOR[audience].filter((phrase) => channel !== 'sms' || phrase !== 'greeting'),
];

const isOccasion = (key: string): key is keyof typeof OCCASIONS => Object.hasOwn(OCCASIONS, key);

/** The occasion that a catalogue's key writes for: `kind`, `kind.variant`, or nothing if there is none. */
export const occasionOf = (key: string): Occasion | undefined => {
  if (isOccasion(key)) return OCCASIONS[key];
  const dot = key.indexOf('.');
  const kind = key.slice(0, Math.max(dot, 0));
  if (!isOccasion(kind)) return undefined;
  return OCCASIONS[kind].variants.includes(key.slice(dot + 1)) ? OCCASIONS[kind] : undefined;
};

/** The key of a message's text for a reader: the chaperone never gets what was written for the patient. */
export const keyFor = (kind: MessageKind, variant: string | null | undefined, reader?: Audience): string => {
  const named = variant ? `${kind}.${variant}` : kind;
  if (reader === undefined || occasionOf(named)?.audience === reader) return named;
  return (
    Object.keys(OCCASIONS).find((key) => key.startsWith(`${kind}.`) && occasionOf(key)?.audience === reader) ?? named
  );
};

/** Whether a person must call where this message reaches nobody by itself; any other is skipped with the reason `no-channel`. */
export const mustReach = (kind: MessageKind): boolean => OCCASIONS[kind].channels.includes('call');
