import { html } from 'hono/html';
import type * as z from 'zod';
import english from '../../../../programs/clinic/links.en.json' with { type: 'json' };
import spanish from '../../../../programs/clinic/links.es.json' with { type: 'json' };
import type { Task } from '../../../domain/journey/task.ts';
import { keysOf, type Language, TASKS } from '../../../domain/names.ts';
import type { LinkOpened } from '../../../stores/journey/link-standing.ts';
import { EMPTY, type Filled } from '../forms/fields.ts';
import { recordFields } from '../forms/record-fields.ts';
import { shapeOf } from '../forms/record-shape.ts';
import type { Html } from '../html.ts';
import { fieldWords } from './field-words.ts';
import { RECORD } from './form.ts';
import type { Asked, Told, Words, WordsOf } from './words.ts';

/** The words of the pages by language, each read when somebody first opens a page in it. */
export const WORDS: WordsOf = {
  get en() {
    return english;
  },
  get es() {
    return spanish;
  },
};

/** A page for who opened a link: its heading and what it says. */
export type Page = { readonly title: string; readonly body: Html };

/** What every page may say of the clinic, and how moments are written. */
export type Around = {
  readonly language: Language;
  readonly phone: { readonly dial: string; readonly shown: string };
  /** When somebody is picked up, and by whose clock where that may be another's. */
  readonly pickUpAt: (instant: string, zone: string) => string;
  readonly moment: (instant: string, zone: string | undefined) => string;
  /** Whom to call in need, at any hour. */
  readonly help: string;
  /** What a task asks beside its answer. */
  readonly record: (task: Task) => z.ZodObject;
};

/** The number to call. */
export const callUs = (words: Words, { phone }: Around): Html =>
  html`<p>${words.call} <a href="tel:${phone.dial}">${phone.shown}</a></p>`;

/** What is wrong, if anything is. */
export const warning = (text: string | undefined): Html =>
  text === undefined ? html`` : html`<p role="alert">${text}</p>`;

/** How a task is asked in a language; what has no words of its own is never linked to. */
export const askedOf = (task: Task, words: Words): Asked =>
  words.tasks[task.kind] ?? { title: words.choose, text: '', answers: {} };

/** What is told where nothing can be answered. */
export const toldPage = (standing: Told, around: Around): Page => {
  const words = WORDS[around.language];
  const { title, text } = words.standing[standing];
  return { title, body: html`<p>${text}</p>${standing === 'answered' ? '' : callUs(words, around)}` };
};

/** Somebody came too often. */
export const waitPage = (around: Around): Page => {
  const words = WORDS[around.language];
  return { title: words.tooMany.title, body: html`<p>${words.tooMany.text}</p>${callUs(words, around)}` };
};

/** Nobody knows who opened a link that is not there: it is told in each language. */
export const unknownPage = (): Page => {
  const { title, text } = WORDS.en.standing.unknown;
  const told = WORDS.es.standing.unknown;
  return { title, body: html`<p>${text}</p><div lang="es"><h2>${told.title}</h2><p>${told.text}</p></div>` };
};

/** Asks for the date of birth. */
export const provePage = (nonce: string, around: Around, warned?: string): Page => {
  const words = WORDS[around.language];
  const { title, text, bornOn, button } = words.prove;
  return {
    title,
    body: html`<p>${text}</p>
      ${warning(warned)}
      <form method="post" autocomplete="off">
        <input type="hidden" name="step" value="prove" />
        <input type="hidden" name="nonce" value="${nonce}" />
        <label>${bornOn} <input type="date" name="bornOn" required min="1900-01-01" autocomplete="bday" /></label>
        <button>${button}</button>
      </form>
      ${callUs(words, around)}`,
  };
};

/** One of the answers, none of which is chosen beforehand. */
export const choice = (answer: string, text: string): Html =>
  html`<label><input type="radio" name="answer" value="${answer}" required />${text}</label>`;

const listOf = (items: readonly string[]): Html => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

