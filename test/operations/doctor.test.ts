import { describe, expect, it } from 'vitest';
import { InputRefused } from '../../functions/domain/problems.ts';
import { TableUnavailable } from '../../functions/stores/table.ts';
import { deployedOf } from '../../operations/clinic/place.ts';
import { doctorCommand } from '../../operations/doctor/command-line.ts';
import { deployedChecks } from '../../operations/doctor/deployed-checks.ts';
import { type Check, type Finding, notKnown, ok, toDo } from '../../operations/doctor/finding.ts';
import { localChecks } from '../../operations/doctor/local-checks.ts';
import { type Options, readOptions } from '../../operations/doctor/options.ts';

const check = (name: string, ...found: Finding[]): Check => ({ name, look: async () => found });
const failing = (error: Error): Check => ({ name: 'failing', look: () => Promise.reject(error) });

/** An error as a client of AWS throws it. */
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const examined = async (
  checks: Check[],
  { args = [], env = {} }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
) => {
  const out: string[] = [];
  const err: string[] = [];
  let asked: Options | undefined;
  const status = await doctorCommand(
    args,
    async (options) => {
      asked = options;
      return checks;
    },
    { stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => err.push(text) }, env },
  );
  return { status, out: out.join(''), err: err.join(''), asked };
};

const EMULATOR = { env: { AWS_ENDPOINT_URL: 'http://localhost:4566' } };

describe('doctor', () => {
  it('says ok with status 0 where nothing is to be done', async () => {
    expect(await examined([check('one', ok('fine')), check('another', ok('fine too'))])).toMatchObject({
      status: 0,
      out: 'ok         one      fine\nok         another  fine too\n\n2 ok, 0 to do, 0 not known\n',
      err: '',
    });
  });

  it('says what to do, line by line, with status 1', async () => {
    const { status, out } = await examined([
      check('one', toDo('raise it'), toDo('confirm\nit')),
      check('two', ok('fine')),
    ]);
    expect(status).toBe(1);
    expect(out).toBe(
      'to do      one  raise it\nto do      one  confirm it\nok         two  fine\n\n1 ok, 2 to do, 0 not known\n',
    );
  });

  it('takes what is not known for no failure', async () => {
    expect(await examined([check('one', notKnown('nobody says'))])).toMatchObject({
      status: 0,
      out: 'not known  one  nobody says\n\n0 ok, 0 to do, 1 not known\n',
    });
  });

  it.each([
    ['a permission that is missing', named('AccessDeniedException', 'not authorized'), {}, 'to do', 1],
    ['a service that an emulator has not', named('UnknownOperationException', 'no'), EMULATOR, 'not known', 0],
    ['an answer that an emulator makes up', new SyntaxError('Unexpected token <'), EMULATOR, 'not known', 0],
    ['the same from AWS', named('UnknownOperationException', 'no'), {}, 'to do', 1],
    ['an emulator that does not run', named('Error', 'connect ECONNREFUSED'), EMULATOR, 'to do', 1],
    [
      'a table that is not there',
      new TableUnavailable('no answer', { cause: named('ResourceNotFoundException', 'none') }),
      EMULATOR,
      'to do',
      1,
    ],
    ['rows that are wrong', new InputRefused(['a: wrong']), {}, 'to do', 1],
  ] as const)('says of %s what it is', async (_what, error, around, word, expected) => {
    const { status, out } = await examined([failing(error), check('next', ok('asked all the same'))], around);
    expect(status).toBe(expected);
    expect(out).toMatch(new RegExp(`^${word} +failing +\\S`));
    expect(out).toContain('asked all the same');
  });

  it.each([
    [
      ['--stage', 'dev', '--port', '80'],
      'options: --store and --port are of the clinic on this machine, the others of a deployed one\n',
    ],
    [['--stage', 'nowhere'], 'stage: found "nowhere"; allowed: dev (deployments/)\n'],
    [['--settings', 'nowhere.json'], 'settings: no file nowhere.json\n'],
    [['--stage', 'dev', '--settings', 'x'], 'options: --stage and --settings name two clinics; one of them\n'],
    [['--port', 'http'], 'options.port: found "http"; a number from 0 to 65535\n'],
    [['--port', '70000'], 'options.port: found "70000"; a number from 0 to 65535\n'],
    [
      ['--color'],
      expect.stringMatching(
        /^options: Unknown option '--color'; one of --stage, --settings, --table, --store, --port, --help\n$/,
      ),
    ],
  ])('refuses %j with status 2 and nothing on standard output', async (args, err) => {
    expect(await examined([], { args })).toMatchObject({ status: 2, out: '', err });
  });

  it('asks the clinic on this machine, unless a deployed one is named; the environment may name its table', async () => {
    expect((await examined([], { args: ['--help'] })).out).toContain('npm run -s doctor -- --stage STAGE');
    expect(readOptions([], {})).toEqual({ kind: 'local', data: 'throughline.sqlite', port: 0 });
    expect(readOptions(['--stage', 'dev'], {})).toMatchObject({ kind: 'deployed', table: 'dev-journeys' });
    expect(readOptions(['--stage', 'dev'], { TABLE: 'other' })).toMatchObject({ table: 'other' });
    expect(readOptions(['--stage', 'dev', '--table', 'own'], { TABLE: 'other' })).toMatchObject({ table: 'own' });
  });

  it('asks a deployed clinic everything, and the one on this machine what it has', async () => {
    const deployed = (await deployedChecks(deployedOf({ stage: 'dev' }, {}))).map(({ name }) => name);
    expect(deployed).toEqual([
      'settings',
      'programs',
      'contacts',
      'licences',
      'sign-in',
      'table',
      'notes',
      'clock',
      'e-mail account',
      'e-mail sender',
      'text numbers',
      'text spending',
      'firewall',
      'quota of functions',
      'alarms',
      'alarm readers',
      'schedules',
      'webhooks',
      'versions in use',
      'outbox',
    ]);
    const local = localChecks({ data: 'nowhere.sqlite', port: 0 }).map(({ name }) => name);
    expect(local).toEqual(['programs', 'contacts', 'licences', 'data', 'port']);
  });
});
