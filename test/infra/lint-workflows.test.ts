import { describe, expect, it } from 'vitest';
import { findingLine } from '../../infra/workflow-lint/finding.ts';
import { lintWorkflow, ownFindings } from '../../infra/workflow-lint/lint.ts';
import { callTask, machineOf, runTask, waitTask } from './support/sample-definitions.ts';

const findings = (text: string) => ownFindings(text).map((finding) => findingLine('it', finding));

/** A machine whose first state has one field that reads something. */
const reading = (expression: string) =>
  machineOf({
    Ask: callTask('check-gate', undefined, { x: `{% ${expression} %}` }),
  });

describe('A sound machine', () => {
  it('has no findings, with a call, a wait, a nested machine, a choice and variables', () => {
    const text = machineOf({
      'Check the gate': callTask('check-gate', {
        Assign: { kind: '{% $states.result.Payload.kind %}' },
        Next: 'May it go on?',
      }),
      'May it go on?': {
        Type: 'Choice',
        Choices: [{ Condition: "{% $kind = 'passes' and $not($states.input.held) %}", Next: 'Ask a person' }],
        Default: 'Wait for the answer',
      },
      'Wait for the answer': waitTask('wait-for-answer', {
        Next: 'Ask a person',
        Output: '{% {"kind": $kind & "!"} %}',
      }),
      'Ask a person': runTask('staff-task'),
    });
    expect(lintWorkflow(text)).toEqual([]);
  });

  it('may write an expression over several lines, which AWS takes and asl-validator alone would not', () => {
    expect(lintWorkflow(reading('$states.input.a\n  & $states.input.b'))).toEqual([]);
  });
});

describe('What an expression may not do', () => {
  it.each([
    ['$now()', 'calls $now, which is refused: a replay would take another way'],
    ['$millis()', 'calls $millis, which is refused'],
    ['$random()', 'calls $random, which is refused'],
    ['$uuid()', 'calls $uuid, which is refused'],
    ["$eval('1')", 'calls $eval, which is refused'],
    ['$frobnicate(1)', 'calls $frobnicate, which AWS does not know'],
    ['$sum($states.input.doses)', 'calls $sum: expressions only pick fields'],
    ['$states.input.count + 1', 'computes with "+": expressions only pick fields'],
    ['$states.input.list.($states.input.a; 1)', 'maps over a list with a block'],
    ['$states.input ~> $string', 'holds a apply'],
    ['function($a) { $a }', 'holds a lambda'],
    ['$states.input.**', 'holds a descendant'],
    ['$states.input{kind: $x}', 'groups or binds while it walks'],
    ['journeyId', 'reads the bare name "journeyId", which AWS refuses'],
    ['$.journeyId', 'reads $, which AWS refuses'],
    ['$$.journeyId', 'reads $$, which AWS refuses'],
    ['$states', 'takes the whole of $states'],
    ['$states.inputs.a', 'reads $states.inputs, which does not exist'],
    ['$states.result.a', 'reads $states.result, which only the Output and Assign'],
    ['$states.errorOutput.Error', 'reads $states.errorOutput, which only the Output and Assign of a Catch'],
    ['$states.context.Task.Token', 'reads the task token, which only the Arguments of a callback have'],
    ['$never', 'reads $never, which nothing on the way here assigns'],
    ['$states.input.(', 'cannot be read'],
  ])('%s: %s', (expression, message) => {
    expect(findings(reading(expression)).join('\n')).toContain(`State "Ask": Arguments.Payload.x ${message}`);
  });

  it('stands in a text with something around it, which AWS would pass on as it is', () => {
    const text = reading('1').replace('{% 1 %}', 'Dose {% 1 %}');
    expect(findings(text).join('\n')).toContain('has text around an expression');
  });
});

describe('Where a filter stands', () => {
  it('the names are those of the item, and need no $states', () => {
    expect(findings(reading("$states.input.tasks[kind = 'consent'].id"))).toEqual([]);
  });
});

