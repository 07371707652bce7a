import { CHANNELS, type Channel, type Language, MESSAGE_KINDS, type MessageKind, TASK_KINDS } from '../names.ts';
import { InputRefused, parseInput } from '../problems.ts';
import { Catalogue, PHRASES, type Text } from './catalogue.ts';
import { gsm7Length, SMS_LENGTH } from './gsm7.ts';
import { leaks } from './leaks.ts';
import { LONGEST, type LongestValues, longestValues } from './longest.ts';
import { type Occasion, OCCASIONS, occasionOf } from './occasions.ts';
import { renderMessage, type Template, template } from './render.ts';
import { type MessageValues, PLACES } from './values.ts';

/** SMS that need not offer the way out: the answer to a STOP, and help in a crisis, where every character counts. */
const WITHOUT_OPT_OUT = ['stop-confirmation', 'crisis-information'];

type Checked = { readonly at: string; readonly key: string; readonly occasion: Occasion; readonly channel: Channel };

const sourceOf = (text: Text): string => (typeof text === 'string' ? text : text.join('\n'));

const compile = (at: string, text: Text, language: Language): { template?: Template; problems: string[] } => {
  try {
    return { template: template(text, language), problems: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [`${at}: is not a text of ICU MessageFormat (${reason})`] };
  }
};

const unknownPlaces = (at: string, { places }: Template, allowed: readonly string[]): string[] =>
  places
    .filter((place) => !allowed.includes(place))
    .map((place) => `${at}: names {${place}}; for this reader and channel one of ${allowed.join(', ')}`);

const wordProblems = ({ at, key, occasion }: Checked, text: string): string[] => [
  ...leaks(text, occasion.audience).map(
    (word) => `${at}: says "${word}", which the ${occasion.audience} may not read here`,
  ),
  ...(/https?:|www\./i.test(text) ? [`${at}: holds a web address; the only one allowed is {link}`] : []),
  ...(key !== 'crisis-information' && /\b(988|911)\b/.test(text)
    ? [`${at}: names 988 or 911; only crisis-information does`]
    : []),
];

/** What a text must hold to be of use and within the law, whatever its words. */
const contentProblems = (
  { at, key, occasion, channel }: Checked,
  source: string,
  places: readonly string[],
): string[] => {
  const outside = occasion.audience === 'patient' || occasion.audience === 'chaperone';
  const optOut = outside && channel === 'sms' && !WITHOUT_OPT_OUT.includes(key) && !/\bSTOP\b/.test(source);
  const sender = !places.includes('clinicName') && !places.includes('signature');
  return [
    ...occasion.names
      .filter((name) => !places.includes(name))
      .map((name) => `${at}: does not name {${name}}, without which it is of no use`),
    ...(optOut ? [`${at}: does not offer STOP; an SMS says how to opt out`] : []),
    ...(sender ? [`${at}: does not say who writes; {clinicName} or {signature}`] : []),
  ];
};

/** The values that make a text longest, and those of a remote visit, once for every task where its line comes in. */
const cases = (places: readonly string[], language: Language, longest: LongestValues): MessageValues[] =>
  (places.includes('taskLine') ? TASK_KINDS : TASK_KINDS.slice(0, 1)).flatMap((kind) => {
    const full = longestValues(language, kind, longest);
    return [full, { ...full, modality: 'remote', place: undefined, link: undefined, firstName: undefined }];
  });

const kindOf = (key: string): MessageKind | undefined => MESSAGE_KINDS.find((kind) => kind === key.split('.')[0]);

