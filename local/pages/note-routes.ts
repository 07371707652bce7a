import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import type { Reader } from '../rehearsal/phrases.ts';
import { readReleases, releasesPage, takeRelease } from './note-releases.ts';
import { notesPage, readNotes, takeNote } from './notes.ts';
import { filledAgain, textsOf } from './posted.ts';
import type { Showing } from './shown.ts';

type Options = {
  readonly shown: Showing;
  readonly headers: MiddlewareHandler;
  readonly now: () => string;
  readonly reader: Reader;
};

const RELEASES = 'Who may read notes';

/** The pages of psychotherapy notes: apart from that of the journey, so that a look at the one is no look at the other. */
export const noteRoutes = ({ shown, headers, now, reader }: Options): Hono => {
  const app = new Hono();
  const notesAt = ({ req }: Context) => ({
    journeyId: req.param('journeyId') ?? '',
    correct: req.query('correct'),
    older: req.query('older'),
  });
  app.get(
    '/journeys/:journeyId/notes',
    headers,
    shown(async ({ ask, who }, context) => ({
      title: 'Notes',
      body: notesPage(await readNotes(ask, who, now(), notesAt(context)), randomUUID(), reader),
    })),
  );
  app.post(
    '/journeys/:journeyId/notes',
    headers,
    csrf(),
    shown(async ({ ask, who }, context) => {
      const texts = textsOf(await context.req.parseBody());
      const at = notesAt(context);
      try {
        await takeNote(ask, at.journeyId, texts);
        return context.redirect(context.req.path, 303);
      } catch (error) {
        const filled = filledAgain(error, texts);
        const read = await readNotes(ask, who, now(), { ...at, correct: texts.number });
        return { title: 'Notes', body: notesPage(read, texts.key ?? '', reader, filled), status: 400 };
      }
    }),
  );
  app.get(
    '/journeys/:journeyId/notes/releases',
    headers,
    shown(async ({ ask, may }, context) => ({
      title: RELEASES,
      body: releasesPage(await readReleases(ask, notesAt(context).journeyId), may, reader),
    })),
  );
  app.post(
    '/journeys/:journeyId/notes/releases',
    headers,
    csrf(),
    shown(async ({ ask, may }, context) => {
      const texts = textsOf(await context.req.parseBody());
      const { journeyId } = notesAt(context);
      try {
        await takeRelease(ask, journeyId, texts);
        return context.redirect(context.req.path, 303);
      } catch (error) {
        const filled = filledAgain(error, texts);
        return {
          title: RELEASES,
          body: releasesPage(await readReleases(ask, journeyId), may, reader, filled),
          status: 400,
        };
      }
    }),
  );
  return app;
};
