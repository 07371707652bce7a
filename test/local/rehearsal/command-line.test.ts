import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../../functions/domain/journey/entry.ts';
import { rehearseCommand } from '../../../local/rehearsal/command-line.ts';
import { wantsColour } from '../../../local/rehearsal/style.ts';
import { fakeMachine } from './fake-machine.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rehearse-'));
});

const STORY: Entry[] = [
  {
    kind: 'appointment',
    appointment: 'consult',
    id: 'a-1',
    occurrence: 1,
    revision: 1,
    event: 'booked',
    startsAt: '2026-03-05T17:00:00.000Z',
    endsAt: '2026-03-05T17:30:00.000Z',
    practitioners: ['coordinator-1'],
    room: 'room-1',
    modality: 'in-person',
  },
  {
    kind: 'appointment',
    appointment: 'consult',
    id: 'a-1',
    occurrence: 1,
    revision: 1,
    event: 'cancelled',
    startsAt: '2026-03-05T17:00:00.000Z',
    endsAt: '2026-03-05T17:30:00.000Z',
    practitioners: ['coordinator-1'],
    room: 'room-1',
    modality: 'in-person',
  },
  {
    kind: 'message',
    message: 'welcome',
    to: 'patient',
    person: 'patient',
    channel: 'email',
    occurrence: 1,
    revision: 1,
    attempt: 1,
    event: 'sent',
    class: 'care',
    text: 'Hello.\nYour clinic',
  },
  { kind: 'outcome', outcome: 'not-a-fit', reason: 'will-attend-integration' },
];

const ran = async (args: string[], { stdin = '', isTTY = false, story = STORY } = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const script = ({ at, emit }: ReturnType<typeof fakeMachine>) =>
    void at('2026-03-03T17:00:00Z', () => {
      for (const entry of story) emit(entry);
    });
  async function* input() {
    yield stdin;
  }
  const status = await rehearseCommand(args, () => fakeMachine({ script }).machine, {
    stdin: input(),
    stdout: { write: (text) => out.push(text), isTTY },
    stderr: { write: (text) => err.push(text) },
    env: {},
  });
  return { status, out: out.join(''), err: err.join('') };
};

describe('exit status', () => {
  test('0 and the timeline to read when all held', async () => {
    const { status, out, err } = await ran([]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('── Consult ──');
    expect(out).toContain('Tue 3 Mar 2026');
    expect(out).toContain(
      '  09:00   appointment  Consult booked for Thu 5 Mar 09:00 to 09:30, with Casey Ortega, room-1',
    );
    expect(out).toMatch(/^ +│ Your clinic$/m);
    expect(out).toContain('  Invariants      12 of 12 held');
    expect(out).not.toContain('\u001b');
  });

  test('1, with the reason on stderr and the timeline still printed, when something did not hold', async () => {
    const { status, out, err } = await ran([], { story: STORY.slice(0, 1) });
    expect(status).toBe(1);
    expect(out).toContain('Consult booked');
    expect(err).toMatch(/^no outcome was reached by .*\ninvariant 6: the journey reached no outcome\n$/);
  });

  test.each<[string, string[], string, RegExp]>([
    ['an unknown option', ['--zap'], '', /^options: Unknown option '--zap'; one of --program, --scenario, /],
    ['an option without its value', ['--scenario'], '', /^options: .*--scenario.*argument missing; one of/],
    ['a stray word', ['northwest-iv'], '', /^options: .*'northwest-iv'/],
    ['an unknown program', ['--program', 'x'], '', /^scenario\.program: unknown program "x"; one of /],
    ['a missing file', ['--scenario', '/nowhere.json'], '', /^scenario: found no such file/],
    ['text that is not JSON', ['--scenario', '-'], 'oops', /^scenario: found text that is not JSON/],
    ['a list', ['--scenario', '-'], '[]', /^scenario: found a list of 0/],
    [
      'a record that cannot be written',
      ['--record', '/nowhere/x.jsonl'],
      '',
      /^--record: cannot write "\/nowhere\/x\.jsonl"/,
    ],
  ])('2 and nothing on stdout for %s', async (_name, args, stdin, line) => {
    const { status, out, err } = await ran(args, { stdin });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('what is printed', () => {
  test('--json is one object and nothing else, the same each time', async () => {
    const file = join(folder, 'scenario.json');
    await writeFile(file, JSON.stringify({ program: 'northwest-iv', seed: 7 }));
    const first = await ran(['--scenario', file, '--json']);
    const second = await ran(['--scenario', '-', '--json'], { stdin: '{"program":"northwest-iv","seed":7}' });
    expect(first.out).toBe(second.out);
    expect(JSON.parse(first.out)).toMatchObject({
      seed: 7,
      outcome: { kind: 'not-a-fit', reason: 'will-attend-integration' },
    });
  });

  test('what did not go as the scenario meant is told on stderr beside the one object', async () => {
    const scenario = { program: 'northwest-iv', people: [{ task: 'home-safe', answer: 'need-help' }] };
    const { status, out, err } = await ran(['--scenario', '-', '--json'], { stdin: JSON.stringify(scenario) });
    expect(JSON.parse(out)).toMatchObject({ outcome: { kind: 'not-a-fit' } });
    expect({ status, err }).toEqual({
      status: 0,
      err: 'scenario.people[0]: no home-safe came that it is for\n',
    });
  });

  test('--program may stand for the one that the scenario leaves out', async () => {
    const { status } = await ran(['--scenario', '-', '--program', 'northwest-iv'], { stdin: '{}' });
    expect(status).toBe(0);
  });

  test('--record makes the file', async () => {
    const file = join(folder, 'histories.jsonl');
    await ran(['--record', file]);
    expect(await readFile(file, 'utf8')).toBe('');
  });

  test('colour is for a terminal without NO_COLOR', async () => {
    expect((await ran([], { isTTY: true })).out).toContain('\u001b[1m');
    expect([
      wantsColour({ isTTY: true }, {}),
      wantsColour({ isTTY: true }, { NO_COLOR: '1' }),
      wantsColour({}, {}),
    ]).toEqual([true, false, false]);
  });
});
