import { html, raw } from 'hono/html';
import type { Html } from '../../functions/handlers/app/html.ts';
import { momentOf, type Reader } from '../rehearsal/phrases.ts';

/** Who reads a page, and where they are on it. */
export type Frame = {
  readonly title: string;
  readonly clinic: string;
  readonly now: string;
  readonly reader: Reader;
  readonly who: { readonly id: string; readonly roles: readonly string[] };
  /** The path of the page. */
  readonly here: string;
};

const STYLE = `
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 22%, transparent); --soft: color-mix(in srgb, currentColor 7%, transparent); }
  * { box-sizing: border-box; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 0 1rem 3rem; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding: .75rem 0; border-bottom: 1px solid var(--line); }
  header p { margin: 0; }
  nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; }
  a { color: LinkText; }
  a[aria-current] { font-weight: 700; text-decoration: none; color: inherit; }
  h1 { font-size: 1.6rem; margin: 1rem 0 .5rem; }
  h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
  h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
  .columns { display: grid; gap: 0 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
  ul.rows { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
  ul.rows > li { padding: .45rem 0; border-bottom: 1px solid var(--line); }
  .quiet { opacity: .75; }
  .late { font-weight: 700; color: light-dark(#a01010, #ff9d9d); }
  ol.way { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; padding: 0; margin: .75rem 0; }
  ol.way li { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 1rem; }
  ol.way li.done { background: var(--soft); }
  ol.way li[aria-current] { font-weight: 700; border: 2px solid currentColor; }
  ol.series { list-style: none; margin: .5rem 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
  ol.series li { display: grid; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
  .step { padding: .35rem .7rem; border-left: .4rem solid var(--line); }
  .step + .step { border-top: 1px solid var(--line); }
  .step.done { background: var(--soft); border-left-color: light-dark(#2a7a3b, #7fd38f); }
  .step.due { border-left-color: light-dark(#8a5a00, #ffcf70); }
  .step.late { border-left-color: light-dark(#a01010, #ff9d9d); }
  dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .2rem 1rem; margin: .5rem 0; }
  dt { opacity: .75; } dd { margin: 0; }
  form { margin: .75rem 0; } fieldset { border: 1px solid var(--line); margin: 0 0 1rem; min-width: 0; padding: .5rem 1rem 1rem; }
  fieldset fieldset { padding: .25rem .75rem .5rem; } legend { max-width: 100%; }
  label { display: block; margin: .5rem 0; }
  textarea, select, input:not([type=radio], [type=checkbox]) { width: 100%; font: inherit; padding: .4rem; }
  button { font: inherit; padding: .4rem 1rem; }
  .side button { margin: 0 .5rem .5rem 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .6rem .8rem; margin: .4rem 0; font: inherit; }
  [role=status], [role=alert] { border: 2px solid currentColor; padding: .5rem 1rem; }
`;

const PLACES = [
  ['/', 'Board'],
  ['/consult', 'New consult'],
  ['/outbox', 'Messages'],
  ['/clock', 'Clock'],
] as const;

/** A whole page: who is signed in, what time it is in the clinic, and the body. */
export const layout = ({ title, clinic, now, reader, who, here }: Frame, body: Html): Html => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title} – ${clinic}</title>
      <style>
        ${raw(STYLE)}
      </style>
    </head>
    <body>
      <header>
        <p><strong>${clinic}</strong></p>
        <nav aria-label="Pages">
          <ul>
            ${PLACES.map(
              ([path, name]) =>
                html`<li><a href="${path}" ${path === here ? html`aria-current="page"` : ''}>${name}</a></li>`,
            )}
          </ul>
        </nav>
        <p class="quiet">${momentOf(now, reader)} (${reader.zone})</p>
        <p class="quiet">${who.id}, ${who.roles.join(', ')} – <a href="/sign-in">sign in as somebody else</a></p>
      </header>
      <main>
        <h1>${title}</h1>
        ${body}
      </main>
    </body>
  </html>`;

/** A list, or the words that say that it is empty. */
export const rows = (items: readonly Html[], none: string): Html =>
  items.length === 0
    ? html`<p class="quiet">${none}</p>`
    : html`<ul class="rows">
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
