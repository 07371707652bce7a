import { html } from 'hono/html';
import * as z from 'zod';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import { LANGUAGES } from '../../functions/domain/names.ts';
import { parseInput } from '../../functions/domain/problems.ts';
import { choice, type Filled, line, refusals, tick } from '../../functions/handlers/app/forms/fields.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import type { Reader } from '../rehearsal/phrases.ts';
import type { Ask } from './asking.ts';

type Program = { readonly id: string; readonly title: string };

/** The programs that a patient can ask for, each once. */
export const readPrograms = async (ask: Ask): Promise<readonly Program[]> => {
  const { items } = (await ask(OPERATIONS['list-programs'])).answer;
  return [...new Map(items.map(({ id, title }) => [id, { id, title }])).values()];
};

const ticked = z.literal('yes').optional();

const Form = z.strictObject({
  key: z.uuid(),
  firstName: z.string(),
  bornOn: z.string(),
  program: z.string(),
  zone: z.string(),
  language: z.enum(LANGUAGES),
  therapist: z.enum(['none', 'own']),
  mobile: z.string(),
  email: z.string(),
  reasons: z.string(),
  goals: z.string(),
  sms: ticked,
  emails: ticked,
  openToReflection: ticked,
  willAttendIntegration: ticked,
});

const orNone = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const listed = (text: string): string[] => text.split(',').flatMap((each) => orNone(each) ?? []);

/** Asks for a first conversation in a patient's name; gives the journey that begins. */
export const requestConsult = async (ask: Ask, fields: unknown): Promise<string> => {
  const { key, firstName, bornOn, program, zone, language, therapist, mobile, email, ...form } = parseInput(
    Form,
    fields,
    'form',
  );
  const { answer } = await ask(OPERATIONS['request-consult'], {
    key,
    body: {
      patientId: `p-${key}`,
      firstName: firstName.trim(),
      bornOn: orNone(bornOn),
      program: { id: program },
      zone: zone.trim(),
      language,
      therapist,
      mobile: orNone(mobile),
      email: orNone(email),
      consents: { sms: form.sms === 'yes', email: form.emails === 'yes' },
      fit: {
        reasons: listed(form.reasons),
        goals: listed(form.goals),
        openToReflection: form.openToReflection === 'yes',
        willAttendIntegration: form.willAttendIntegration === 'yes',
      },
    },
  });
  return answer.journeyId;
};

const LANGUAGE_WORDS = { en: 'English', es: 'Spanish' } as const;

/** The form of a consult request; `key` is this request's, so that a form sent twice is one patient. */
export const consultPage = (
  key: string,
  programs: readonly Program[],
  filled: Filled,
  { zone }: Pick<Reader, 'zone'>,
): Html => html`
  <p>Somebody asks for a first conversation. Their journey begins with it, and a coordinator is asked to book the consult.</p>
  ${refusals(filled)}
  <form method="post">
    <input type="hidden" name="key" value="${key}" />
    <fieldset>
      <legend>The patient</legend>
      ${line(filled, { name: 'firstName', label: 'First name', needed: true })}
      ${line(filled, { name: 'bornOn', label: 'Born on', type: 'date' })}
      ${line(filled, { name: 'mobile', label: 'Mobile, with its country, such as +12065550123', type: 'tel' })}
      ${line(filled, { name: 'email', label: 'E-mail', type: 'email' })}
      ${line(filled, { name: 'zone', label: 'Time zone, such as America/New_York', usual: zone, needed: true })}
      ${choice(filled, { name: 'language', label: 'Language', options: LANGUAGES.map((each) => [each, LANGUAGE_WORDS[each]]) })}
      ${tick(filled, { name: 'sms', label: 'May be written to by text message' })}
      ${tick(filled, { name: 'emails', label: 'May be written to by e-mail' })}
    </fieldset>
    <fieldset>
      <legend>What they ask for</legend>
      ${choice(filled, { name: 'program', label: 'Program', options: programs.map(({ id, title }) => [id, title]) })}
      ${choice(filled, {
        name: 'therapist',
        label: 'Therapist',
        options: [
          ['none', 'Has none'],
          ['own', 'Has one already'],
        ],
      })}
      ${line(filled, { name: 'reasons', label: 'Why they come, with commas between' })}
      ${line(filled, { name: 'goals', label: 'What they hope for, with commas between' })}
      ${tick(filled, { name: 'openToReflection', label: 'Is open to reflection' })}
      ${tick(filled, { name: 'willAttendIntegration', label: 'Will come to an integration session after each dose' })}
    </fieldset>
    <button>Ask for the consult</button>
  </form>
`;
