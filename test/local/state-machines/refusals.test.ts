import { describe, expect, test } from 'vitest';
import { DefinitionRefused } from '../../../local/state-machines/errors.ts';
import { loadMachine } from '../../../local/state-machines/load-machine.ts';
import { block, invoke, machine } from './run-machine.ts';

const end = { End: true };
const pass = { Type: 'Pass', ...end };
const one = (fields: Record<string, unknown>) => machine({ S: { ...end, ...fields } });
const output = (expression: string) => one({ Type: 'Pass', Output: { v: `{% ${expression} %}` } });
const map = (fields: Record<string, unknown>) => one({ Type: 'Map', ItemProcessor: block({ I: pass }), ...fields });
const retry = (fields: Record<string, unknown>) => machine({ S: invoke('f', { Retry: [fields], ...end }) });

const refusal = (definition: unknown): string[] => {
  try {
    loadMachine('main', definition);
  } catch (error) {
    if (error instanceof DefinitionRefused)
      return error.diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
    throw error;
  }
  return [];
};

describe('a definition', () => {
  test.each<[string, unknown, string[]]>([
    ['that is no object', 'x', ['SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null']],
    ['without anything', {}, ['SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /']],
    [
      'without StartAt',
      { States: { A: pass } },
      ['SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /'],
    ],
    [
      'with a field that there is not',
      machine({ A: pass }, { Start: 'A' }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Start' is not supported at /"],
    ],
    [
      'in a language that there is not',
      machine({ A: pass }, { QueryLanguage: 'jsonata' }),
      ['SCHEMA_VALIDATION_FAILED: Value should be one of the following: [JSONPath, JSONata] at /QueryLanguage'],
    ],
    [
      'that starts nowhere',
      machine({ A: pass }, { StartAt: 'Nope' }),
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /StartAt",
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
      ],
    ],
    [
      'that never ends',
      machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
      ['MISSING_END_STATE: Workflow has no terminal state at null'],
    ],
    [
      'that leads nowhere and never ends',
      machine({ A: { Type: 'Pass', Next: 'NOPE' } }),
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
        'MISSING_END_STATE: Workflow has no terminal state at null',
      ],
    ],
    [
      'with a state that nothing leads to',
      machine({ A: pass, C: pass }),
      ['MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C'],
    ],
    [
      'with such a state in a branch',
      one({ Type: 'Parallel', Branches: [block({ W: pass, Ghost: pass })] }),
      ['MISSING_TRANSITION_TARGET: State "Ghost" is not reachable. at /States/S/Branches[0]/States/Ghost'],
    ],
    [
      'with a rule that leads nowhere',
      machine({ C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Ghost' }], Default: 'Z' }, Z: pass }),
      ["MISSING_TRANSITION_TARGET: Missing 'Next' target: Ghost at /States/C/Choices[0]/Next"],
    ],
    [
      'with a Default that leads nowhere',
      machine({ C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Z' }], Default: 'Ghost' }, Z: pass }),
      ["MISSING_TRANSITION_TARGET: Missing 'Next' target: Ghost at /States/C/Default"],
    ],
    [
      'with a Catch that leads nowhere',
      machine({ S: invoke('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ghost' }], ...end }) }),
      ["MISSING_TRANSITION_TARGET: Missing 'Next' target: Ghost at /States/S/Catch[0]/Next"],
    ],
    [
      'with one name in two scopes',
      machine({ A: { Type: 'Parallel', Branches: [block({ A: pass })], ...end } }),
      ['DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A'],
    ],
    [
      'with a heartbeat that is due no sooner than the end of the task',
      one(invoke('f', { TimeoutSeconds: 5, HeartbeatSeconds: 5 })),
      ['SCHEMA_VALIDATION_FAILED: HeartbeatSeconds must be smaller than TimeoutSeconds at /States/S/HeartbeatSeconds'],
    ],
    [
      'with an empty Branches',
      one({ Type: 'Parallel', Branches: [] }),
      ['SCHEMA_VALIDATION_FAILED: Branches must not be empty at /States/S/Branches'],
    ],
    [
      'with a language in a branch',
      one({ Type: 'Parallel', Branches: [{ QueryLanguage: 'JSONata', ...block({ I: pass }) }] }),
      ["SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/S/Branches[0]"],
    ],
    [
      'with a language in a processor',
      map({ ItemProcessor: { QueryLanguage: 'JSONata', ...block({ I: pass }) } }),
      ["SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/S/ItemProcessor"],
    ],
    [
      'that turns back to JSONPath',
      one({ Type: 'Pass', QueryLanguage: 'JSONPath' }),
      [
        "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/S",
      ],
    ],
    [
      'with JSONPath fields',
      one({ Type: 'Pass', InputPath: '$.a', ResultPath: '$.b' }),
      [
        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/S",
        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/S",
      ],
    ],
    [
      'with JSONata fields in JSONPath',
      { StartAt: 'S', States: { S: { ...pass, Output: 1 } } },
      [
        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S",
      ],
    ],
    ...['Pass', 'Wait', 'Choice', 'Succeed', 'Fail', 'Map', 'Parallel'].map((Type): [string, unknown, string[]] => [
      `with TimeoutSeconds on a ${Type}`,
      machine({ S: { Type, TimeoutSeconds: 5 } }),
      ["SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/S"],
    ]),
    ...['Pass', 'Wait', 'Choice', 'Succeed', 'Fail'].map((Type): [string, unknown, string[]] => [
      `with Catch on a ${Type}`,
      machine({ S: { Type, Catch: [] } }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/S"],
    ]),
    [
      'with a type that there is not',
      one({ Type: 'Sleep' }),
      [
        'SCHEMA_VALIDATION_FAILED: Value should be one of the following: [Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map] at /States/S/Type',
      ],
    ],
    [
      'with a name of a top level',
      output('phone'),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/S/Output/v"],
    ],
    [
      'with two such names',
      output('phone & zone'),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/S/Output/v",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'zone' at the top level is not supported. at /States/S/Output/v",
      ],
    ],
    [
      'with such a name in an object',
      output("{'a': b}"),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'b' at the top level is not supported. at /States/S/Output/v"],
    ],
    [
      'with $ at the top level',
      output('$'),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/S/Output/v"],
    ],
    [
      'with $$',
      output('$$'),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/S/Output/v"],
    ],
    [
      'with $states.errorOutput outside a Catch',
      output('$states.errorOutput'),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/S/Output/v"],
    ],
    [
      'with $states.result where there is none',
      output('$states.result.a'),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Output/v"],
    ],
    [
      'with $states.result in Arguments',
      machine({ S: invoke('f', { Arguments: { FunctionName: '{% $states.result %}' }, ...end }) }),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Arguments/FunctionName"],
    ],
    [
      'with an expression that ends too soon',
      output('1 +'),
      ['INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/v'],
    ],
    [
      'with an empty expression',
      output(''),
      ['INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/v'],
    ],
    [
      'with the wrong bracket',
      output('$a[1,2)'),
      ['INVALID_JSONATA_EXPRESSION: Expected "]", got "," at /States/S/Output/v'],
    ],
    [
      'with an open string',
      output('"open'),
      ['INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote at /States/S/Output/v'],
    ],
    [
      'with an expression of a megabyte that is nested',
      output('('.repeat(400_000) + ')'.repeat(400_000)),
      ['INVALID_JSONATA_EXPRESSION: The expression is nested too deeply at /States/S/Output/v'],
    ],
    [
      'larger than a megabyte',
      output(`'${'x'.repeat(1_048_576)}'`),
      ['SCHEMA_VALIDATION_FAILED: Definition exceeds the maximum size of 1048576 characters at /'],
    ],
    [
      'nested too deeply',
      one({ Type: 'Pass', Output: JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) }),
      ['SCHEMA_VALIDATION_FAILED: The definition is nested too deeply at /'],
    ],
    [
      'with a literal Timestamp that is none',
      one({ Type: 'Wait', Timestamp: '2026-01-05' }),
      ['SCHEMA_VALIDATION_FAILED: Timestamp is not in RFC 3339 format at /States/S/Timestamp'],
    ],
    [
      'with both Seconds and Timestamp',
      one({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-05T09:00:00Z' }),
      ['SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Seconds, Timestamp] at /States/S'],
    ],
    [
      'without Next or End',
      machine({ S: { Type: 'Pass' } }),
      ['SCHEMA_VALIDATION_FAILED: These fields are required: [Next] or [End] at /States/S'],
    ],
    [
      'with a negative MaxConcurrency',
      map({ MaxConcurrency: -1 }),
      ['SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/S/MaxConcurrency'],
    ],
    [
      'with a percentage above a hundred',
      map({ ToleratedFailurePercentage: 101 }),
      ['SCHEMA_VALIDATION_FAILED: Maximum value is 100 at /States/S/ToleratedFailurePercentage'],
    ],
    [
      'with a TimeoutSeconds of nothing',
      machine({ S: invoke('f', { TimeoutSeconds: 0, ...end }) }),
      ['SCHEMA_VALIDATION_FAILED: Minimum value is 1 at /States/S/TimeoutSeconds'],
    ],
    [
      'with a retrier without errors',
      retry({}),
      ['SCHEMA_VALIDATION_FAILED: Expected value of type [ARRAY] at /States/S/Retry[0]/ErrorEquals'],
    ],
    [
      'with a retrier of no errors',
      retry({ ErrorEquals: [] }),
      ['SCHEMA_VALIDATION_FAILED: ErrorEquals must not be empty at /States/S/Retry[0]/ErrorEquals'],
    ],
    [
      'with States.ALL beside others',
      retry({ ErrorEquals: ['E', 'States.ALL'] }),
      [
        "SCHEMA_VALIDATION_FAILED: 'States.ALL' must appear alone and in the last position at /States/S/Retry[0]/ErrorEquals",
      ],
    ],
    [
      'with States.ALL before others',
      machine({ S: invoke('f', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }], ...end }) }),
      [
        "SCHEMA_VALIDATION_FAILED: 'States.ALL' must appear alone and in the last position at /States/S/Retry[0]/ErrorEquals",
      ],
    ],
    [
      'with an interval of nothing',
      retry({ ErrorEquals: ['E'], IntervalSeconds: 0 }),
      ['SCHEMA_VALIDATION_FAILED: Expected a number from 1 to 99999999 at /States/S/Retry[0]/IntervalSeconds'],
    ],
    [
      'with a BackoffRate below one',
      retry({ ErrorEquals: ['E'], BackoffRate: 0.5 }),
      [`SCHEMA_VALIDATION_FAILED: Expected a number from 1 to ${Number.MAX_VALUE} at /States/S/Retry[0]/BackoffRate`],
    ],
    [
      'with an unknown field in a retrier',
      retry({ ErrorEquals: ['E'], Backoff: 1 }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Backoff' is not supported at /States/S/Retry[0]"],
    ],
    [
      'with a variable named states',
      one({ Type: 'Pass', Assign: { states: 1 } }),
      ["SCHEMA_VALIDATION_FAILED: Invalid variable name: 'states' at /States/S/Assign/states"],
    ],
    [
      'with an inner variable of an outer name',
      machine({
        A: { Type: 'Pass', Assign: { v: 1 }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [block({ I: { ...pass, Assign: { v: 2 } } })], ...end },
      }),
      [
        "SCHEMA_VALIDATION_FAILED: The variable 'v' is already defined in an outer scope at /States/P/Branches[0]/States/I/Assign/v",
      ],
    ],
    [
      'with several things wrong',
      machine({ A: { Type: 'Pass', Output: '{% a %}', Next: 'B' }, B: { Type: 'Wait', Seconds: -1, ...end } }),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'a' at the top level is not supported. at /States/A/Output",
        'SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/B/Seconds',
      ],
    ],
  ])('%s is refused', (_what, definition, expected) => {
    expect(refusal(definition)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    [
      'an activity',
      machine({ S: { Type: 'Task', Resource: 'arn:aws:states:eu-west-1:111111111111:activity:a', ...end } }),
    ],
    ['another service', machine({ S: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', ...end } })],
    ['a distributed Map', map({ ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...block({ I: pass }) } })],
    ['a reader', map({ ItemReader: {} })],
    ['a writer', map({ ResultWriter: {} })],
    ['credentials', machine({ S: invoke('f', { Credentials: { RoleArn: 'x' }, ...end }) })],
    ['a Choice in JSONPath', { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [], Default: 'D' }, D: pass } }],
    ['a Wait in JSONPath', { StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$.a', ...end } } }],
    ['a filter in JSONPath', { StartAt: 'S', States: { S: { ...pass, InputPath: '$.a[?(@.b)]' } } }],
  ])('that needs %s, which the runner does not cover, is refused by name', (_what, definition) => {
    expect(refusal(definition).join()).toMatch(/^NOT_COVERED: This runner does not cover /);
  });

  test.each<[string, unknown]>([
    [
      'whose Map never ends within',
      map({ ItemProcessor: block({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }) }),
    ],
    [
      'with $ inside a predicate, a step and a function',
      output('$states.input.a[$ > 1].($ + 1) ~> $map(function($x) { $x })'),
    ],
    ['with names after the first step', output('$states.input.a.b{c: d}')],
    ['with an order', output('$states.input^(>a)')],
    ['with the variables of its own', output('($x := 1; $x)')],
    [
      'with $states.errorOutput in a Catch',
      machine({
        S: invoke('f', {
          Catch: [
            {
              ErrorEquals: ['E'],
              Output: '{% $states.errorOutput %}',
              Assign: { e: '{% $states.errorOutput %}' },
              Next: 'D',
            },
          ],
          ...end,
        }),
        D: pass,
      }),
    ],
    [
      'with one variable in two branches',
      one({
        Type: 'Parallel',
        Branches: [block({ A: { ...pass, Assign: { v: 1 } } }), block({ B: { ...pass, Assign: { v: 1 } } })],
      }),
    ],
    ['with a slash in a name', machine({ 'a/b': pass })],
  ])('%s is taken', (_what, definition) => {
    expect(refusal(definition)).toEqual([]);
  });

  test('that is refused tells so as CreateStateMachine does', () => {
    expect(() => loadMachine('main', machine({ A: { Type: 'Pass', Next: 'A' } }))).toThrow(
      "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });
});
