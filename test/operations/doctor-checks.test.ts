import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Clinic, parseClinic } from '../../functions/domain/clinic/clinic.ts';
import { parseProgram } from '../../functions/domain/program/program.ts';
import { bundledData, keptProgram } from '../../functions/stores/bundled-library.ts';
import { outboxRow } from '../../functions/stores/journey-rows.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import { readSettings } from '../../infra/settings/read-settings.ts';
import { alarmReaders } from '../../operations/doctor/checks/alarm-readers.ts';
import { alarms } from '../../operations/doctor/checks/alarms.ts';
import { clock } from '../../operations/doctor/checks/clock.ts';
import { concurrency } from '../../operations/doctor/checks/concurrency.ts';
import { contacts } from '../../operations/doctor/checks/contacts.ts';
import { dataFile } from '../../operations/doctor/checks/data-file.ts';
import { emailAccount } from '../../operations/doctor/checks/email-account.ts';
import { emailIdentity } from '../../operations/doctor/checks/email-identity.ts';
import { licences } from '../../operations/doctor/checks/licences.ts';
import { node } from '../../operations/doctor/checks/node.ts';
import { pinnedVersions } from '../../operations/doctor/checks/pinned-versions.ts';
import { port } from '../../operations/doctor/checks/port.ts';
import { programs } from '../../operations/doctor/checks/programs.ts';
import { schedules } from '../../operations/doctor/checks/schedules.ts';
import { settings } from '../../operations/doctor/checks/settings.ts';
import { signIn } from '../../operations/doctor/checks/sign-in.ts';
import { table } from '../../operations/doctor/checks/table.ts';
import { textNumbers } from '../../operations/doctor/checks/text-numbers.ts';
import { textSpending } from '../../operations/doctor/checks/text-spending.ts';
import type { Check } from '../../operations/doctor/finding.ts';
import { rowChecks } from '../../operations/doctor/row-checks.ts';
import { programFile } from '../domain/program/files.ts';
import { sceneAt, worldOf } from '../support/scenes.ts';

// The journey behind every scene is rehearsed once.
beforeAll(() => sceneAt('the first dose is to be booked'), 60_000);

const NOW = '2026-11-23T12:00:00.000Z';

/** Every finding as one line: its state and what it says. */
const lines = async (check: Check) => (await check.look()).map(({ state, says }) => `${state}: ${says}`);

const CLINIC: Clinic = parseClinic(programFile('clinic/clinic.json'));
const twoPeople: Clinic = {
  ...CLINIC,
  practitioners: CLINIC.practitioners.filter(({ id }) => id === 'coordinator-1' || id === 'nurse-1'),
};
/** The same clinic with numbers and addresses that somebody could have. */
const real = (): Clinic => ({
  ...CLINIC,
  phone: '+12064438901',
  practitioners: CLINIC.practitioners.map((each) => ({
    ...each,
    phone: '+12064438902',
    email: `${each.id}@cedar.org`,
  })),
  partners: CLINIC.partners.map((each) => ({ ...each, email: `${each.id}@cedar.org` })),
});
const withPerson = (id: string, over: object): Clinic => ({
  ...real(),
  practitioners: real().practitioners.map((each) => (each.id === id ? { ...each, ...over } : each)),
});

const data = bundledData();
const allConfirmed = () => {
  const program = programFile('northwest-iv.json');
  for (const entry of Object.values<Record<string, unknown>>(program.provenance))
    if (entry.clinicalDecision !== undefined) {
      delete entry.clinicalDecision;
      entry.source = ['DEF'];
    }
  return parseProgram(program);
};

const deployment = (over: object) => ({ ...readSettings('deployments/dev.json'), ...over });
const REAL = {
  email: { from: 'Cedar Clinic <care@cedar.org>', identity: 'create' as const },
  sms: { phoneNumbers: [`phone-${'a'.repeat(32)}`] },
  alarms: { emails: ['engineer@cedar.org'], monthlyBudget: 200 },
};
const signedIn = async () => ({ account: '111122223333', region: 'us-west-2' });

const number = (over: object) => async () => [
  { id: 'phone-1', status: 'ACTIVE', sendsText: true, registration: 'COMPLETE', inPool: true, ...over },
];
const identity = (over: object) => async () => ({ verified: true, dkim: 'SUCCESS', mailFrom: 'SUCCESS', ...over });
const FROM = 'Cedar Clinic <care@cedar.org>';

