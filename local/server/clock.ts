import { Hono } from 'hono';
import * as z from 'zod';
import { errorsOf, problem } from '../../functions/contracts/api/problem.ts';
import { InputRefused, parseInput } from '../../functions/domain/problems.ts';
import type { Pace } from '../clinic/pace.ts';

const Change = z.union([
  z.strictObject({ speed: z.number().min(0).max(3_600) }),
  z.strictObject({ jump: z.literal('next-event') }),
]);

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
  app.get('/clock', (context) => context.json(told()));
  app.post('/clock', async (context) => {
    try {
      const change = parseInput(Change, await context.req.json().catch(() => undefined), 'body');
      if ('speed' in change) await pace.setSpeed(change.speed);
      else {
        const before = events;
        await pace.jump(() => events > before);
      }
      return context.json(told());
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      return context.json(problem('bad-request', { errors: errorsOf(error.problems) }), 400, {
        'Content-Type': 'application/problem+json',
      });
    }
  });
  return app;
};
