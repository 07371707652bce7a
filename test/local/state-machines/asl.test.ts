import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareCase } from '../../../local/state-machines/compare-case.ts';
import { runCase } from '../../../local/state-machines/run-case.ts';
import { machine } from './run-machine.ts';

const root = new URL('../../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'asl-'));
let files = 0;

const asl = (text: string, ...flags: string[]) => {
  files += 1;
  const file = join(folder, `${files}.json`);
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', join(root, 'local/asl.ts'), file, ...flags],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

const double = machine({ E: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } });

describe('npm run asl', () => {
  test('prints what became of each case, in order, and goes on past a bad one', () => {
    const cases = [
      { id: 'list', definition: double, input: '21' },
      7,
      { id: 'none' },
      { id: 'object', definition: machine({ S: { Type: 'Succeed' } }), input: '{"a":1}' },
    ];
    const { status, stdout } = asl(JSON.stringify(cases));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        id: 'list',
        status: 'SUCCEEDED',
        output: '42',
        eventTypes: ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
        transitions: 1,
      },
      {
        id: 1,
        status: 'REFUSED',
        error: 'INVALID_CASE',
        cause: 'Case 1 is no object with a definition and an input.',
        eventTypes: [],
        transitions: 0,
      },
      {
        id: 'none',
        status: 'REFUSED',
        error: 'INVALID_CASE',
        cause: 'The case has no definition.',
        eventTypes: [],
        transitions: 0,
      },
      {
        id: 'object',
        status: 'SUCCEEDED',
        output: { a: 1 },
        eventTypes: ['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded'],
        transitions: 1,
      },
    ]);
  });

  test('adds the events with --history', () => {
    expect(
      JSON.parse(asl(JSON.stringify([{ definition: double, input: '1' }]), '--history').stdout)[0].events,
    ).toHaveLength(4);
  });

  test('with --check says what differs and how many agree, and fails if any differs', () => {
    const good = { id: 'good', definition: double, input: '1', expected: { status: 'SUCCEEDED', output: '2' } };
    const bad = { ...good, id: 'bad', expected: { status: 'SUCCEEDED', output: '3' } };
    expect(asl(JSON.stringify([good]), '--check')).toMatchObject({ status: 0, stdout: '1 agree, 0 differ\n' });
    expect(asl(JSON.stringify([good, bad]), '--check')).toMatchObject({
      status: 1,
      stdout: 'bad: output is "2", expected "3"\n1 agree, 1 differ\n',
    });
  });

  test.each([
    ['not JSON', '{nope', 'is not JSON'],
    ['no array', '{}', 'holds no JSON array of cases'],
  ])('says of a file that it is %s', (_what, text, words) => {
    const { status, stderr } = asl(text);
    expect([status, stderr.includes(words)]).toEqual([2, true]);
  });

  test('takes a reader who stops reading for no failure', () => {
    const cycle = machine({
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: false, Next: 'C' }], Default: 'A' },
      C: { Type: 'Succeed' },
    });
    const file = join(folder, 'cycle.json');
    writeFileSync(file, JSON.stringify([{ definition: cycle }]));
    const command = `"${process.execPath}" --no-warnings "${join(root, 'local/asl.ts')}" "${file}" --history | head -c 100`;
    const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('goes on past a case that runs away', { timeout: 30_000 }, () => {
    const cases = [
      { id: 'deep', definition: 'DEEP', input: '{}' },
      { id: 'wide', definition: machine({ E: { Type: 'Pass', Output: '{% [1..10000000] %}', End: true } }) },
      { id: 'well', definition: double, input: '1' },
    ];
    const deep = JSON.stringify(cases).replace('"DEEP"', `${'['.repeat(5000)}${']'.repeat(5000)}`);
    const { status, stdout } = asl(deep);
    expect(status).toBe(0);
    const results: { id: string; status: string }[] = JSON.parse(stdout);
    expect(results.map(({ id, status: found }) => `${id} ${found}`)).toEqual([
      'deep REFUSED',
      'wide FAILED',
      'well SUCCEEDED',
    ]);
  });

  test('says that there is no such file, and no such option', () => {
    const call = (...args: string[]) =>
      spawnSync(process.execPath, ['--no-warnings', join(root, 'local/asl.ts'), ...args], { encoding: 'utf8' });
    expect(call('/nowhere.json')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('/nowhere.json cannot be read'),
    });
    expect(call('x', '--quick')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--quick is not an option'),
    });
    expect(call()).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage:') });
  });
});

describe('a case', () => {
  test.each<[string, unknown, string]>([
    ['text that is not JSON', '{', 'InvalidExecutionInput'],
    ['no text', 5, 'InvalidExecutionInput'],
    ['100,000 nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'InvalidExecutionInput'],
  ])('with an input of %s is refused', async (_what, input, error) => {
    expect(await runCase({ definition: double, input }, 0, false)).toMatchObject({ status: 'REFUSED', error });
  });

  test('with a definition that AWS refuses is refused with its code', async () => {
    expect(await runCase({ definition: {} }, 0, false)).toMatchObject({
      status: 'REFUSED',
      error: 'SCHEMA_VALIDATION_FAILED',
    });
  });

  test('differs by status, output, error, cause and event types, and a masked one by what is not masked', () => {
    const result = { id: 1, status: 'FAILED', error: 'A', cause: 'b', eventTypes: ['X'], transitions: 1 };
    const expected = { status: 'SUCCEEDED', output: '1', error: 'B', cause: 'c' };
    expect(compareCase({ expected, eventTypes: [] }, result)).toHaveLength(5);
    const masked = {
      masked: true,
      expected: { status: 'SUCCEEDED', output: { id: '<uuid:1>', at: 'timestamp', n: 1 } },
    };
    expect(
      compareCase(masked, {
        ...result,
        status: 'SUCCEEDED',
        error: undefined as never,
        output: { id: 'x', at: 'y', n: 1 },
      }),
    ).toEqual([]);
    expect(
      compareCase(masked, {
        ...result,
        status: 'SUCCEEDED',
        error: undefined as never,
        output: { id: 'x', at: 'y', n: 2 },
      }),
    ).toHaveLength(1);
  });
});