const entryProblems = (
  catalogue: Catalogue,
  language: Language,
  longest: LongestValues,
  key: string,
  phrasesHold: boolean,
): string[] => {
  const occasion = occasionOf(key);
  const kind = kindOf(key);
  const entry = catalogue.messages[key];
  if (occasion === undefined || kind === undefined || entry === undefined)
    return [`messages.${key}: unknown; a kind of message, or a kind and one of its variants`];
  const variant = key === kind ? undefined : key.slice(kind.length + 1);

  return CHANNELS.flatMap((channel) => {
    const texts = entry[channel];
    if (texts === undefined) return [];
    const at = `messages.${key}.${channel}`;
    if (!occasion.channels.includes(channel)) return [`${at}: is never used; one of ${occasion.channels.join(', ')}`];
    const allowed = PLACES[occasion.audience].filter(
      (place) => channel !== 'sms' || !['firstName', 'greeting'].includes(place),
    );
    const checked = { at: `${at}.text`, key, occasion, channel };
    const source = sourceOf(texts.text);
    const body = compile(checked.at, source, language);
    const subject = 'subject' in texts ? compile(`${at}.subject`, texts.subject, language) : undefined;
    const problems = [
      ...body.problems,
      ...(subject?.problems ?? []),
      ...(body.template ? unknownPlaces(checked.at, body.template, allowed) : []),
      ...(subject?.template ? unknownPlaces(`${at}.subject`, subject.template, allowed) : []),
      ...wordProblems(checked, source),
      ...('subject' in texts ? wordProblems({ ...checked, at: `${at}.subject` }, texts.subject) : []),
      ...contentProblems(checked, source, body.template?.places ?? occasion.names),
    ];
    if (problems.length > 0 || !phrasesHold) return problems;
    const rendered = cases(body.template?.places ?? [], language, longest).map(
      (values) => renderMessage({ catalogue, kind, variant, channel, language, values }).text,
    );
    const length = channel === 'sms' ? Math.max(...rendered.map(gsm7Length)) : 0;
    return [
      ...new Set(
        rendered.flatMap((text) =>
          leaks(text.replaceAll(longest.link, '').replaceAll(longest.taskId, ''), occasion.audience).map(
            (word) => `${checked.at}: comes to say "${word}"`,
          ),
        ),
      ),
      ...(length > SMS_LENGTH
        ? [`${checked.at}: ${length} characters with the longest values; at most ${SMS_LENGTH}`]
        : []),
    ];
  });
};

/** What every message is given; the last form of a phrase has to do with these. */
const ALWAYS = ['clinicName', 'clinicPhone'];

const phraseProblems = (catalogue: Catalogue, language: Language): string[] =>
  PHRASES.flatMap((phrase) =>
    catalogue.phrases[phrase].flatMap((source, index, alternatives) => {
      const at = `phrases.${phrase}[${index}]`;
      const { template: compiled, problems } = compile(at, source, language);
      const facts = PLACES.patient.filter((place) => !PHRASES.some((other) => other === place));
      const unsure = compiled?.places.filter((place) => !ALWAYS.includes(place)) ?? [];
      const last = index === alternatives.length - 1 && unsure.length > 0;
      return [
        ...problems,
        ...(compiled ? unknownPlaces(at, compiled, facts) : []),
        ...(last
          ? [`${at}: names {${unsure.join('}, {')}}; the last form goes without, for when that is not known`]
          : []),
        ...leaks(source, 'patient').map((word) => `${at}: says "${word}", which no patient may read here`),
      ];
    }),
  );

const taskProblems = (catalogue: Catalogue): string[] =>
  TASK_KINDS.flatMap((kind) => {
    const line = catalogue.tasks[kind];
    return [
      ...(/[{}<>]/.test(line) ? [`tasks.${kind}: has braces; a plain sentence`] : []),
      ...leaks(line, 'staff').map((word) => `tasks.${kind}: says "${word}", which no message may say`),
    ];
  });

const missingTexts = (catalogue: Catalogue): string[] =>
  Object.entries(OCCASIONS).flatMap(([key, { channels }]) =>
    channels
      .filter((channel) => catalogue.messages[key]?.[channel] === undefined)
      .map((channel) => `messages.${key}.${channel}: missing; every kind needs a text for ${channels.join(', ')}`),
  );

/**
 * Everything that forbids using a catalogue, one line each: a text that is missing, does not parse, names what its
 * sender does not give, gives the treatment away, or is too long for one SMS. `longest` are the clinic's own values.
 */
export const catalogueProblems = (
  catalogue: Catalogue,
  language: Language,
  longest: LongestValues = LONGEST,
): string[] => {
  const phrases = phraseProblems(catalogue, language);
  return [
    ...phrases,
    ...taskProblems(catalogue),
    ...missingTexts(catalogue),
    ...Object.keys(catalogue.messages).flatMap((key) =>
      entryProblems(catalogue, language, longest, key, phrases.length === 0),
    ),
  ];
};

/** Reads a clinic's texts of one language, or throws InputRefused with one line a problem. */
export const parseCatalogue = (
  value: unknown,
  language: Language,
  root = `messages.${language}`,
  longest: LongestValues = LONGEST,
): Catalogue => {
  const catalogue = parseInput(Catalogue, value, root);
  const problems = catalogueProblems(catalogue, language, longest);
  if (problems.length > 0) throw new InputRefused(problems.map((problem) => `${root}.${problem}`));
  return catalogue;
};
