import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../functions/domain/messages/catalogue.ts';
import { gsm7Length, SMS_LENGTH } from '../../../functions/domain/messages/gsm7.ts';
import { inboundWord } from '../../../functions/domain/messages/inbound-words.ts';
import { leaks } from '../../../functions/domain/messages/leaks.ts';
import { LONGEST, longestValues } from '../../../functions/domain/messages/longest.ts';
import { OCCASIONS, occasionOf } from '../../../functions/domain/messages/occasions.ts';
import { catalogueProblems, parseCatalogue } from '../../../functions/domain/messages/problems.ts';
import { renderMessage } from '../../../functions/domain/messages/render.ts';
import { LANGUAGES, MESSAGE_KINDS } from '../../../functions/domain/names.ts';
import english from '../../../programs/clinic/messages.en.json' with { type: 'json' };
import spanish from '../../../programs/clinic/messages.es.json' with { type: 'json' };

const catalogues = { en: parseCatalogue(english, 'en'), es: parseCatalogue(spanish, 'es') };
const en = catalogues.en;

/** The catalogue after a clinic's edit of one SMS. */
const withSms = (key: string, text: string): Catalogue => ({
  ...en,
  messages: { ...en.messages, [key]: { ...en.messages[key], sms: { text } } },
});
const problemsOf = (catalogue: Catalogue) => catalogueProblems(catalogue, 'en');

describe.each(LANGUAGES)('the %s catalogue that comes with the project', (language) => {
  it('has no problem', () => {
    expect(catalogueProblems(catalogues[language], language)).toEqual([]);
  });

  it.each(
    Object.entries(OCCASIONS).flatMap(([key, { channels }]) => channels.map((channel) => [key, channel] as const)),
  )('says %s by %s without a leak, and in one SMS', (key, channel) => {
    const kind = MESSAGE_KINDS.find((known) => known === key.split('.')[0]) ?? 'welcome';
    const variant = key === kind ? undefined : key.slice(kind.length + 1);
    const values = longestValues(language, 'integration-overdue', { ...LONGEST, taskId: 't12' });
    const { subject, text } = renderMessage({
      catalogue: catalogues[language],
      kind,
      variant,
      channel,
      language,
      values,
    });
    expect(leaks(`${subject} ${text}`, occasionOf(key)?.audience ?? 'chaperone')).toEqual([]);
    expect(text).not.toMatch(/[{}]/);
    if (channel === 'sms') expect(gsm7Length(text)).toBeLessThanOrEqual(SMS_LENGTH);
  });

  // Whoever is reminded of a time by text can confirm it by text (reference 6.3).
  const reminding = Object.keys(catalogues[language].messages).filter((key) =>
    /^(reminder|day-before|chaperone-reminder)\b/.test(key),
  );
  it.each(reminding)('says by text how to confirm %s, with a word that is heeded', (key) => {
    const [name, variant] = key.split('.');
    const kind = MESSAGE_KINDS.find((known) => known === name) ?? 'welcome';
    const full = longestValues(language, 'integration-overdue', LONGEST);
    for (const values of [full, { ...full, link: undefined }]) {
      const { text } = renderMessage({
        catalogue: catalogues[language],
        kind,
        variant,
        channel: 'sms',
        language,
        values,
      });
      const [, word = ''] = /\b(?:Reply|Responda) (\S+) (?:to confirm|para confirmar|si viene)/.exec(text) ?? [];
      expect(inboundWord(word)).toBe('confirm');
    }
  });
});