const cases: [string, Check, readonly unknown[]][] = [
  ['Node as it should be', node({ version: '24.12.0', wanted: '>=24.12' }), ['ok: 24.12.0']],
  [
    'a Node that is too old',
    node({ version: '24.9.0', wanted: '>=24.12' }),
    [expect.stringContaining('to-do: found 24.9.0')],
  ],

  [
    'a program that is ready',
    programs({ ...data, programs: [keptProgram(allConfirmed())] }),
    ['ok: northwest-iv version 1'],
  ],
  [
    'figures that nobody confirmed',
    programs({ ...data, programs: data.programs.slice(0, 1) }),
    [
      expect.stringMatching(
        /^to-do: northwest-iv version 1: \d+ entries wait for the clinic to confirm them; npm run -s programs -- check programs\/northwest-iv.json/,
      ),
    ],
  ],
  [
    'an earlier version, whose figures nobody need confirm any more',
    programs({ ...data, programs: [keptProgram({ ...allConfirmed(), version: 2 }), ...data.programs.slice(0, 1)] }),
    ['ok: northwest-iv version 2', 'ok: northwest-iv version 1'],
  ],
  [
    'a program without the people for it',
    programs({
      ...data,
      programs: [keptProgram(allConfirmed())],
      clinic: { ...CLINIC, practitioners: CLINIC.practitioners.filter(({ roles }) => !roles.includes('nurse')) },
    }),
    [expect.stringContaining('to-do: northwest-iv version 1: clinic.practitioners: nobody has the role "nurse"')],
  ],
  [
    'a program whose questionnaire is missing',
    programs({ ...data, measures: [], programs: [keptProgram(allConfirmed())] }),
    [expect.stringContaining('northwest-iv.measures[0].id'), expect.stringContaining('northwest-iv.measures[1].id')],
  ],

  [
    'journeys on versions that are here',
    pinnedVersions(data, {
      pinned: async () => [{ id: 'northwest-iv', version: 1, journeys: 3 }],
      carried: async () => ['northwest-iv 1'],
    }),
    ['ok: 3 journeys in flight, each on a version that is here'],
  ],
  [
    'a journey on a version that is gone',
    pinnedVersions(data, {
      pinned: async () => [{ id: 'northwest-iv', version: 7, journeys: 1 }],
      carried: async () => undefined,
    }),
    [expect.stringContaining('to-do: 1 journey is on version 7 of northwest-iv, which is not here')],
  ],

  [
    'journeys on a version that was not deployed',
    pinnedVersions(data, {
      pinned: async () => [{ id: 'northwest-iv', version: 1, journeys: 2 }],
      carried: async () => ['three-phase 1'],
    }),
    [expect.stringContaining('to-do: 2 journeys are on version 1 of northwest-iv, which is not deployed')],
  ],

  [
    'people who can be reached',
    contacts(real()),
    [expect.stringMatching(/^ok: \d+ people and 2 partners can be reached/)],
  ],
  [
    'a number for stories',
    contacts(withPerson('nurse-1', { phone: '+12065550102' })),
    ['to-do: clinic.practitioners nurse-1: phone is a number for stories, which nobody answers'],
  ],
  [
    'a number that is none',
    contacts(withPerson('nurse-1', { phone: '+1206' })),
    ['to-do: clinic.practitioners nurse-1: phone is no telephone number'],
  ],
  [
    'an address for stories',
    contacts(withPerson('nurse-1', { email: 'nurse@clinic.example' })),
    ['to-do: clinic.practitioners nurse-1: email is an address for stories, which nobody reads'],
  ],
  [
    'a provider who is paged and has no telephone',
    contacts(withPerson('provider-1', { phone: undefined })),
    ['to-do: clinic.practitioners provider-1: phone is missing, and they are told by it'],
  ],
  [
    'a therapist who is told by e-mail and has no telephone',
    contacts(withPerson('therapist-11', { phone: undefined })),
    [expect.stringContaining('ok')],
  ],
  [
    'a clinic that nobody can call',
    contacts({ ...real(), phone: '+12065550100' }),
    ['to-do: clinic.phone is a number for stories, which nobody answers'],
  ],
  [
    'a partner who gets no offers',
    contacts({ ...real(), partners: [{ id: 'partner-1', name: 'x', order: 1 }] }),
    ['to-do: clinic.partners partner-1: email is missing, and offers are sent to it'],
  ],

  ['licences in force', licences(CLINIC, NOW), [expect.stringContaining('ok')]],
  [
    'a licence that ends soon',
    licences(withPerson('nurse-1', { licence: { number: '1', state: 'CA', expiresOn: '2026-12-31' } }), NOW),
    ['to-do: clinic.practitioners nurse-1.licence: ends on 2026-12-31; enter the renewed one'],
  ],
  [
    'a licence that has ended',
    licences(withPerson('nurse-1', { licence: { number: '1', state: 'CA', expiresOn: '2026-11-22' } }), NOW),
    ['to-do: clinic.practitioners nurse-1.licence: ended on 2026-11-22; enter the renewed one'],
  ],

  [
    'settings of a clinic’s own',
    settings(deployment(REAL), { signedIn }),
    ['ok: stage dev in 111122223333, us-west-2'],
  ],
  [
    'the settings that came with it',
    settings(deployment({}), { signedIn }),
    [
      expect.stringContaining('settings.email.from'),
      expect.stringContaining('settings.sms.phoneNumbers'),
      expect.stringContaining('settings.alarms.emails'),
    ],
  ],
  [
    'another account and region',
    settings(deployment({ ...REAL, account: '999999999999', region: 'us-east-1' }), { signedIn }),
    [
      'to-do: settings.account: is 999999999999, and this shell is signed in to 111122223333',
      'to-do: settings.region: is us-east-1, and this shell works in us-west-2',
    ],
  ],

  [
    'a table that is protected',
    table('table', {
      state: async () => ({ name: 't', status: 'ACTIVE', deletionProtection: true, pointInTimeRecovery: true }),
    }),
    ['ok: t is active and protected'],
  ],
  [
    'a table that is not',
    table('table', {
      state: async () => ({ name: 't', status: 'ARCHIVED', deletionProtection: false, pointInTimeRecovery: false }),
    }),
    [
      expect.stringContaining('t is ARCHIVED'),
      expect.stringContaining('no deletion protection'),
      expect.stringContaining('no point-in-time recovery'),
    ],
  ],

  [
    'a clock that goes right',
    clock({ clocks: async () => ({ here: 30_000, there: 0 }) }),
    [expect.stringContaining('ok')],
  ],
  [
    'a clock that is ahead',
    clock({ clocks: async () => ({ here: 90_000, there: 0 }) }),
    ['to-do: this machine is 90 seconds ahead; set its clock by NTP'],
  ],
  [
    'a clock that is behind',
    clock({ clocks: async () => ({ here: 0, there: 90_000 }) }),
    ['to-do: this machine is 90 seconds behind; set its clock by NTP'],
  ],
  [
    'an answer without a date',
    clock({ clocks: async () => ({ here: 0, there: undefined }) }),
    ['not-known: the answer had no date'],
  ],

  [
    'an account out of the sandbox',
    emailAccount({
      account: async () => ({ production: true, sending: true, enforcement: 'HEALTHY', perDay: 50_000 }),
    }),
    ['ok: out of the sandbox, 50000 mails a day'],
  ],
  [
    'the sandbox',
    emailAccount({ account: async () => ({ production: false, sending: true, enforcement: 'HEALTHY', perDay: 200 }) }),
    [expect.stringContaining('to-do: SES is in the sandbox')],
  ],
  [
    'an account that was stopped',
    emailAccount({ account: async () => ({ production: true, sending: false, enforcement: 'SHUTDOWN', perDay: 200 }) }),
    [expect.stringContaining('switched off'), expect.stringContaining('SHUTDOWN')],
  ],
  [
    'an SES that does not say',
    emailAccount({
      account: async () => ({ production: undefined, sending: undefined, enforcement: undefined, perDay: undefined }),
    }),
    [expect.stringContaining('not-known')],
  ],

  [
    'a sender that is verified',
    emailIdentity(FROM, { identity: identity({}) }),
    ['ok: cedar.org is verified and signs its mails'],
  ],
  [
    'a sender that is not',
    emailIdentity(FROM, { identity: identity({ verified: false, dkim: 'PENDING', mailFrom: 'FAILED' }) }),
    [
      expect.stringContaining('not verified'),
      expect.stringContaining('DKIM of cedar.org is PENDING'),
      expect.stringContaining('MAIL FROM domain of cedar.org is FAILED'),
    ],
  ],
  [
    'a sender of whom SES has the address alone',
    emailIdentity(FROM, {
      identity: async (name) => (name === 'care@cedar.org' ? identity({ mailFrom: undefined })() : undefined),
    }),
    [expect.stringContaining('ok')],
  ],
  [
    'a sender that SES does not know',
    emailIdentity(FROM, { identity: async () => undefined }),
    [expect.stringContaining('to-do: cedar.org is not known to SES')],
  ],

  ['a registered number', textNumbers(['phone-1'], { numbers: number({}) }), ['ok: 1 registered']],
  [
    'a number without need of registration',
    textNumbers(['phone-1'], { numbers: number({ registration: undefined }) }),
    ['ok: 1 registered'],
  ],
  [
    'a number under review, in no pool',
    textNumbers(['phone-1'], {
      numbers: number({ status: 'PENDING', registration: 'REVIEWING', inPool: false, sendsText: false }),
    }),
    [
      expect.stringContaining('is PENDING'),
      expect.stringContaining('cannot send texts'),
      expect.stringContaining('registration of phone-1 is REVIEWING'),
      expect.stringContaining('in no pool'),
    ],
  ],
  [
    'a number of somebody else',
    textNumbers(['phone-2'], { numbers: number({}) }),
    [expect.stringContaining('to-do: phone-2 is not a number of this account')],
  ],

  [
    'texts that may cost enough',
    textSpending({ account: async () => ({ tier: 'PRODUCTION', enforced: 100, most: 500 }) }),
    ['ok: texts may cost 100 US dollars a month'],
  ],
  [
    'the dollar of a new account',
    textSpending({ account: async () => ({ tier: 'SANDBOX', enforced: 1, most: 1 }) }),
    [
      expect.stringContaining('texts are in the SANDBOX'),
      expect.stringMatching(/1 US dollars a month; raise it to 50 or more; AWS Support/),
    ],
  ],
  [
    'nobody who says so',
    textSpending({ account: async () => ({ tier: undefined, enforced: undefined, most: undefined }) }),
    [expect.stringContaining('not-known')],
  ],

  [
    'enough functions at once',
    concurrency(26, { quota: async () => ({ limit: 126 }) }),
    ['ok: 126 functions may run at once'],
  ],
  [
    'too few of them',
    concurrency(26, { quota: async () => ({ limit: 125 }) }),
    [expect.stringContaining('raised to 126 or more')],
  ],
  [
    'a Lambda that does not say',
    concurrency(26, { quota: async () => ({ limit: undefined }) }),
    [expect.stringContaining('not-known')],
  ],

  [
    'alarms that are quiet',
    alarms({ all: async () => [{ name: 'a', state: 'OK', tells: true, description: '' }] }),
    ['ok: 1, none rings'],
  ],
  ['no alarms', alarms({ all: async () => [] }), ['to-do: there are none; deploy the stack']],
  [
    'one that rings and one that tells nobody',
    alarms({
      all: async () => [
        { name: 'a', state: 'ALARM', tells: true, description: 'Patients wait. docs/runbook.md#x' },
        { name: 'b', state: 'OK', tells: false, description: '' },
      ],
    }),
    ['to-do: a rings: Patients wait. docs/runbook.md#x', expect.stringContaining('b tells nobody')],
  ],

  [
    'somebody who hears',
    alarmReaders(['a@b.org'], { subscriptions: async () => [{ to: 'a@b.org', confirmed: true }] }),
    ['ok: a@b.org confirmed'],
  ],
  [
    'somebody who has not confirmed, and one never asked',
    alarmReaders(['a@b.org', 'c@d.org'], { subscriptions: async () => [{ to: 'a@b.org', confirmed: false }] }),
    [expect.stringContaining('a@b.org has not confirmed'), expect.stringContaining('c@d.org has not been asked')],
  ],
  ['nobody', alarmReaders([], { subscriptions: async () => [] }), [expect.stringContaining('to-do: nobody is told')]],

  [
    'people who can all sign in',
    signIn(twoPeople, {
      people: async () => ({
        mfa: 'ON',
        accounts: [
          { id: 'coordinator-1', enabled: true, groups: ['coordinator'] },
          { id: 'Nurse-1', enabled: true, groups: ['nurse', 'therapist'] },
        ],
      }),
    }),
    ['ok: 2 people, each with a second factor'],
  ],
  [
    'people who cannot sign in as who they are, and a second factor that is left to them',
    signIn(twoPeople, {
      people: async () => ({ mfa: 'OPTIONAL', accounts: [{ id: 'nurse-1', enabled: true, groups: [] }] }),
    }),
    [
      expect.stringContaining('to-do: a second factor is OPTIONAL'),
      expect.stringContaining('coordinator-1 has no account'),
      expect.stringContaining('nurse-1 may not act as nurse'),
    ],
  ],
  [
    'an account that was closed',
    signIn(twoPeople, {
      people: async () => ({
        mfa: 'ON',
        accounts: [
          { id: 'coordinator-1', enabled: false, groups: ['coordinator'] },
          { id: 'nurse-1', enabled: true, groups: ['nurse'] },
        ],
      }),
    }),
    [expect.stringContaining('the account of coordinator-1 is disabled')],
  ],
  ['no user pool', signIn(twoPeople, { people: async () => undefined }), [expect.stringContaining('no user pool')]],

  [
    'schedules that flow',
    schedules({ flow: async () => ({ group: 'ACTIVE', sweepRule: 'ENABLED', heartbeats: 3, sweeps: 2 }) }),
    ['ok: 3 heartbeats and 2 sweeps in the last 15 minutes'],
  ],
  [
    'schedules that stand',
    schedules({ flow: async () => ({ group: 'DELETING', sweepRule: 'DISABLED', heartbeats: 0, sweeps: 0 }) }),
    [
      expect.stringContaining('group is DELETING'),
      expect.stringContaining('sweep is DISABLED'),
      expect.stringContaining('no schedule has fired'),
      expect.stringContaining('not run for 15 minutes'),
    ],
  ],
  [
    'a sweep that nobody counts',
    schedules({
      flow: async () => ({ group: 'ACTIVE', sweepRule: 'ENABLED', heartbeats: undefined, sweeps: undefined }),
    }),
    [expect.stringContaining('not-known')],
  ],
];