describe('Variables', () => {
  const twoWays = (condition: string) =>
    machineOf({
      'Is it urgent?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.urgent %}', Assign: { who: 'doctor' }, Next: 'Tell them' }],
        Default: 'Tell them',
      },
      'Tell them': callTask('check-gate', undefined, condition),
    });

  it('must be there on every way, since AWS ends the execution where one is missing', () => {
    expect(findings(twoWays('{% $who %}'))).toEqual([
      'it: State "Tell them": Arguments.Payload reads $who, which is missing on one way here; assign it earlier or test $exists($who)',
    ]);
  });

  it('may be missing on one way where the expression tests for them', () => {
    expect(findings(twoWays("{% $exists($who) ? $who : 'nurse' %}"))).toEqual([]);
  });

  it('of a Catch are those that the Catch assigns, not those of the state that failed', () => {
    const text = machineOf({
      Ask: callTask('check-gate', {
        Assign: { answer: '{% $states.result.Payload %}' },
        Next: 'Done',
        Catch: [
          { ErrorEquals: ['TaskExpired'], Assign: { reason: '{% $states.errorOutput.Error %}' }, Next: 'Say why' },
          { ErrorEquals: ['States.ALL'], Next: 'Stop here' },
        ],
      }),
      'Say why': callTask('record-failure', undefined, { a: '{% $answer %}', r: '{% $reason %}' }),
    });
    expect(findings(text)).toEqual([
      'it: State "Say why": Arguments.Payload.a reads $answer, which nothing on the way here assigns',
    ]);
  });

  it('of the outer scope can be read in a branch, but not assigned', () => {
    const branch = (fields: object) => ({
      StartAt: 'Note it',
      States: { 'Note it': { Type: 'Pass', End: true, ...fields } },
    });
    const text = (fields: object) =>
      machineOf({
        Prepare: { Type: 'Pass', Assign: { dose: 1 }, Next: 'Do both' },
        'Do both': { Type: 'Parallel', Branches: [branch(fields)], Next: 'Done' },
      });
    expect(findings(text({ Output: { dose: '{% $dose %}' } }))).toEqual([]);
    expect(findings(text({ Assign: { dose: 2 } }))).toEqual([
      'it: State "Note it": assigns $dose of the outer scope, which AWS refuses',
    ]);
  });

  it('have names that AWS takes', () => {
    const text = machineOf({ Prepare: { Type: 'Pass', Assign: { states: 1, 'next step': 2 }, Next: 'Done' } });
    expect(findings(text)).toEqual([
      'it: State "Prepare": assigns "states", which AWS refuses as a name',
      'it: State "Prepare": assigns "next step", which AWS refuses as a name',
    ]);
  });
});

