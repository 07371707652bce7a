import { html } from 'hono/html';
import type { Visit } from '../../functions/domain/messages/calendar-file.ts';
import { smsSize } from '../../functions/domain/messages/gsm7.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import type { Delivered } from '../clinic/kept-mailbox.ts';
import { momentOf, type Reader } from '../rehearsal/phrases.ts';
import { CHANNEL_WORDS } from '../rehearsal/words.ts';
import { journeyLink, type Names } from './journey-link.ts';
import { rows } from './layout.ts';

/** What the calendar of an e-mail's reader does with it. */
const calendarLine = ({ title, startsAt, sequence, cancelled }: Visit, reader: Reader): Html => {
  const change = sequence === 0 ? 'put in' : 'moved';
  return html`<span class="quiet">Calendar file: ${title}, ${momentOf(startsAt, reader)}, ${cancelled ? 'taken out' : change}</span>`;
};

/** What a text takes of an SMS, and how many of them are paid. */
const sizeLine = (text: string): Html => {
  const { places, of, segments } = smsSize(text);
  return html`<span class="quiet">${places} of ${of} places, ${segments} SMS</span>`;
};

/** The newest messages, each as its reader has it. */
export const outboxPage = (sent: readonly Delivered[], reader: Reader, names: Names): Html => html`
  <p>Nothing leaves this machine: this is what would have arrived, the newest first.</p>
  ${rows(
    sent.map(
      (each) =>
        html`${momentOf(each.at, reader)}, ${CHANNEL_WORDS[each.channel]} to ${each.to}
          <span class="quiet">(${journeyLink(each.journeyId, names)})</span>
          ${each.subject === null ? '' : html`<br /><strong>${each.subject}</strong>`}
          <pre>${each.text}</pre>
          ${each.channel === 'sms' ? sizeLine(each.text) : ''}
          ${each.visit === undefined ? '' : calendarLine(each.visit, reader)}`,
    ),
    'Nothing was sent so far.',
  )}
`;
