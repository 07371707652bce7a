import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputRefused } from '../../../functions/domain/problems.ts';
import { bundledData } from '../../../functions/stores/bundled-library.ts';
import { programProblems } from '../../../infra/settings/clinic-data.ts';
import { chosenSettings, readSettings, settingsFile } from '../../../infra/settings/read-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const clinicPath = chosenSettings('dev', undefined).clinic;
cpSync(clinicPath, join(folder, 'clinic.json'));

const sound = {
  stage: 'prod',
  account: '111122223333',
  region: 'us-west-2',
  clinic: 'clinic.json',
  email: { from: 'Harbor <hello@harbor.example>', identity: 'existing' },
  sms: { phoneNumbers: ['phone-0123456789abcdef0123456789abcdef'] },
  api: { callbacks: ['https://staff.harbor.example/signed-in'] },
  alarms: { emails: ['ops@harbor.example'], monthlyBudget: 500 },
};

const domain = {
  name: 'api.harbor.example',
  certificate: 'arn:aws:acm:us-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef',
};

const written = (value: unknown, name = 'settings.json'): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

const problems = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InputRefused) return error.problems;
    throw error;
  }
  return [];
};

const problemsOf = (value: unknown) => problems(() => readSettings(written(value)));
const without = (key: keyof typeof sound) => Object.fromEntries(Object.entries(sound).filter(([name]) => name !== key));