describe('A Task inside a Map or Parallel', () => {
  const { Catch: _none, ...bare } = callTask('check-gate', { End: true });
  const map = (fields: object) =>
    machineOf({
      'Ask everybody': {
        Type: 'Map',
        Items: '{% $states.input.asks %}',
        ItemProcessor: { StartAt: 'Ask one', States: { 'Ask one': bare } },
        Next: 'Done',
        ...fields,
      },
    });

  it('may leave its failure to the Catch of the Map', () => {
    expect(findings(map({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Stop here' }] }))).toEqual([]);
  });

  it('may not, where the Map catches nothing either', () => {
    expect(findings(map({}))[0]).toContain('State "Ask one": needs a last Catch of States.ALL');
  });

  it('cannot go to a state outside, as AWS would refuse', () => {
    const outside = map({}).replace('"End":true', '"Next":"Done"');
    expect(findings(outside)).toContain('it: State "Ask one": goes to "Done", which does not exist');
  });
});

describe('asl-validator', () => {
  it('has the last word on what this project has no rule for', () => {
    const text = machineOf({ Ask: callTask('check-gate', { Next: 'Done', InputPath: '$.a' }) });
    expect(findings(text)).toEqual([]);
    expect(lintWorkflow(text).map(({ message }) => message)).toEqual([expect.stringContaining('asl-validator: ')]);
  });
});

describe('How a machine is built', () => {
  const { Retry: _retry, ...withoutRetry } = callTask('check-gate');
  const { Catch: _catch, ...withoutCatch } = callTask('check-gate');
  const { TimeoutSeconds: _timeout, ...withoutTimeout } = waitTask('wait-for-answer');
  const many = Object.fromEntries(
    Array.from({ length: 26 }, (_, index) => [
      `Step ${index}`,
      { Type: 'Pass', Next: index === 25 ? 'Done' : `Step ${index + 1}` },
    ]),
  );
  it.each<[string, string, string]>([
    [
      'its Comment is no sentence',
      machineOf({ Ask: callTask('check-gate') }, { Comment: 'cycle' }),
      'has no Comment that is a sentence',
    ],
    [
      'it is written in JSONPath',
      machineOf({ Ask: callTask('check-gate') }, { QueryLanguage: 'JSONPath' }),
      'does not say "QueryLanguage": "JSONata"',
    ],
    [
      'it has a deadline of its own',
      machineOf({ Ask: callTask('check-gate') }, { TimeoutSeconds: 60 }),
      'has a TimeoutSeconds',
    ],
    ['it is too long to take in', machineOf(many), 'has 27 states besides the failure path; 25 are the most'],
    [
      'it waits by itself',
      machineOf({ 'Sleep on it': { Type: 'Wait', Seconds: 9, Next: 'Done' } }),
      'State "Sleep on it": is a Wait',
    ],
    ['a Task does not retry', machineOf({ Ask: withoutRetry }), 'State "Ask": needs exactly the Retry'],
    ['a Task catches nothing', machineOf({ Ask: withoutCatch }), 'State "Ask": needs a last Catch of States.ALL'],
    ['a callback waits for ever', machineOf({ Ask: withoutTimeout }), 'State "Ask": waits without TimeoutSeconds'],
    [
      'a callback keeps its token',
      machineOf({ Ask: waitTask('wait-for-answer', undefined, {}) }),
      'State "Ask": does not pass $states.context.Task.Token',
    ],
    [
      'a nested machine has a deadline around it',
      machineOf({ Ask: { ...runTask('staff-task'), TimeoutSeconds: 60 } }),
      'State "Ask": has TimeoutSeconds around a nested machine',
    ],
    [
      'a nested machine has no name',
      machineOf({
        Ask: runTask('staff-task', undefined, { Input: {} }),
      }),
      'State "Ask": starts a machine without a Name',
    ],
    [
      'a Choice asks no question',
      machineOf({
        'Look again': {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.a %}', Next: 'Done' }],
          Default: 'Done',
        },
      }),
      'State "Look again": is a Choice whose name is no question',
    ],
    [
      'a Choice has no Default',
      machineOf({ 'Is it so?': { Type: 'Choice', Choices: [{ Condition: '{% $states.input.a %}', Next: 'Done' }] } }),
      'State "Is it so?": has no Default',
    ],
    [
      'a state cannot be reached',
      machineOf({ Ask: callTask('check-gate'), Forgotten: callTask('check-gate') }),
      'State "Forgotten": is never reached',
    ],
    [
      'a way leads nowhere',
      machineOf({ Ask: callTask('check-gate', { Next: 'Nowhere' }) }),
      'State "Ask": goes to "Nowhere", which does not exist',
    ],
    ['a function is unknown', machineOf({ Ask: callTask('make-coffee') }), 'State "Ask": names $'],
    [
      'a service is called directly',
      machineOf({ Ask: { ...callTask('check-gate'), Resource: 'arn:aws:states:::dynamodb:putItem' } }),
      'State "Ask": uses the resource "arn:aws:states:::dynamodb:putItem"',
    ],
    ['it is not JSON', '{', 'is not JSON'],
    ['it is no machine', '{"Comment": "Nothing."}', 'StartAt: Invalid input'],
  ])('is refused when %s', (_case, text, message) => {
    expect(findings(text).join('\n')).toContain(`it: ${message}`);
  });
});
