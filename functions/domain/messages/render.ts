import { IntlMessageFormat } from 'intl-messageformat';
import { type Channel, type Language, type MessageKind, TASK_KINDS } from '../names.ts';
import { type Catalogue, PHRASES, type Phrase, type Text } from './catalogue.ts';
import { digestPlace, isDigestPlace } from './digest-places.ts';
import { gsm7Length, SMS_LENGTH, toGsm7 } from './gsm7.ts';
import { type Audience, keyFor, occasionOf } from './occasions.ts';
import { type MessageValues, placeValue } from './values.ts';

/** A catalogue has no text for this occasion and channel. */
export class MessageTemplateMissing extends Error {
  override readonly name = 'MessageTemplateMissing';
  readonly key: string;
  readonly channel: Channel;
  constructor(key: string, channel: Channel, language: Language) {
    super(`the ${language} catalogue has no ${channel} text for ${key}`);
    this.key = key;
    this.channel = channel;
  }
}

/** A text names something that its sender did not give. */
export class MessageValueMissing extends Error {
  override readonly name = 'MessageValueMissing';
  readonly key: string;
  readonly value: string;
  constructor(key: string, value: string) {
    super(`${key} names ${value}, which was not given`);
    this.key = key;
    this.value = value;
  }
}

/** A text ready to be filled, and the places it has. */
export type Template = { readonly format: IntlMessageFormat; readonly places: readonly string[] };

type Elements = ReturnType<IntlMessageFormat['getAst']>;

const placesOf = (elements: Elements): string[] =>
  elements.flatMap((element) => {
    if (!('value' in element) || element.type === 0) return [];
    const inner = 'options' in element ? Object.values(element.options).flatMap(({ value }) => placesOf(value)) : [];
    return [element.value, ...inner];
  });

/** Compiles one text; throws the parser's SyntaxError when its braces do not fit. */
export const template = (text: Text, language: Language): Template => {
  const source = typeof text === 'string' ? text : text.join('\n');
  const format = new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
  return { format, places: [...new Set(placesOf(format.getAst()))] };
};

type Compiled = { readonly subject?: Template; readonly text: Template };
type Cache = { readonly phrases: Map<Phrase, Template[]>; readonly messages: Map<string, Compiled> };
const caches = new WeakMap<Catalogue, Record<Language, Cache>>();
const newCache = (): Cache => ({ phrases: new Map(), messages: new Map() });

// Compiling takes 200 times as long as filling, and a run sends the same few texts a hundred thousand times.
const cacheOf = (catalogue: Catalogue, language: Language): Cache => {
  let both = caches.get(catalogue);
  if (both === undefined) {
    both = { en: newCache(), es: newCache() };
    caches.set(catalogue, both);
  }
  return both[language];
};

const isPhrase = (name: string): name is Phrase => PHRASES.some((phrase) => phrase === name);

/** What to render: the occasion (`variant` as in `booking-confirmation.consult`), the channel, and what is known. */
export type Rendering = {
  readonly catalogue: Catalogue;
  readonly kind: MessageKind;
  readonly variant?: string | null | undefined;
  /** Whom it goes to; when given, a text for anybody else is refused. */
  readonly to?: Audience | undefined;
  readonly channel: Channel;
  readonly language: Language;
  readonly values: MessageValues;
};

const compiledFor = (rendering: Rendering, cache: Cache): Compiled => {
  const { catalogue, kind, variant, to, channel, language } = rendering;
  const id = `${kind} ${variant} ${to} ${channel}`;
  const known = cache.messages.get(id);
  if (known !== undefined) return known;
  const own = keyFor(kind, variant, to);
  const reader = occasionOf(own)?.audience;
  if (to !== undefined && reader !== to) throw new MessageTemplateMissing(`${own} to ${to}`, channel, language);
  // A kind's own text may serve its variants, but never for another audience.
  const fallback = reader === occasionOf(kind)?.audience ? kind : own;
  const entries = [catalogue.messages[own], catalogue.messages[fallback]];
  const text = entries.find((entry) => entry?.[channel] !== undefined)?.[channel]?.text;
  if (text === undefined) throw new MessageTemplateMissing(own, channel, language);
  const subject = entries.find((entry) => entry?.email !== undefined)?.email?.subject;
  const compiled = {
    text: template(text, language),
    ...(channel === 'email' && subject !== undefined ? { subject: template(subject, language) } : {}),
  };
  cache.messages.set(id, compiled);
  return compiled;
};

type Places = Record<string, string | number>;

/** Fills a text; where something is not known, the name of that place instead. */
const fill = ({ format, places }: Template, value: (place: string) => string | number | undefined) => {
  const given: Places = {};
  for (const place of places) {
    const known = value(place);
    if (known === undefined) return { missing: place };
    given[place] = known;
  }
  return { text: String(format.format(given)) };
};

/** The first form of a phrase whose places are all known; its last form names only what always is. */
export const renderPhrase = (
  name: Phrase,
  { catalogue, language, values }: Pick<Rendering, 'catalogue' | 'language' | 'values'>,
): string | undefined => {
  const { phrases } = cacheOf(catalogue, language);
  let alternatives = phrases.get(name);
  if (alternatives === undefined) {
    alternatives = catalogue.phrases[name].map((source) => template(source, language));
    phrases.set(name, alternatives);
  }
  for (const alternative of alternatives) {
    const { text } = fill(alternative, (place) => placeValue(place, values, language));
    if (text !== undefined) return text;
  }
  return undefined;
};

/** What an SMS without room for all leaves out: whose clock it is, then the place of a pick-up, which its link shows as well. */
const withFewer = ({ kind, variant, to, values }: Rendering): MessageValues | undefined => {
  if (values.clinicZone !== undefined) return { ...values, clinicZone: undefined };
  const isPickUp = occasionOf(keyFor(kind, variant, to))?.audience === 'chaperone';
  return isPickUp && values.link !== undefined && values.place !== undefined
    ? { ...values, place: undefined }
    : undefined;
};

/** Writes one message: fills the clinic's text for the occasion, in the reader's language and zone. */
export const renderMessage = (rendering: Rendering): { readonly subject?: string; readonly text: string } => {
  const { catalogue, kind, channel, language, values } = rendering;
  const taskKind = values.taskKind ?? TASK_KINDS.find((each) => each === rendering.variant);
  const part = (place: string) => {
    if (place === 'taskLine') return taskKind && catalogue.tasks[taskKind];
    if (values.digest !== undefined && isDigestPlace(place)) return digestPlace(place, values.digest, rendering);
    return isPhrase(place) ? renderPhrase(place, rendering) : placeValue(place, values, language);
  };
  const write = (source: Template): string => {
    const { text, missing } = fill(source, part);
    if (text === undefined) throw new MessageValueMissing(kind, missing);
    return text;
  };

  const { subject, text } = compiledFor(rendering, cacheOf(catalogue, language));
  if (channel === 'sms') {
    const short = toGsm7(write(text));
    const fewer = gsm7Length(short) <= SMS_LENGTH ? undefined : withFewer(rendering);
    return fewer === undefined ? { text: short } : renderMessage({ ...rendering, values: fewer });
  }
  return subject === undefined ? { text: write(text) } : { subject: write(subject), text: write(text) };
};
