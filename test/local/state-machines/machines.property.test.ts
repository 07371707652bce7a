import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { named, setUp } from './run-machine.ts';

type State = Record<string, unknown>;

const errors = ['Flaky', 'Broken', 'States.Permissions'];
const failing = fc.record({
  Retry: fc.constantFrom(
    undefined,
    [{ ErrorEquals: ['Flaky'], MaxAttempts: 2 }],
    [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, JitterStrategy: 'FULL' }],
  ),
  caught: fc.constantFrom(undefined, ['Flaky'], ['States.TaskFailed'], ['States.ALL']),
});
const leaf = fc.oneof(
  fc.constantFrom<State>(
    { Type: 'Pass' },
    { Type: 'Pass', Output: '{% $states.input %}' },
    { Type: 'Pass', Output: '{% $states.input.none %}' },
  ),
  fc.nat(90).map((Seconds): State => ({ Type: 'Wait', Seconds })),
  fc.record({ Error: fc.constantFrom(...errors) }).map((fields): State => ({ Type: 'Fail', ...fields })),
  fc.record({ name: fc.constantFrom('works', 'fails', 'flaky'), failing }).map(
    ({ name, failing: { Retry, caught } }): State => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: name },
      Output: '{% $states.result.Payload %}',
      ...(Retry && { Retry }),
      caught,
    }),
  ),
  fc.record({ name: fc.constantFrom('answers', 'silent'), seconds: fc.integer({ min: 1, max: 99 }), failing }).map(
    ({ name, seconds, failing: { Retry, caught } }): State => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      TimeoutSeconds: seconds,
      Arguments: { FunctionName: name, Payload: '{% $states.context.Task.Token %}' },
      ...(Retry && { Retry }),
      caught,
    }),
  ),
);

let names = 0;
const newName = () => {
  names += 1;
  return `S${names}`;
};

/** States in a row, each with a name of its own, the last at an end; what a catcher takes up goes on at the next. */
const inOrder = (states: State[]) => {
  const own = states.map(newName);
  const last = newName();
  const entries = states.map(({ caught, ...state }, index) => {
    const next = own[index + 1] ?? last;
    const ends = state.Type === 'Fail' ? {} : { Next: next };
    return [
      own[index] ?? last,
      { ...state, ...ends, ...(caught === undefined ? {} : { Catch: [{ ErrorEquals: caught, Next: next }] }) },
    ] as const;
  });
  const upTo = states.findIndex((state) => state.Type === 'Fail');
  const kept = upTo < 0 ? entries : entries.slice(0, upTo + 1);
  const needsLast = upTo < 0;
  return {
    StartAt: own[0] ?? last,
    States: Object.fromEntries([...kept, ...(needsLast ? [[last, { Type: 'Succeed' }]] : [])]),
  };
};

const { machine } = fc.letrec<{ machine: Record<string, unknown>; state: State }>((tie) => ({
  state: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leaf,
    fc.record({ branches: fc.array(tie('machine'), { minLength: 1, maxLength: 3 }), failing }).map(
      ({ branches, failing: { Retry, caught } }): State => ({
        Type: 'Parallel',
        Branches: branches,
        ...(Retry && { Retry }),
        caught,
      }),
    ),
    fc
      .record({
        processor: tie('machine'),
        items: fc.array(fc.nat(3), { maxLength: 3 }),
        atOnce: fc.nat(2),
        failing,
        tolerated: fc.constantFrom(undefined, 1),
      })
      .map(
        ({ processor, items, atOnce, failing: { Retry, caught }, tolerated }): State => ({
          Type: 'Map',
          Items: items,
          MaxConcurrency: atOnce,
          ItemProcessor: processor,
          ...(tolerated && { ToleratedFailureCount: tolerated }),
          ...(Retry && { Retry }),
          caught,
        }),
      ),
  ),
  machine: fc.array(tie('state'), { minLength: 1, maxLength: 4 }).map(inOrder),
}));

const runOnce = async (definition: Record<string, unknown>) => {
  const { clock, runner, calls, start, summary } = setUp(
    { main: { QueryLanguage: 'JSONata', ...definition } },
    {
      works: () => ({ ok: true }),
      fails: () => {
        throw named('Broken');
      },
      flaky: (_payload, call) => {
        if (call % 2 === 1) throw named('Flaky');
        return {};
      },
      silent: () => ({}),
      answers: (token: never) => {
        clock.at(clock.millis() + 30_000, () => runner.sendTaskSuccess(token, {}).catch(() => undefined));
      },
    },
  );
  const arn = await start('main');
  const ended = await clock.run();
  return { ...summary(arn), ended, called: calls.length };
};

describe('a machine made at random', () => {
  test('always ends, the same way each time, with a history in order that counts what was billed', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(machine, async (definition) => {
        const first = await runOnce(definition);
        expect(first.ended).toBe('idle');
        expect(['SUCCEEDED', 'FAILED']).toContain(first.status);
        expect(await runOnce(definition)).toEqual(first);
        const events = first.events ?? [];
        expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
        for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
        const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
        expect(first.transitions).toBeGreaterThanOrEqual(entered);
        expect(events.filter(({ type }) => type === 'TaskStarted')).toHaveLength(first.called);
        expect(events.filter(({ type }) => /^Execution(Succeeded|Failed)$/.test(type))).toHaveLength(1);
        const last = events.map(({ timestamp }) => timestamp);
        expect(last).toEqual([...last].sort());
      }),
      { numRuns: 300 },
    );
  });
});
