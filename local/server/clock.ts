import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import * as z from 'zod';
import { errorsOf, problem } from '../../functions/contracts/api/problem.ts';
import { InputRefused, parseInput } from '../../functions/domain/problems.ts';
import type { Pace } from '../clinic/pace.ts';

const Change = z.union([
  z.strictObject({ speed: z.number().min(0).max(3_600) }),
  z.strictObject({ jump: z.literal('next-event') }),
]);

/** A form has only text. */
const fieldsOf = ({ speed, ...rest }: Record<string, unknown>): unknown =>
  typeof speed === 'string' ? { ...rest, speed: Number(speed) } : rest;

/** The clinic's clock, for trying out: how fast it goes (0 stands still, 1 is the wall's pace), and on to the next event. */
export const clockPages = (
  pace: Pace,
  clinic: { readonly now: () => string; onEvent(listener: () => void): void },
): Hono => {
  let events = 0;
  clinic.onEvent(() => {
    events += 1;
  });
  const app = new Hono();
  const told = () => ({ now: clinic.now(), speed: pace.speed() });
  // Who asks for a page gets one from the pages.
  app.get('/clock', async (context, next) =>
    context.req.header('Accept')?.includes('text/html') === true ? next() : context.json(told()),
  );
  app.post('/clock', csrf(), async (context) => {
    const isJson = context.req.header('Content-Type')?.startsWith('application/json') === true;
    try {
      const asked: unknown = isJson
        ? await context.req.json().catch(() => undefined)
        : fieldsOf(await context.req.parseBody());
      const change = parseInput(Change, asked, 'body');
      if ('speed' in change) await pace.setSpeed(change.speed);
      else {
        const before = events;
        await pace.jump(() => events > before);
      }
      return isJson ? context.json(told()) : context.redirect('/clock', 303);
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      return context.json(problem('bad-request', { errors: errorsOf(error.problems) }), 400, {
        'Content-Type': 'application/problem+json',
      });
    }
  });
  return app;
};
