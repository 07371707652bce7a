import type { Channel, Language } from '../names.ts';
import type { Text } from './catalogue.ts';
import { leaks } from './leaks.ts';
import { type Occasion, placesFor } from './occasions.ts';
import { type Template, template } from './render.ts';

/** SMS that need not offer the way out: the answer to a STOP, and help in a crisis, where every character counts. */
const WITHOUT_OPT_OUT = ['stop-confirmation', 'crisis-information'];

/** Where a text stands and what it is for; `at` is its path in the catalogue. */
export type Checked = {
  readonly at: string;
  readonly key: string;
  readonly occasion: Occasion;
  readonly channel: Channel;
  readonly language: Language;
};

const sourceOf = (text: Text): string => (typeof text === 'string' ? text : text.join('\n'));

/** A text compiled, or the problem with its braces. */
export const compile = (at: string, text: Text, language: Language): { template?: Template; problems: string[] } => {
  try {
    return { template: template(text, language), problems: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [`${at}: is not a text of ICU MessageFormat (${reason})`] };
  }
};

/** The places of a text that are not among those allowed. */
export const unknownPlaces = (at: string, { places }: Template, allowed: readonly string[]): string[] =>
  places
    .filter((place) => !allowed.includes(place))
    .map((place) => `${at}: names {${place}}; one of ${allowed.join(', ')}`);

/** What is wrong with a text or a subject as it is written, whatever it is filled with. */
export const wordingProblems = (checked: Checked, text: Text): string[] => {
  const { at, key, occasion, channel, language } = checked;
  const source = sourceOf(text);
  const { template: compiled, problems } = compile(at, text, language);
  return [
    ...problems,
    ...(compiled ? unknownPlaces(at, compiled, placesFor(occasion, channel)) : []),
    ...leaks(source, occasion.audience).map(
      (word) => `${at}: says "${word}", which the ${occasion.audience} may not read here`,
    ),
    ...(/https?:|www\./i.test(source) ? [`${at}: holds a web address; {reach} opens the one that is allowed`] : []),
    ...(key !== 'crisis-information' && /\b(988|911)\b/.test(source)
      ? [`${at}: names 988 or 911; only crisis-information does`]
      : []),
  ];
};

/** What a text lacks to be of use and within the law. */
export const omissions = ({ at, key, occasion, channel, language }: Checked, text: Text): string[] => {
  const places = compile(at, text, language).template?.places;
  if (places === undefined) return [];
  const outside = occasion.audience === 'patient' || occasion.audience === 'chaperone';
  const optOut = outside && channel === 'sms' && !WITHOUT_OPT_OUT.includes(key) && !/\bSTOP\b/.test(sourceOf(text));
  const sender = !places.includes('clinicName') && !places.includes('signature');
  return [
    ...occasion.names
      .filter((name) => !places.includes(name))
      .map((name) => `${at}: does not name {${name}}, without which it is of no use`),
    ...(optOut ? [`${at}: does not offer STOP; an SMS says how to opt out`] : []),
    ...(sender ? [`${at}: does not say who writes; {clinicName} or {signature}`] : []),
  ];
};