describe('The doctor looks at', () => {
  it.each(cases)('%s', async (_what, check, found) => {
    expect(await lines(check)).toEqual(found);
  });
});

describe('The doctor reads rows', () => {
  test('of a clinic: what has been waiting too long, and which versions its journeys are on', async () => {
    const scene = await sceneAt('the first dose is to be booked');
    const world = await worldOf(scene);
    const looked = () => Promise.all(rowChecks(world.table, data, NOW, async () => undefined).map(lines));
    expect(await looked()).toEqual([
      ['ok: 1 journey in flight, each on a version that is here'],
      ['ok: nothing waits for longer than 15 minutes'],
    ]);
    const item = { kind: 'send-message', journeyId: scene.journeyId, messageId: 'm' } as const;
    const put = (at: string) => world.table.write([{ do: 'put', row: outboxRow(item, at), when: 'free' }]);
    await put('2026-11-23T11:46:00.000Z');
    expect((await looked())[1]).toEqual(['ok: nothing waits for longer than 15 minutes']);
    await put('2026-11-23T11:44:00.000Z');
    expect((await looked())[1]).toEqual([
      'to-do: 1 item waits since 2026-11-23T11:44:00.000Z; see docs/runbook.md, reminders stopped',
    ]);
    world.close();
  });
});

describe('The doctor of a clinic on this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));

  test('looks whether its file can be written and is whole', async () => {
    const file = join(folder, 'clinic.sqlite');
    expect(await lines(dataFile(file))).toEqual([expect.stringContaining('is not there yet')]);
    sqliteTable({ path: file, newId: randomUUID }).close();
    expect(await lines(dataFile(file))).toEqual([`ok: ${file} is whole`]);
    const broken = join(folder, 'broken.sqlite');
    writeFileSync(broken, 'no database at all, and long enough to be read as one'.repeat(100));
    expect(await lines(dataFile(broken))).toEqual([expect.stringContaining(`to-do: ${broken} cannot be read`)]);
    expect(await lines(dataFile(join(folder, 'nowhere/clinic.sqlite')))).toEqual([
      `to-do: ${join(folder, 'nowhere')} is no folder; make it`,
    ]);
  });

  test('looks whether somebody else has its port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await lines(port(taken))).toEqual([
      expect.stringContaining(`to-do: 127.0.0.1:${taken} cannot be listened on`),
    ]);
    await new Promise((resolve) => server.close(resolve));
    expect(await lines(port(taken))).toEqual([`ok: ${taken} is free`]);
  });
});