describe('an edit of the clinic is refused when it', () => {
  it.each([
    [
      'names the treatment',
      'Your ketamine visit is {startsAt}. {clinicName} {clinicPhone}. Reply STOP to opt out.',
      'says "ketamine"',
    ],
    [
      'hides it in a branch',
      '{clinicName} {modality, select, remote {infusion} other {visit}} {startsAt}. STOP',
      'says "infusion"',
    ],
    [
      'is too long',
      `{clinicName} ${'is looking forward to '.repeat(6)}{startsAt}. Reply STOP to opt out.`,
      'characters with the longest values; at most 160',
    ],
    ['drops the time', '{clinicName}: your visit is soon. Reply STOP to opt out.', 'does not name {startsAt}'],
    ['forgets STOP', '{clinicName}: your visit is {startsAt}.', 'does not offer STOP'],
    ['forgets who writes', 'Your visit is {startsAt}. Reply STOP to opt out.', 'does not say who writes'],
    [
      'names an unknown place',
      '{clinicName}: {doctor}, {startsAt}. STOP',
      'names {doctor}; one of clinicName, clinicPhone, startsAt, where',
    ],
    ['names a person in an SMS', '{clinicName}: {firstName}, {startsAt}. STOP', 'names {firstName}'],
    ['has a link of its own', '{clinicName}: {startsAt}, https://cedar.example. STOP', 'holds a web address'],
    ['has braces that do not fit', '{clinicName}: {startsAt. STOP', 'is not a text of ICU MessageFormat'],
    ['names a crisis line', '{clinicName}: {startsAt}. In need call 988. STOP', 'names 988 or 911'],
  ])('%s', (_, text, problem) => {
    const problems = problemsOf(withSms('reminder', text));
    expect(problems.join('\n')).toContain(`messages.reminder.sms.text: `);
    expect(problems.join('\n')).toContain(problem);
  });

  it('tells a chaperone more than pick-up time and place', () => {
    expect(problemsOf(withSms('chaperone-reminder', '{clinicName}: the visit ends {pickUpAt}. STOP'))).toEqual([
      'messages.chaperone-reminder.sms.text: says "visit", which the chaperone may not read here',
    ]);
    expect(problemsOf(withSms('chaperone-reminder', '{clinicName}: {startsAt}, pick-up {pickUpAt}. STOP'))).toEqual([
      expect.stringContaining('names {startsAt}'),
    ]);
  });

  it('leaks through a phrase', () => {
    const where = [' at the infusion center', ''];
    expect(problemsOf({ ...en, phrases: { ...en.phrases, where } })).toEqual([
      'phrases.where[0]: says "infusion", which no patient may read here',
    ]);
    const tells = { ...en, phrases: { ...en.phrases, where: [' after the visit at {place}', ''] } };
    expect(problemsOf(tells)).toContain('messages.chaperone-reminder.sms.text: comes to say "visit"');
  });

  it('leaves a phrase without a form for when nothing is known', () => {
    expect(problemsOf({ ...en, phrases: { ...en.phrases, where: [' at {place}'] } })).toEqual([
      'phrases.where[0]: names {place}; one of clinicName, clinicPhone',
    ]);
  });

  it('leaks through a task line', () => {
    const tasks = { ...en.tasks, 'answer-measure': 'The PHQ-9 is to be answered.' };
    expect(problemsOf({ ...en, tasks })).toContain('tasks.answer-measure: says "phq-9", which no message may say');
  });

  it('leaves out a text, or writes one that nobody gets', () => {
    const { reminder: _, ...messages } = en.messages;
    expect(problemsOf({ ...en, messages })).toEqual([
      'messages.reminder.sms: missing; every kind needs a text for sms, email',
      'messages.reminder.email: missing; every kind needs a text for sms, email',
    ]);
    expect(
      problemsOf({
        ...en,
        messages: { ...en.messages, digest: { ...en.messages.digest, call: { text: '{clinicName}' } } },
      }),
    ).toEqual(['messages.digest.call: is never used; one of email, sms']);
    expect(problemsOf(withSms('remindr', '{clinicName}'))).toEqual([
      'messages.remindr: unknown; a kind of message, or a kind and one of its variants',
    ]);
    expect(problemsOf(withSms('reminder.dinner', '{clinicName}'))).toHaveLength(1);
  });

  it('does not fit with the names of this very clinic', () => {
    const longest = { ...LONGEST, place: 'The Old Riverside Mill, Building C, Third Floor' };
    expect(catalogueProblems(en, 'en', longest)).toContainEqual(
      expect.stringMatching(/^messages\.day-before\.sms\.text: \d+ characters with the longest values; at most 160$/),
    );
  });

  it('is not of the right shape', () => {
    const read = (value: unknown) => () => parseCatalogue(value, 'en');
    expect(read([])).toThrow('messages.en: found a list of 0; allowed: an object');
    expect(read({ ...english, extra: 1 })).toThrow('messages.en: unknown key "extra"');
    expect(read({ ...english, messages: { ...english.messages, reminder: { sms: { text: 7 } } } })).toThrow(
      'messages.en.messages.reminder.sms.text: found 7',
    );
  });
});