/** What the patient says yes to stands with the question. */
const details = (task: Task, { about }: LinkOpened, words: Words): Html => {
  if (about === undefined) return html``;
  if (task.kind === 'sign-consents')
    return listOf(keysOf(words.consents).flatMap((id) => (about.consents[id] === true ? [words.consents[id]] : [])));
  if (task.kind === 'acknowledge-cost')
    return listOf(about.program.billing.map((each) => `${words.steps[each.step]}: ${words.billing[each.class]}`));
  return html``;
};

const formOf = (task: Task, opened: LinkOpened, nonce: string, around: Around, filled: Filled): Html => {
  const words = WORDS[around.language];
  const asked = askedOf(task, words);
  return html`<p>${asked.text}</p>
    ${asked.showsHelp === true ? html`<p class="words">${around.help}</p>` : ''}
    ${task.role === 'patient' ? '' : html`<p>${task.journeyId}-t${task.number}</p>`}
    ${details(task, opened, words)}
    ${task.dueAt === null ? '' : html`<p>${words.due} ${around.moment(task.dueAt, opened.about?.zone)}</p>`}
    <form method="post" autocomplete="off">
      <input type="hidden" name="step" value="answer" />
      <input type="hidden" name="nonce" value="${nonce}" />
      <input type="hidden" name="number" value="${task.number}" />
      ${recordFields(filled, RECORD, shapeOf(around.record(task)), fieldWords(words))}
      <fieldset>
        <legend>${words.choose}</legend>
        ${TASKS[task.kind].options.map((answer) => choice(answer, asked.answers[answer] ?? answer))}
        ${
          asked.note === undefined
            ? ''
            : html`<label>${asked.note} <textarea name="reason" rows="3" maxlength="2000"></textarea></label>`
        }
      </fieldset>
      <button>${words.send}</button>
    </form>
    ${callUs(words, around)}`;
};

const askedIn = (kind: NonNullable<LinkOpened['answered']>['kind'], words: Words): Asked | undefined => {
  if (kind === 'pick-up') return words.pickUp;
  return kind === 'appointment' ? undefined : words.tasks[kind];
};

const answerIn = (
  { kind, answer }: NonNullable<LinkOpened['answered']>,
  words: Words,
  { moment }: Around,
  { about }: LinkOpened,
): string => {
  if (kind !== 'appointment') return askedIn(kind, words)?.answers[answer] ?? answer;
  const { visit } = words;
  if (answer === 'come' || answer === 'call' || answer === 'cancel') return visit.answers[answer];
  return `${visit.otherTime} ${moment(answer, about?.zone)}`;
};

const recorded = (opened: LinkOpened, words: Words, around: Around): Html => {
  const { answered } = opened;
  if (answered === null) return html``;
  const next = askedIn(answered.kind, words)?.next?.[answered.answer];
  return html`${answered.callsForHelp ? html`<p role="alert" class="words">${around.help}</p>` : ''}
    <div role="status">
      <p>${words.thanks} ${words.yourAnswer} ${answerIn(answered, words, around, opened)}</p>
      ${next === undefined ? '' : html`<p>${next}</p>`}
    </div>`;
};

/** What was answered by this form, and the next form that waits, if there is one. */
export const openedPage = (opened: LinkOpened, nonce: string, around: Around, filled: Filled = EMPTY): Page => {
  const words = WORDS[around.language];
  const [form] = opened.forms;
  const before = html`${recorded(opened, words, around)}
  ${warning(opened.refusal === undefined ? undefined : words.refused)}
  ${opened.byTelephone ? html`<p>${words.byTelephone}</p>${form === undefined ? callUs(words, around) : ''}` : ''}`;
  if (form === undefined)
    return {
      title: words.standing.answered.title,
      body: html`${before}${opened.byTelephone ? '' : html`<p>${words.standing.answered.text}</p>`}`,
    };
  const more = opened.answered === null ? '' : html`<p>${words.more}</p>`;
  return {
    title: askedOf(form, words).title,
    body: html`${before}${more}${formOf(form, opened, nonce, around, filled)}`,
  };
};
