import { describe, expect, test } from 'vitest';
import { block, evaluate, invoke, machine, NINE_O_CLOCK, run, types } from './run-machine.ts';

const SECOND = 1000;
const end = { End: true };

describe('a Pass', () => {
  test('hands on its input when it has no Output', async () => {
    expect((await run(machine({ A: { Type: 'Pass', ...end } }), [1, 'two'])).output).toEqual([1, 'two']);
  });

  test('reads the values at entry in both Output and Assign', async () => {
    const { output } = await run(
      machine({
        A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% [$x, $y] %}', Next: 'C' },
        C: { Type: 'Pass', Output: '{% [$states.input, [$x, $y]] %}', ...end },
      }),
    );
    expect(output).toEqual([1, 2, [2, 1]]);
  });

  test('keeps every level of an Output, literals too', async () => {
    const literal = { a: [null, 0.5, { b: [] }], 'c.$': '$.x', d: ' {% 1 %} ' };
    const { output } = await run(
      machine({ A: { Type: 'Pass', Output: { literal, list: [{ v: '{% 1 %}' }] }, ...end } }),
    );
    expect(output).toEqual({ literal, list: [{ v: 1 }] });
  });

  test('may use a key that JavaScript reserves', async () => {
    const { output } = await run(
      machine({ A: { Type: 'Pass', Output: '{% $states.input %}', ...end } }),
      JSON.parse('{"__proto__": {"x": 1}}'),
    );
    expect(JSON.stringify(output)).toBe('{"__proto__":{"x":1}}');
  });
});

describe('a Choice', () => {
  const choice = machine({
    Kind: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.kind = 'a' %}", Assign: { seen: 'rule' }, Output: 'rule', Next: 'Tell' },
        { Condition: "{% $states.input.kind = 'b' %}", Next: 'Tell' },
      ],
      Default: 'Tell',
      Assign: { seen: 'default' },
      Output: 'default',
    },
    Tell: {
      Type: 'Pass',
      Output: { input: '{% $states.input %}', seen: '{% $exists($seen) ? $seen : null %}' },
      ...end,
    },
  });

  test.each([
    ['a', { input: 'rule', seen: 'rule' }],
    ['b', { input: { kind: 'b' }, seen: null }],
    ['c', { input: 'default', seen: 'default' }],
  ])('on %s runs the Assign and Output of what matched, and the own ones only by default', async (kind, output) => {
    expect((await run(choice, { kind })).output).toEqual(output);
  });

  test('fails as measured on AWS when nothing matches and there is no Default', async () => {
    const result = await run(
      machine({ C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'D' }] }, D: { Type: 'Succeed' } }),
    );
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
    expect(types(result)).toEqual(['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed']);
  });

  test('takes no answer but true or false', async () => {
    const result = await run(
      machine({
        C: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'D' }], Default: 'D' },
        D: { Type: 'Succeed' },
      }),
    );
    expect(result.cause).toBe(
      "An error occurred while executing the state 'C' (entered at the event id #2). The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });
});

describe('a Wait', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['for seconds', { Seconds: 90 }, 90],
    ['for seconds of an expression', { Seconds: '{% $states.input.for %}' }, 30],
    ['until an instant', { Timestamp: '2026-01-05T09:00:05Z' }, 5],
    ['until an instant with an offset', { Timestamp: '2026-01-05T11:00:01.5+02:00' }, 1.5],
    ['until an instant of an expression', { Timestamp: '{% $states.input.until %}' }, 60],
    ['for nothing when the instant has passed', { Timestamp: '2016-03-05T21:29:29.243167252Z' }, 0],
  ])('waits %s', async (_how, field, seconds) => {
    const { millis, status } = await run(machine({ W: { Type: 'Wait', ...field, ...end } }), {
      for: 30,
      until: '2026-01-05T09:01:00Z',
    });
    expect([status, millis]).toEqual(['SUCCEEDED', seconds * SECOND]);
  });

  test.each([
    '2026-01-05 09:00:00Z',
    '2026-01-05T09:00:00',
    '2026-13-05T09:00:00Z',
    '2026-02-30T09:00:00Z',
    '2026-01-05T25:00:00Z',
    'soon',
  ])('does not take %s for an instant', async (until) => {
    expect(
      await run(machine({ W: { Type: 'Wait', Timestamp: '{% $states.input.until %}', ...end } }), { until }),
    ).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: `An error occurred while executing the state 'W' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${until}`,
    });
  });

  test.each([-1, 1.5, 100_000_000, '3'])('does not wait %j seconds', async (seconds) => {
    const result = await run(machine({ W: { Type: 'Wait', Seconds: '{% $states.input.for %}', ...end } }), {
      for: seconds,
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});

describe('Succeed and Fail', () => {
  test('Succeed gives its Output', async () => {
    expect(
      (await run(machine({ S: { Type: 'Succeed', Output: { v: '{% $states.input.a %}' } } }), { a: 1 })).output,
    ).toEqual({ v: 1 });
  });

  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [
      { Error: 'Broken', Cause: 'by hand' },
      { error: 'Broken', cause: 'by hand' },
    ],
    [{ Error: '{% $states.input.e %}' }, { error: 'Told' }],
    [{}, {}],
  ])('Fail with %j ends with just that', async (fields, expected) => {
    const result = await run(machine({ F: { Type: 'Fail', ...fields } }), { e: 'Told' });
    const { status, error, cause } = result;
    expect({ status, ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) }).toEqual({
      status: 'FAILED',
      ...expected,
    });
    expect(result.output).toBeUndefined();
  });
});

