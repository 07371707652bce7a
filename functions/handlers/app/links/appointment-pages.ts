import { html } from 'hono/html';
import { PICK_UP_ANSWERS } from '../../../domain/links/by-link.ts';
import type { LinkOpened, PickUp } from '../../../stores/journey/link-standing.ts';
import type { Html } from '../html.ts';
import { type Around, callUs, choice, type Page, WORDS, warning } from './pages.ts';

/** The form in which one of a few answers is chosen and sent once, and whom to call instead. */
const choosing = (
  { step, nonce, around }: { step: 'visit' | 'pick-up'; nonce: string; around: Around },
  choices: Html,
): Html => {
  const words = WORDS[around.language];
  return html`<form method="post" autocomplete="off">
        <input type="hidden" name="step" value="${step}" />
        <input type="hidden" name="nonce" value="${nonce}" />
        <fieldset>
          <legend>${words.choose}</legend>
          ${choices}
        </fieldset>
        <button>${words.send}</button>
      </form>
      ${callUs(words, around)}`;
};

/** Confirms, moves or cancels a visit; `times` are those that are free for it. */
export const visitPage = (opened: LinkOpened, nonce: string, times: readonly string[], around: Around): Page => {
  const words = WORDS[around.language];
  const { title, text, answers, otherTime } = words.visit;
  const at = (instant: string): string => around.moment(instant, opened.about?.zone);
  return {
    title,
    body: html`${warning(opened.refusal === undefined ? undefined : words.refused)}
      <p><strong>${opened.appointment === undefined ? '' : at(opened.appointment.startsAt)}</strong></p>
      <p>${text}</p>
      ${choosing(
        { step: 'visit', nonce, around },
        html`${choice('come', answers.come)}
          ${times.map((time) => choice(time, `${otherTime} ${at(time)}`))}
          ${choice('call', answers.call)}
          ${choice('cancel', answers.cancel)}`,
      )}`,
  };
};

/** Asks a chaperone whether they come; shows when and where, and nothing else. */
export const pickUpPage = ({ at, zone, place }: PickUp, nonce: string, around: Around, warned?: string): Page => {
  const words = WORDS[around.language];
  const { title, text, answers } = words.pickUp;
  return {
    title,
    body: html`${warning(warned)}
      <p><strong>${around.pickUpAt(at, zone)}</strong>${place === undefined ? '' : html`<br />${place}`}</p>
      <p>${text}</p>
      ${choosing(
        { step: 'pick-up', nonce, around },
        html`${PICK_UP_ANSWERS.map((answer) => choice(answer, answers[answer] ?? answer))}`,
      )}`,
  };
};
