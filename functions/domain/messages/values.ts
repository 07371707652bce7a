import type { Language, Modality, TaskKind } from '../names.ts';
import type { DigestLine } from '../tasks/digest.ts';
import { toMs } from '../time/instants.ts';
import { offsetAt, zoneAbbreviation } from '../time/zones.ts';

/** What a message is filled with; instants are formatted in `zone`, everything that is left out simply is not known. */
export type MessageValues = {
  readonly clinicName: string;
  /** E.164, e.g. `+12065550100`. */
  readonly clinicPhone: string;
  /** The zone of whoever reads it. */
  readonly zone: string;
  /** The clinic's zone: where its clocks show another time, a time says whose it is. */
  readonly clinicZone?: string | undefined;
  readonly firstName?: string | undefined;
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
  readonly oldStartsAt?: string | undefined;
  readonly pickUpAt?: string | undefined;
  readonly oldPickUpAt?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly place?: string | undefined;
  readonly modality?: Modality | undefined;
  /** Of a page that shows nothing before the reader has signed in. */
  readonly link?: string | undefined;
  readonly taskKind?: TaskKind | undefined;
  /** Of a task or an offer, as staff and partners look it up. */
  readonly taskId?: string | undefined;
  /** The tasks of a digest; their numbers come from them. */
  readonly digest?: readonly DigestLine[] | undefined;
};

const INSTANTS = ['startsAt', 'oldStartsAt', 'pickUpAt', 'oldPickUpAt', 'dueAt'] as const;
const PLAIN = ['clinicName', 'firstName', 'place', 'modality', 'link', 'taskId'] as const;
type Instant = (typeof INSTANTS)[number];
type Plain = (typeof PLAIN)[number];

/** What every message is given. */
export const ALWAYS = ['clinicName', 'clinicPhone'] as const;

/** What a message is given where it is known: phrases may name it, since they have a form for when it is not. */
export const SOMETIMES = ['firstName', 'place', 'modality', 'link', 'dueAt', 'endsAt'] as const;

type Style = 'moment' | 'time';
const day = { weekday: 'short', month: 'short', day: 'numeric' } as const;
const clock = {
  en: { hour: 'numeric', minute: '2-digit' },
  es: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatIn = (style: Style, language: Language, timeZone: string): Intl.DateTimeFormat => {
  const key = `${style} ${language} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, { timeZone, ...(style === 'moment' ? day : {}), ...clock[language] });
  formats.set(key, made);
  return made;
};

/** An instant as people read it: `Tue, Mar 3, 2:00 PM`, `mar, 3 mar, 14:00`. */
export const formatMoment = (instant: string, language: Language, zone: string): string =>
  formatIn('moment', language, zone).format(toMs(instant));

/** Which zone's time it is, where reader and clinic have different clocks: whoever travels to a visit must not guess. */
const zoneNamed = (instant: string, { zone, clinicZone = zone }: MessageValues): string => {
  const ms = toMs(instant);
  return offsetAt(zone, ms) === offsetAt(clinicZone, ms) ? '' : ` ${zoneAbbreviation(zone, ms)}`;
};

/** A telephone number as people dial it: `206-555-0100`; other countries keep theirs. */
const formatPhone = (phone: string): string => phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');

const isInstant = (name: string): name is Instant => INSTANTS.some((instant) => instant === name);
const isPlain = (name: string): name is Plain => PLAIN.some((plain) => plain === name);

/** What stands in a place, or undefined when it is not known; the phrases and the task's line are the catalogue's. */
export const placeValue = (name: string, values: MessageValues, language: Language): string | number | undefined => {
  if (name === 'clinicPhone') return formatPhone(values.clinicPhone);
  if (name === 'endsAt') return values.endsAt && formatIn('time', language, values.zone).format(toMs(values.endsAt));
  if (isPlain(name)) return values[name];
  if (!isInstant(name)) return undefined;
  const instant = values[name];
  return instant && `${formatMoment(instant, language, values.zone)}${zoneNamed(instant, values)}`;
};