describe('The settings of a deployment', () => {
  it("are read with the clinic's name and telephone, and keep what was not said as long as the law may ask", () => {
    expect(readSettings(written(sound))).toEqual({
      ...sound,
      clinic: join(folder, 'clinic.json'),
      ownPrograms: [],
      webhooks: [],
      programs: expect.objectContaining({ 'northwest-iv': [1] }),
      retention: { logs: 365, events: 90, dailyBackups: 35, monthlyBackups: 2557, trail: 2192 },
      reservedConcurrency: true,
      sender: { name: 'Throughline Clinic', phone: '+12065550100' },
      practices: ['partner-1', 'partner-2'],
    });
  });

  it("take a clinic's own program along, and refuse one that is no program or that comes with the code already", () => {
    const known = JSON.parse(readFileSync(join(import.meta.dirname, '../../../programs/northwest-iv.json'), 'utf8'));
    const own = written({ ...known, id: 'harbor-iv' }, 'harbor-iv.json');
    expect(readSettings(written({ ...sound, ownPrograms: ['harbor-iv.json'] })).ownPrograms).toEqual([own]);
    written({ ...known, series: {} }, 'broken.json');
    written(known, 'known.json');
    expect(problemsOf({ ...sound, ownPrograms: ['harbor-iv.json', 'broken.json', 'known.json', 'gone.json'] })).toEqual(
      [
        expect.stringMatching(/^ownPrograms\[1\]\.series\.stages: /),
        expect.stringMatching(/^ownPrograms\[1\]\.series\.spacing: /),
        expect.stringMatching(/^ownPrograms\[1\]\.series\.evaluateAfter: /),
        'ownPrograms[2]: version 1 of "northwest-iv" is in programs/ already; another id',
        `ownPrograms[3]: no file ${join(folder, 'gone.json')}`,
      ],
    );
  });

  it('of every stage that comes with the project can be deployed', () => {
    expect(chosenSettings('dev', undefined)).toMatchObject({ stage: 'dev', reservedConcurrency: true });
  });

  it.each<[string, unknown, string]>([
    ['the sender is missing', without('email'), 'settings.email: missing; allowed: an object'],
    [
      'the sender has no name',
      { ...sound, email: { from: 'hello@harbor.example' } },
      'settings.email.from: found "hello@harbor.example"; allowed: a sender is "Name <address@domain>"',
    ],
    [
      'a phone number is none',
      { ...sound, sms: { phoneNumbers: ['+18005550100'] } },
      'settings.sms.phoneNumbers[0]: found "+18005550100"; allowed: the id of a number is "phone-" and 32 of 0-9 and a-f',
    ],
    ['there is no number', { ...sound, sms: { phoneNumbers: [] } }, 'settings.sms.phoneNumbers: found a list of 0'],
    [
      'the stage is named too long',
      { ...sound, stage: 'production-of-the-clinic' },
      'settings.stage: found "production-of-the-clinic"; allowed: a stage is 2 to 12 of a-z and 0-9, and begins with a letter',
    ],
    ['the account is none', { ...sound, account: '1234' }, 'settings.account: found "1234"; allowed: an account is 12'],
    [
      'a key is unknown',
      { ...sound, colour: 'green' },
      'settings: unknown key "colour"; one of stage, account, region, clinic, email, sms, alarms',
    ],
    [
      'logs are kept for a made-up time',
      { ...sound, retention: { logs: 400 } },
      'settings.retention.logs: found 400; allowed: one of 30, 90, 180, 365',
    ],
    [
      'nobody would be mailed',
      { ...sound, alarms: { emails: ['ops'] } },
      'settings.alarms.emails[0]: found "ops"; allowed: an e-mail address',
    ],
    [
      'people would come back to an address that is not encrypted',
      { ...sound, api: { callbacks: ['http://staff.harbor.example/'] } },
      'settings.api.callbacks[0]: found "http://staff.harbor.example/"; allowed: an address is "https://host/path"',
    ],
    [
      'people would come back to any page of a host',
      { ...sound, api: { callbacks: ['https://staff.harbor.example/*'] } },
      'settings.api.callbacks[0]: found "https://staff.harbor.example/*"; allowed: an address is "https://host/path"',
    ],
    [
      'links would be opened where nothing is encrypted',
      { ...sound, publicAddress: 'http://my.harbor.example' },
      'settings.publicAddress: found "http://my.harbor.example"; allowed: an address is such as "https://my.cedar.example"',
    ],
    [
      'a text with a link would be two',
      { ...sound, publicAddress: 'https://appointments.of.harbor.example' },
      'settings.publicAddress: found "https://appointments.of.harbor.example"; allowed: at most 32 characters',
    ],
    ['nobody could come back', { ...sound, api: { callbacks: [] } }, 'settings.api.callbacks: found a list of 0'],
    [
      'its own name has no certificate',
      { ...sound, api: { ...sound.api, domain: { name: 'api.harbor.example' } } },
      'settings.api.domain.certificate: missing',
    ],
    [
      'its own name is an address',
      { ...sound, api: { ...sound.api, domain: { ...domain, name: 'https://api.harbor.example' } } },
      'settings.api.domain.name: found "https://api.harbor.example"; allowed: a name is such as "api.cedar.example"',
    ],
    ...[
      'http://ehr.example/events',
      'https://localhost/events',
      'https://10.0.0.1/events',
      'https://169.254.169.254/latest',
      'https://[::1]/events',
      'https://ehr.internal/events',
      'https://name:word@ehr.example/',
      'https://ehr.example/events?key=1',
    ].map((url): [string, unknown, string] => [
      `another system listens at ${url}`,
      { ...sound, webhooks: [{ id: 'ehr', url }] },
      `settings.webhooks[0].url: found "${url}"; allowed: an address`,
    ]),
    [
      'another system wants an event that does not exist',
      { ...sound, webhooks: [{ id: 'ehr', url: 'https://ehr.example/', events: ['patient-renamed'] }] },
      'settings.webhooks[0].events[0]: unknown event "patient-renamed"; one of phase-consult',
    ],
    [
      'two other systems have one name',
      { ...sound, webhooks: ['https://a.example/', 'https://b.example/'].map((url) => ({ id: 'ehr', url })) },
      'settings.webhooks: ids that differ',
    ],
    ['it is no object', [], 'settings: found a list of 0; allowed: an object'],
    ['it is no JSON', '{', 'settings: '],
    ["the clinic's file is not there", { ...sound, clinic: 'none.json' }, 'clinic: no file '],
  ])('are refused when %s', (_case, value, line) => {
    const found = problemsOf(value);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line);
  });

  it("tell every problem at once, of the settings and of the clinic's file", () => {
    const clinic = JSON.parse(readFileSync(clinicPath, 'utf8'));
    written({ ...clinic, zone: 'America/Nowhere', phone: '555-0100' }, 'wrong-clinic.json');
    const found = problemsOf({ ...without('email'), stage: 'Prod', clinic: 'wrong-clinic.json' });
    expect(found).toEqual([
      expect.stringMatching(/^settings\.stage: found "Prod"/),
      'settings.email: missing; allowed: an object',
      expect.stringMatching(/^clinic\.phone: found "555-0100"/),
      expect.stringMatching(/^clinic\.zone: found "America\/Nowhere"/),
    ]);
  });

  it('are those of the stage that was asked for, and of no other', () => {
    expect(problems(() => chosenSettings('prod', undefined))).toEqual([
      expect.stringMatching(/^stage: found "prod"; allowed: .*dev/),
    ]);
    expect(problems(() => chosenSettings(undefined, undefined))).toEqual([
      expect.stringContaining('stage: found undefined'),
    ]);
    expect(chosenSettings('dev', written(sound)).stage).toBe('prod');
    expect(settingsFile('prod')).toMatch(/deployments\/prod\.json$/);
  });
});

describe('The programs that go out with a deployment', () => {
  const data = bundledData();

  it('are all valid, and have their questionnaires and rule tables with them', () => {
    expect(programProblems()).toEqual([]);
  });

  it('are refused by name when one does not validate', () => {
    const broken = {
      id: 'northwest-iv',
      version: 2,
      read: () => {
        throw new InputRefused(['northwest-iv.series: missing; allowed: an object']);
      },
    };
    expect(programProblems({ ...data, programs: [broken] })).toEqual([
      'version 2 of northwest-iv: northwest-iv.series: missing; allowed: an object',
    ]);
  });

  it('are refused when a questionnaire that they ask for is not deployed', () => {
    expect(programProblems({ ...data, measures: [] })).not.toEqual([]);
  });
});