describe('a Parallel', () => {
  test('gives the outputs of its branches in their order, whichever ends first', async () => {
    const { output, millis } = await run(
      machine({
        P: {
          Type: 'Parallel',
          Arguments: { v: '{% $states.input.a %}' },
          Branches: [
            block({ Slow: { Type: 'Wait', Seconds: 9, Output: 'slow', ...end } }),
            block({ Fast: { Type: 'Pass', Output: '{% $states.input.v %}', ...end } }),
          ],
          ...end,
        },
      }),
      { a: 7 },
    );
    expect([output, millis]).toEqual([['slow', 7], 9 * SECOND]);
  });

  test('fails with the first branch that fails, and gives up the others', async () => {
    const result = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [
            block({ Slow: { Type: 'Wait', Seconds: 9, ...end } }),
            block({ Soon: { Type: 'Wait', Seconds: 1, Next: 'Boom' }, Boom: { Type: 'Fail', Error: 'Boom' } }),
          ],
          ...end,
        },
      }),
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'Boom', millis: SECOND });
  });
});

describe('a Map', () => {
  const over = (more: Record<string, unknown>, each: Record<string, unknown> = { Type: 'Pass', ...end }) =>
    machine({ M: { Type: 'Map', ItemProcessor: block({ Each: each }), ...end, ...more } });

  test.each<[string, Record<string, unknown>, unknown, unknown]>([
    ['its input', {}, [1, 2], [1, 2]],
    ['nothing', {}, [], []],
    ['literal items with expressions', { Items: [1, '{% $states.input.x %}'] }, { x: 2 }, [1, 2]],
    ['the items of an expression', { Items: '{% $states.input.x %}' }, { x: ['a'] }, ['a']],
    [
      'the entries of a literal object',
      { Items: { a: 1, b: 2 }, ItemSelector: { k: '{% $states.context.Map.Item.Key %}' } },
      {},
      [{ k: 'a' }, { k: 'b' }],
    ],
    [
      'selected items',
      {
        ItemSelector: {
          v: '{% $states.context.Map.Item.Value %}',
          i: '{% $states.context.Map.Item.Index %}',
          all: '{% $states.input %}',
        },
      },
      [5],
      [{ v: 5, i: 0, all: [5] }],
    ],
  ])('iterates over %s', async (_what, fields, input, output) => {
    expect((await run(over(fields), input)).output).toEqual(output);
  });

  test.each([
    [0, 4],
    [1, 12],
    [2, 8],
    ['{% $states.input[0] %}', 4],
  ])('with MaxConcurrency %s takes its time', async (MaxConcurrency, seconds) => {
    const { millis } = await run(over({ MaxConcurrency }, { Type: 'Wait', Seconds: 4, ...end }), [3, 3, 3]);
    expect(millis).toBe(seconds * SECOND);
  });

  test.each([0, 100])('runs no more than 40 iterations at once with MaxConcurrency %s', async (MaxConcurrency) => {
    const items = Array.from({ length: 90 }, (_, index) => index);
    const { millis } = await run(over({ MaxConcurrency }, { Type: 'Wait', Seconds: 4, ...end }), items);
    expect(millis).toBe(3 * 4 * SECOND);
  });

  test('shows the item also to the states inside an iteration', async () => {
    const each = { Type: 'Pass', Output: '{% $states.context.Map.Item.Index %}', ...end };
    expect((await run(over({}, each), ['a', 'b'])).output).toEqual([0, 1]);
  });

  const failing = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...end,
  };
  const oneInTwoFails = {
    f: (payload: never) => {
      if (Number(payload) % 2 === 0) throw Object.assign(new Error('even'), { name: 'Even' });
      return payload;
    },
  };

  test('tolerates as many failures as it is told to', async () => {
    const result = await run(over({ ToleratedFailureCount: 2 }, failing), [1, 2, 3, 4], oneInTwoFails);
    expect(result.status).toBe('SUCCEEDED');
    expect(result.output).toMatchObject([1, { Error: 'Even' }, 3, { Error: 'Even' }]);
  });

  test.each([
    { ToleratedFailureCount: 1 },
    { ToleratedFailurePercentage: 25 },
    { ToleratedFailurePercentage: '{% 49.9 %}' },
  ])('fails once more iterations failed than %j allows', async (fields) => {
    expect(await run(over(fields, failing), [1, 2, 3, 4], oneInTwoFails)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  });

  test('fails with the failure of an iteration when it tolerates none', async () => {
    expect(await run(over({}, failing), [1, 2], oneInTwoFails)).toMatchObject({ status: 'FAILED', error: 'Even' });
  });
});

