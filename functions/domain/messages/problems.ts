import { CHANNELS, type Language, MESSAGE_KINDS, TASK_KINDS } from '../names.ts';
import { InputRefused, parseInput } from '../problems.ts';
import { Catalogue, PHRASES } from './catalogue.ts';
import { gsm7Length, SMS_LENGTH } from './gsm7.ts';
import { leaks } from './leaks.ts';
import { LONGEST, type LongestValues, longestValues } from './longest.ts';
import { OCCASIONS, occasionOf } from './occasions.ts';
import { renderMessage } from './render.ts';
import { type Checked, compile, omissions, unknownPlaces, wordingProblems } from './text-problems.ts';
import { ALWAYS, type MessageValues, SOMETIMES } from './values.ts';

/** The values that make a text longest, those without a link, and those of a remote visit, once for every task where its line comes in. */
const cases = ({ occasion, language }: Checked, longest: LongestValues): MessageValues[] =>
  (occasion.names.includes('taskLine') ? TASK_KINDS : TASK_KINDS.slice(0, 1)).flatMap((kind) => {
    const full = longestValues(language, kind, longest);
    const unlinked = { ...full, link: undefined };
    return [full, unlinked, { ...unlinked, modality: 'remote', place: undefined, firstName: undefined }];
  });

/** What is wrong with a text only once it is filled: a phrase that leaks to this reader, an SMS that gets too long. */
const filledProblems = (checked: Checked, catalogue: Catalogue, longest: LongestValues): string[] => {
  const { at, key, channel, language, occasion } = checked;
  const [kind, variant] = [MESSAGE_KINDS.find((known) => known === key.split('.')[0]), key.split('.')[1]];
  if (kind === undefined) return [];
  const texts = cases(checked, longest).map(
    (values) => renderMessage({ catalogue, kind, variant, channel, language, values }).text,
  );
  const words = texts.flatMap((text) =>
    leaks(text.replaceAll(longest.link, '').replaceAll(longest.taskId, ''), occasion.audience),
  );
  const length = channel === 'sms' ? Math.max(...texts.map(gsm7Length)) : 0;
  return [
    ...[...new Set(words)].map((word) => `${at}: comes to say "${word}"`),
    ...(length > SMS_LENGTH ? [`${at}: ${length} characters with the longest values; at most ${SMS_LENGTH}`] : []),
  ];
};

const entryProblems = (catalogue: Catalogue, language: Language, key: string, fill: (checked: Checked) => string[]) => {
  const occasion = occasionOf(key);
  if (occasion === undefined) return [`messages.${key}: unknown; a kind of message, or a kind and one of its variants`];
  return CHANNELS.flatMap((channel) => {
    const texts = catalogue.messages[key]?.[channel];
    if (texts === undefined) return [];
    const at = `messages.${key}.${channel}`;
    if (!occasion.channels.includes(channel)) return [`${at}: is never used; one of ${occasion.channels.join(', ')}`];
    const checked = { at: `${at}.text`, key, occasion, channel, language };
    const problems = [
      ...('subject' in texts ? wordingProblems({ ...checked, at: `${at}.subject` }, texts.subject) : []),
      ...wordingProblems(checked, texts.text),
      ...omissions(checked, texts.text),
    ];
    return problems.length > 0 ? problems : fill(checked);
  });
};

const phraseProblems = (catalogue: Catalogue, language: Language): string[] =>
  PHRASES.flatMap((phrase) =>
    catalogue.phrases[phrase].flatMap((source, index, alternatives) => {
      const at = `phrases.${phrase}[${index}]`;
      const { template, problems } = compile(at, source, language);
      // The last form is for when nothing is known; without it a message would fail at the moment of sending.
      const allowed = index === alternatives.length - 1 ? ALWAYS : [...ALWAYS, ...SOMETIMES];
      return [
        ...problems,
        ...(template ? unknownPlaces(at, template, allowed) : []),
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
  const fill = (checked: Checked) => (phrases.length > 0 ? [] : filledProblems(checked, catalogue, longest));
  return [
    ...phrases,
    ...taskProblems(catalogue),
    ...missingTexts(catalogue),
    ...Object.keys(catalogue.messages).flatMap((key) => entryProblems(catalogue, language, key, fill)),
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
