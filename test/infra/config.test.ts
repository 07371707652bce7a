import { describe, expect, it } from 'vitest';
import { settingsOf, WrongSettings } from '../../infra/config.ts';

describe('The settings of a stage', () => {
  it('have a safe default for everything', () => {
    expect(settingsOf({ dev: {} }, 'dev')).toEqual({
      stage: 'dev',
      emailFrom: 'Cedar Clinic <care@cedar.example>',
      smsOrigination: 'pool/pool-00000000000000000000000000000000',
      logRetentionDays: 365,
      eventArchiveDays: 90,
    });
  });

  it('are those of the stage that was asked for', () => {
    const stages = { dev: {}, prod: { emailFrom: 'Harbor <hello@harbor.example>', alarmEmail: 'ops@harbor.example' } };
    expect(settingsOf(stages, 'prod')).toMatchObject({ stage: 'prod', emailFrom: 'Harbor <hello@harbor.example>' });
  });

  it.each<[string, unknown, unknown, string]>([
    ['the stage is not listed', { dev: {} }, 'prod', 'stage "prod" is not among dev in cdk.json'],
    [
      'the stage is named too long',
      { 'production-of-the-clinic': {} },
      'production-of-the-clinic',
      'a stage is 2 to 12',
    ],
    ['a setting is unknown', { dev: { colour: 'green' } }, 'dev', 'colour'],
    ['the sender has no name', { dev: { emailFrom: 'care@cedar.example' } }, 'dev', 'dev.emailFrom: a sender is'],
    ['logs are kept for a made-up time', { dev: { logRetentionDays: 400 } }, 'dev', 'dev.logRetentionDays'],
    ['there are none', undefined, undefined, 'cdk.json needs "stage" and "stages"'],
  ])('are refused when %s', (_case, stages, stage, message) => {
    expect(() => settingsOf(stages, stage)).toThrow(WrongSettings);
    expect(() => settingsOf(stages, stage)).toThrow(message);
  });
});
