import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { html, raw } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { errorsOf, problem } from '../../functions/contracts/api/problem.ts';
import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { SESSION } from '../pages/pages.ts';
import type { LocalIssuer } from './issuer.ts';
import { peopleOf, signingIn } from './people.ts';

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}h1{font-size:2rem}';

const page = (body: ReturnType<typeof html>) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Sign in to try it out</title>
    <style>
      ${raw(STYLE)}
    </style>
  </head>
  <body>
    <main>
    <h1>FOR TRYING OUT ONLY</h1>
    <p>Nobody is asked for a password here. Enter nothing about a real person.</p>
    ${body}
    </main>
  </body>
</html>`;

/** The sign-in of one machine: by name and role, for trying out. */
export const signInPages = (issuer: LocalIssuer, clinic: Clinic): Hono => {
  const app = new Hono();
  app.use(
    '/sign-in',
    secureHeaders({
      strictTransportSecurity: false,
      referrerPolicy: 'no-referrer',
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], formAction: ["'self'"] },
    }),
  );
  app.get('/.well-known/jwks.json', (context) => context.json(issuer.published));
  app.get('/sign-in', (context) =>
    context.html(
      page(
        html`<form method="post">
            <p>
              <label>Who <input name="id" list="people" required autocomplete="off" /></label>
              <datalist id="people">
                ${peopleOf(clinic).map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
              </datalist>
            </p>
            <p>
              <label
                >As
                <select name="role">
                  ${[...new Set([...peopleOf(clinic).flatMap(({ roles }) => roles), 'patient'])].map(
                    (role) => html`<option>${role}</option>`,
                  )}
                </select></label
              >
            </p>
            <p><button>Sign in</button></p>
          </form>
          <p>A patient signs in with the patientId of their consult request.</p>`,
      ),
    ),
  );
  app.post('/sign-in', csrf(), async (context) => {
    const isJson = context.req.header('Content-Type')?.startsWith('application/json') === true;
    const asked: unknown = isJson ? await context.req.json().catch(() => undefined) : await context.req.parseBody();
    try {
      const token = await issuer.issue(signingIn(asked, clinic));
      context.header('Cache-Control', 'no-store');
      if (isJson) return context.json({ access_token: token, token_type: 'Bearer', expires_in: 3_600 });
      setCookie(context, SESSION, token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 3_600 });
      return context.redirect('/', 303);
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      return context.json(problem('bad-request', { errors: errorsOf(error.problems) }), 400, {
        'Content-Type': 'application/problem+json',
      });
    }
  });
  return app;
};
