import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { calling, frame, type Step } from '../../functions/runtime/frame.ts';

const Input = z.strictObject({ journeyId: z.string(), seconds: z.int().min(1).default(1) });
const Output = z.strictObject({ seconds: z.int().min(1) });
type Io = Step<z.infer<typeof Input>, z.infer<typeof Output>, { readonly more: number }>;

const wait: Io = {
  name: 'wait-a-little',
  input: Input,
  output: Output,
  wire: () => ({ more: 1 }),
  run:
    ({ more }) =>
    async ({ seconds }) => ({ seconds: seconds + more }),
};
const context = {} as Parameters<ReturnType<typeof frame>>[1];

/** All that reached the log, by whichever way. */
let lines: string[];
const written = () => lines.join('');
beforeEach(() => {
  lines = [];
  const keep = (chunk: unknown): boolean => lines.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  // As Lambda writes them: an object as JSON, with its level.
  for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, way).mockImplementation((...said: unknown[]) => {
      for (const each of said)
        keep(typeof each === 'object' ? JSON.stringify({ level: way.toUpperCase(), ...each }) : each);
    });
});
afterEach(() => vi.restoreAllMocks());

const failing = (error: unknown): Io => ({ ...wait, run: () => async () => Promise.reject(error) });
const callQuietly = (step: Io, event: unknown) =>
  Promise.resolve(frame(step)(event, context)).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('The frame', () => {
  it('gives the function its input as the schema reads it, and answers what it answers', async () => {
    await expect(frame(wait)({ journeyId: 'j1' }, context)).resolves.toEqual({ seconds: 2 });
  });

  it('wires on the first call, once, and not before', async () => {
    const wire = vi.fn(wait.wire);
    const run = vi.fn(wait.run);
    const handler = frame({ ...wait, wire, run });
    expect(wire).not.toHaveBeenCalled();
    await handler({ journeyId: 'j1' }, context);
    await handler({ journeyId: 'j2' }, context);
    await Promise.all([handler({ journeyId: 'j3' }, context), handler({ journeyId: 'j4' }, context)]);
    expect(wire).toHaveBeenCalledTimes(1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('wires again after a wiring that failed', async () => {
    const wire = vi.fn(wait.wire).mockImplementationOnce(() => {
      throw new Error('no setting');
    });
    const handler = frame({ ...wait, wire });
    await expect(handler({ journeyId: 'j1' }, context)).rejects.toThrow('no setting');
    await expect(handler({ journeyId: 'j1' }, context)).resolves.toEqual({ seconds: 2 });
  });

  it('keeps what it refuses from the function', async () => {
    const inner = vi.fn(async () => ({ seconds: 1 }));
    const error = await callQuietly({ ...wait, run: () => inner }, { journeyId: 42 });
    expect(error).toMatchObject({
      name: 'BadInput',
      step: 'wait-a-little',
      message: 'wait-a-little: journeyId (invalid_type)',
    });
    expect(inner).not.toHaveBeenCalled();
  });

  it('keeps what its contract refuses from the caller', async () => {
    const error = await callQuietly({ ...wait, run: () => async () => ({ seconds: 0 }) }, { journeyId: 'j1' });
    expect(error).toMatchObject({ name: 'BadOutput', message: 'wait-a-little: seconds (too_small)' });
  });

  it('lets an error of the function through by its name, for the state machine to catch', async () => {
    class EpochPast extends Error {
      override readonly name = 'EpochPast';
    }
    const error = new EpochPast();
    expect(await callQuietly(failing(error), { journeyId: 'j1' })).toBe(error);
  });
});

describe('The log', () => {
  const entries = () => lines.map((line): unknown => JSON.parse(line));

  it('says that a call is done, by whom and in how many milliseconds, and nothing of what it was about', async () => {
    await frame(wait)({ journeyId: 'ana-souza' }, context);
    expect(entries()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'done',
        name: 'wait-a-little',
        milliseconds: expect.any(Number),
      }),
    ]);
    expect(written()).not.toContain('ana');
  });

  it('says by what name a call failed, and neither its text nor its cause', async () => {
    const cause = new Error('+1 206 555 0123');
    const error = Object.assign(new RangeError('Ana Souza scored 27', { cause }), { patient: 'Ana Souza' });
    await callQuietly(failing(error), { journeyId: 'ana-souza' });
    expect(entries()).toEqual([
      expect.objectContaining({ level: 'ERROR', message: 'failed', name: 'wait-a-little', error: 'RangeError' }),
    ]);
    expect(written()).not.toMatch(/ana|206 555|scored|stack|cause/i);
  });

  it('knows no name for what is no error', async () => {
    await callQuietly(failing('Ana Souza'), { journeyId: 'j1' });
    expect(written()).toContain('"unknown"');
    expect(written()).not.toContain('Ana');
  });

  it('of a refused input holds neither the input nor what was wrong with it', async () => {
    await callQuietly(wait, { journeyId: 'j1', note: 'Ana Souza' });
    expect(entries()).toEqual([expect.objectContaining({ error: 'BadInput' })]);
    expect(written()).not.toMatch(/Ana|note|unrecognized/);
  });

  it('is silent where nobody reads it', async () => {
    await calling(wait)({ journeyId: 'j1' });
    await calling(failing(new Error('x')))({ journeyId: 'j1' }).catch(() => undefined);
    expect(lines).toEqual([]);
  });
});
