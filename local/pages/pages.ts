import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { OPERATIONS } from '../../functions/contracts/api/operations.ts';
import { errorsOf, type Problem, problem } from '../../functions/contracts/api/problem.ts';
import type { Clinic } from '../../functions/domain/clinic/clinic.ts';
import { InputRefused } from '../../functions/domain/problems.ts';
import { EMPTY } from '../../functions/handlers/app/forms/fields.ts';
import type { Html } from '../../functions/handlers/app/html.ts';
import type { Delivered } from '../clinic/kept-mailbox.ts';
import { askingAs, NotDone } from './asking.ts';
import { boardPage, readBoard } from './board.ts';
import { clockPage } from './clock.ts';
import { consultPage, readPrograms, requestConsult } from './consult.ts';
import { journeyPage, journeyTitle, readJourney } from './journey.ts';
import { readNames } from './journey-link.ts';
import { layout } from './layout.ts';
import { noteRoutes } from './note-routes.ts';
import { outboxPage } from './outbox.ts';
import { filledAgain, textsOf } from './posted.ts';
import { REFUSED, type Showing, type Shown } from './shown.ts';
import { readTask, type TaskLibrary, takeForm, taskPage, taskTitle } from './task.ts';

/** Holds the access token of whoever is signed in, out of reach of scripts and of other sites. */
export const SESSION = 'session';

type Options = {
  readonly api: Pick<Hono, 'request'>;
  readonly clinic: Clinic;
  readonly library: TaskLibrary;
  readonly now: () => string;
  /** The newest messages that left, as their readers have them. */
  readonly sent: (limit: number) => readonly Delivered[];
  /** How fast the clock goes, where it may be moved. */
  readonly speed: (() => number) | undefined;
};

const LATEST = 100;

const problemPage = ({ title, detail, errors = [] }: Problem): Html => html`
  <div role="status">
    <p>${detail ?? title}</p>
    ${errors.length === 0 ? '' : html`<ul>${errors.map(({ path, problem }) => html`<li>${path}: ${problem}</li>`)}</ul>`}
  </div>
  <p><a href="/">To the board</a></p>
`;

/** The pages of a clinic on one machine. They ask the API in the name of whoever is signed in, so they show nothing that it would not. */
export const pages = ({ api, clinic, library, now, sent, speed }: Options): Hono => {
  const reader = { clinic, zone: clinic.zone };
  const app = new Hono();
  // On these paths alone: the API beside them has headers of its own, and is asked by others than browsers.
  const headers = secureHeaders({
    referrerPolicy: 'no-referrer',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  });

  /** A page for whoever is signed in; others are sent to sign in, and what the API refuses is told in its words. */
  const shown: Showing = (show) => async (context) => {
    const token = getCookie(context, SESSION);
    if (token === undefined) return context.redirect('/sign-in', 303);
    const ask = askingAs(api, token);
    let who = { id: '', roles: [] as readonly string[] };
    const page = ({ title, body, status }: Shown) => {
      context.header('Cache-Control', 'no-store');
      const frame = { title, clinic: clinic.name, now: now(), reader, who, here: context.req.path };
      return context.html(layout(frame, body), status ?? 200);
    };
    try {
      const { answer } = await ask(OPERATIONS['get-me']);
      who = answer;
      const made = await show({ ask, who: answer, may: (operation) => answer.operations.includes(operation) }, context);
      return made instanceof Response ? made : page(made);
    } catch (error) {
      if (error instanceof InputRefused) {
        const refused = problem('bad-request', { errors: errorsOf(error.problems) });
        return page({ title: 'It was not taken', body: problemPage(refused), status: 400 });
      }
      if (!(error instanceof NotDone)) throw error;
      const { problem: told } = error;
      if (told.status === 401) return context.redirect('/sign-in', 303);
      const status = REFUSED.find((each) => each === told.status);
      if (status === undefined) throw error;
      return page({ title: told.title, body: problemPage(told), status });
    }
  };

  app.get(
    '/',
    headers,
    shown(async ({ ask, may }) => ({
      title: 'Board',
      body: boardPage(await readBoard(ask, may, now(), reader), reader),
    })),
  );
  app.get(
    '/journeys/:journeyId',
    headers,
    shown(async ({ ask, may }, { req }) => {
      const read = await readJourney(ask, may, req.param('journeyId') ?? '', req.query('older'));
      return { title: journeyTitle(read), body: journeyPage(read, may, reader) };
    }),
  );
  const place = ({ req }: Context) => ({ journeyId: req.param('journeyId') ?? '', number: req.param('number') ?? '' });
  app.get(
    '/journeys/:journeyId/tasks/:number',
    headers,
    shown(async ({ ask }, context) => {
      const read = await readTask(ask, library, place(context));
      return { title: taskTitle(read), body: taskPage(read, library, reader) };
    }),
  );
  app.post(
    '/journeys/:journeyId/tasks/:number',
    headers,
    csrf(),
    shown(async ({ ask }, context) => {
      const texts = textsOf(await context.req.parseBody());
      if (texts.act === 'more') {
        const read = await readTask(ask, library, place(context));
        return { title: taskTitle(read), body: taskPage(read, library, reader, { values: texts, problems: [] }) };
      }
      try {
        await takeForm(ask, library, place(context), texts, reader);
        return context.redirect(context.req.path, 303);
      } catch (error) {
        const filled = filledAgain(error, texts);
        const read = await readTask(ask, library, place(context));
        return { title: taskTitle(read), body: taskPage(read, library, reader, filled), status: 400 };
      }
    }),
  );
  app.route('/', noteRoutes({ shown, headers, now, reader }));
  app.get(
    '/consult',
    headers,
    shown(async ({ ask }) => ({
      title: 'New consult',
      body: consultPage(randomUUID(), await readPrograms(ask), EMPTY, reader),
    })),
  );
  app.post(
    '/consult',
    headers,
    csrf(),
    shown(async ({ ask }, context) => {
      const fields = textsOf(await context.req.parseBody());
      try {
        return context.redirect(`/journeys/${await requestConsult(ask, fields)}`, 303);
      } catch (error) {
        const filled = filledAgain(error, fields);
        const body = consultPage(fields.key ?? '', await readPrograms(ask), filled, reader);
        return { title: 'New consult', body, status: 400 };
      }
    }),
  );
  app.get(
    '/outbox',
    headers,
    shown(async ({ ask, may }) => {
      const title = 'Messages';
      if (!may('list-messages') || !may('list-tasks'))
        return { title, body: html`<p>Messages are for the people of the clinic.</p>` };
      const latest = sent(LATEST);
      const names = await readNames(
        ask,
        latest.map(({ journeyId }) => journeyId),
      );
      return { title, body: outboxPage(latest, reader, names) };
    }),
  );
  app.get(
    '/clock',
    headers,
    shown(async () => ({ title: 'Clock', body: clockPage(now(), speed?.(), reader) })),
  );
  return app;
};
