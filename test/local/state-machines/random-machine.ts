import fc from 'fast-check';
import { named } from './run-machine.ts';

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
      // What a function does must hang on what it is given alone: after a crash it may be called again.
      Arguments: { FunctionName: name, Payload: '{% $states.context.State.RetryCount %}' },
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

type Width = { readonly branches: number; readonly atOnce: fc.Arbitrary<number> };

const machinesOf = ({ branches: most, atOnce: width }: Width) =>
  fc.letrec<{ machine: Record<string, unknown>; state: State }>((tie) => ({
    state: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.record({ branches: fc.array(tie('machine'), { minLength: 1, maxLength: most }), failing }).map(
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
          atOnce: width,
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
  })).machine;

/** Machines of every kind of state, in one another, with Retry and Catch; they end whatever the functions do. */
export const machine = machinesOf({ branches: 3, atOnce: fc.nat(2) });

/** The same, with one thing at a time: a Parallel has one branch, a Map takes one item after the other. */
export const oneByOne = machinesOf({ branches: 1, atOnce: fc.constant(1) });

const functions: Record<string, (payload: unknown) => unknown> = {
  works: () => ({ ok: true }),
  fails: () => {
    throw named('Broken');
  },
  flaky: (retries) => {
    if (retries === 0) throw named('Flaky');
    return {};
  },
  silent: () => ({}),
};

/** What the functions of such a machine do; one that `answers` sends its token back half a minute later. */
export const callOf = (name: string, payload: unknown, answerLater: (token: string) => void): unknown => {
  if (name === 'answers') {
    answerLater(String(payload));
    return {};
  }
  return functions[name]?.(payload);
};