describe('a variable', () => {
  const inner = (fields: Record<string, unknown>) =>
    machine({
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'P' },
      P: {
        Type: 'Parallel',
        Branches: [block({ In: { Type: 'Pass', ...fields, ...end } })],
        Output: '{% $states.result %}',
        Next: 'Tell',
      },
      Tell: { Type: 'Pass', Output: { result: '{% $states.input %}', inner: '{% $exists($inner) %}' }, ...end },
    });

  test('of an outer scope is read inside, and one of the inside is not seen outside', async () => {
    expect((await run(inner({ Assign: { inner: 2 }, Output: '{% $outer %}' }))).output).toEqual({
      result: [1],
      inner: false,
    });
  });

  test('is set outside by the Catch of a Parallel', async () => {
    const { output } = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [block({ F: { Type: 'Fail', Error: 'Boom', Cause: 'why' } })],
          Catch: [{ ErrorEquals: ['Boom'], Assign: { seen: '{% $states.errorOutput.Error %}' }, Next: 'Tell' }],
          ...end,
        },
        Tell: { Type: 'Pass', Output: '{% [$seen, $states.input] %}', ...end },
      }),
    );
    expect(output).toEqual(['Boom', { Error: 'Boom', Cause: 'why' }]);
  });

  test('keeps apart what one iteration and another assign', async () => {
    const { output } = await run(
      machine({
        M: {
          Type: 'Map',
          ItemProcessor: block({
            Set: { Type: 'Pass', Assign: { mine: '{% $states.input %}' }, Next: 'Rest' },
            Rest: { Type: 'Wait', Seconds: 1, Next: 'Tell' },
            Tell: { Type: 'Pass', Output: '{% $mine %}', ...end },
          }),
          ...end,
        },
      }),
      [1, 2, 3],
    );
    expect(output).toEqual([1, 2, 3]);
  });
});

describe('the context', () => {
  test('has what AWS documents', async () => {
    expect((await evaluate('$states.context', { a: 1 })).output).toEqual({
      Execution: {
        Id: 'arn:aws:states:local:000000000000:execution:main:one',
        Input: { a: 1 },
        StartTime: '2026-01-05T09:00:00.000Z',
        Name: 'one',
        RoleArn: 'arn:aws:iam::000000000000:role/local',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:local:000000000000:stateMachine:main', Name: 'main' },
      State: { Name: 'E', EnteredTime: '2026-01-05T09:00:00.000Z' },
    });
  });

  test('counts the retries of a state', async () => {
    const { output } = await run(
      machine({
        T: invoke('flaky', {
          Retry: [{ ErrorEquals: ['Flaky'] }],
          Output: {
            retries: '{% $states.context.State.RetryCount %}',
            since: '{% $states.context.State.EnteredTime %}',
          },
          ...end,
        }),
      }),
      {},
      {
        flaky: (_payload, call) => {
          if (call < 3) throw Object.assign(new Error('again'), { name: 'Flaky' });
          return {};
        },
      },
    );
    expect(output).toEqual({ retries: 2, since: new Date(NINE_O_CLOCK).toISOString() });
  });
});

describe('JSONPath', () => {
  test('is covered as far as the literals and reference paths of a Pass go', async () => {
    const { output } = await run(
      {
        StartAt: 'A',
        States: {
          A: {
            Type: 'Pass',
            Assign: { 'v.$': '$.list[1]', w: 1 },
            Parameters: { 'whole.$': '$', 'id.$': '$$.Execution.Name', lit: ['x'] },
            Next: 'B',
          },
          B: {
            Type: 'Pass',
            QueryLanguage: 'JSONata',
            Output: '{% [$states.input.whole.list, $states.input.id, $v, $w] %}',
            End: true,
          },
        },
      },
      { list: [1, 2] },
    );
    expect(output).toEqual([1, 2, 'one', 2, 1]);
  });

  test.each([
    ['$.y', { a: 1, y: { q: 1 } }],
    ['$.a.b', { a: { b: { q: 1 } } }],
    [null, { a: 1 }],
    ['$', { q: 1 }],
  ])('puts a result under the names of the ResultPath %s', async (ResultPath, output) => {
    const input = ResultPath === '$.a.b' ? {} : { a: 1 };
    const definition = {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Result: { q: 1 }, ResultPath, End: true } },
    };
    expect((await run(definition, input)).output).toEqual(output);
  });

  test('says that a result finds no place in the input', async () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: 1, ResultPath: '$.y', End: true } } };
    expect(await run(definition, [1])).toMatchObject({ status: 'FAILED', error: 'States.ResultPathMatchFailure' });
  });

  test('says which path is not in the input', async () => {
    const result = await run(
      { StartAt: 'A', States: { A: { Type: 'Pass', Parameters: { 'm.$': '$.nope' }, End: true } } },
      { x: 'a' },
    );
    expect(result).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONPath '$.nope' specified for the field 'm.$' could not be found in the input '{\"x\":\"a\"}'",
    });
  });
});
