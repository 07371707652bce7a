import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Language } from '../../../domain/names.ts';
import type { Html } from '../html.ts';

const STYLE = `
  :root { color-scheme: light dark; }
  * { box-sizing: border-box; }
  body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 36rem; padding: 0 1rem 3rem; overflow-wrap: anywhere; }
  header p { margin: 1rem 0; font-weight: 700; }
  h1 { font-size: 1.5rem; line-height: 1.25; }
  fieldset { border: 1px solid; margin: 1rem 0; min-width: 0; padding: .5rem 1rem 1rem; }
  fieldset fieldset { border-width: 0 0 0 .2rem; padding: 0 .75rem; }
  legend { font-weight: 700; max-width: 100%; }
  label { display: block; margin: .6rem 0; }
  select, input:not([type=radio], [type=checkbox]), textarea { font: inherit; padding: .5rem; width: 100%; }
  input[type=radio], input[type=checkbox] { width: 1.2rem; height: 1.2rem; margin: 0 .5rem 0 0; vertical-align: -.2rem; }
  button { font: inherit; padding: .7rem 1.2rem; width: 100%; }
  [role=alert], [role=status] { border: 2px solid; padding: .5rem 1rem; margin: 1rem 0; }
  form p { margin: .6rem 0; } .late { font-weight: 700; }
  .words { white-space: pre-line; }
`;

/** No script, no foreign picture, nothing that another page could frame; the one style sheet is known by its hash. */
export const LINK_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'X-Content-Type-Options': 'nosniff',
} as const;

type Frame = { readonly title: string; readonly clinic: string; readonly language: Language };

/** A whole page for who opened a link: the clinic's neutral name, and the body. */
export const linkFrame = ({ title, clinic, language }: Frame, body: Html): Html => html`<!doctype html>
  <html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title} – ${clinic}</title>
      ${raw(`<style>${STYLE}</style>`)}
    </head>
    <body>
      <header><p>${clinic}</p></header>
      <main>
        <h1>${title}</h1>
        ${body}
      </main>
    </body>
  </html>`;
