import { html } from 'hono/html';
import type { Html } from '../../functions/handlers/app/html.ts';
import { momentOf, type Reader } from '../rehearsal/phrases.ts';

/** How fast the clinic's clock may go, and what that is called. */
const SPEEDS = [
  [0, 'Stand still'],
  [1, 'As fast as the wall’s'],
  [60, 'A minute a second'],
  [3_600, 'An hour a second'],
] as const;

/** The clinic's clock; `speed` is undefined where nobody may move it. */
export const clockPage = (now: string, speed: number | undefined, reader: Reader): Html => html`
  <p>It is <strong>${momentOf(now, reader)}</strong> in ${reader.zone}.</p>
  ${
    speed === undefined
      ? html`<p>
          The clock goes with the wall’s. Start the clinic with <code>--virtual</code> to let it go faster, stop it, or
          jump to what happens next.
        </p>`
      : html`<form method="post" class="side">
            ${SPEEDS.map(
              ([value, name]) =>
                html`<button name="speed" value="${value}" ${value === speed ? html`aria-pressed="true"` : ''}>
                  ${name}${value === speed ? ' (now)' : ''}
                </button>`,
            )}
          </form>
          <form method="post"><button name="jump" value="next-event">Jump to what happens next</button></form>`
  }
`;
