import { describe, expect, it } from 'vitest';
import { losses, type Template, unconfirmed } from '../../../operations/deploy/losses.ts';

type Fields = Record<string, unknown>;

const table = (properties: Fields = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  Properties: {
    TableName: 'prod-journeys',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    ...properties,
  },
});
const key = (properties: Fields = {}) => ({
  Type: 'AWS::KMS::Key',
  DeletionPolicy: 'RetainExceptOnCreate',
  Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [] }, ...properties },
});
const log = (RetentionInDays?: number) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName: '/x', ...(RetentionInDays !== undefined && { RetentionInDays }) },
});
const plan = (...days: number[]) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: {
    BackupPlan: { BackupPlanRule: days.map((DeleteAfterDays) => ({ Lifecycle: { DeleteAfterDays } })) },
  },
});

const deployed = { JourneyTable: table(), DataKey: key(), Logs: log(365), Plan: plan(35, 2557) };
const lost = (next: Template['Resources']) => losses({ Resources: deployed }, { Resources: { ...deployed, ...next } });
const without = (id: keyof typeof deployed): Template => ({
  Resources: Object.fromEntries(Object.entries(deployed).filter(([name]) => name !== id)),
});

describe('A deploy loses nothing', () => {
  it.each<[string, Template['Resources']]>([
    ['when it changes nothing', {}],
    ['when it adds a table', { NotesTable: table({ TableName: 'prod-notes' }) }],
    ['when it changes who may use a key', { DataKey: key({ KeyPolicy: { Statement: ['more'] } }) }],
    ['when logs are kept for longer', { Logs: log(731) }],
    ['when logs are kept for ever', { Logs: log() }],
    ['when copies are kept for longer', { Plan: plan(60, 3650) }],
    ['when a copy is made more often', { Plan: plan(35, 2557, 90) }],
  ])('%s', (_when, next) => {
    expect(lost(next)).toEqual([]);
  });
});

describe('A deploy is found to lose', () => {
  it.each<[string, Template['Resources'], string, string]>([
    [
      'the table, by another name',
      { JourneyTable: table({ TableName: 'prod-2-journeys' }) },
      'JourneyTable',
      'AWS::DynamoDB::Table would be replaced, since TableName changes',
    ],
    [
      'the table, by another key',
      { JourneyTable: table({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }) },
      'JourneyTable',
      'AWS::DynamoDB::Table would be replaced, since KeySchema changes',
    ],
    [
      'an encryption key, by another kind',
      { DataKey: key({ MultiRegion: true }) },
      'DataKey',
      'AWS::KMS::Key would be replaced, since MultiRegion changes',
    ],
    [
      'the protection from deletion',
      { JourneyTable: table({ DeletionProtectionEnabled: false }) },
      'JourneyTable',
      'AWS::DynamoDB::Table DeletionProtectionEnabled would be switched off',
    ],
    [
      'the way back to any second',
      {
        JourneyTable: table({
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
        }),
      },
      'JourneyTable',
      'AWS::DynamoDB::Table PointInTimeRecoverySpecification.RecoveryPeriodInDays would be shortened from 35 to 7',
    ],
    [
      'days of logs',
      { Logs: log(30) },
      'Logs',
      'AWS::Logs::LogGroup RetentionInDays would be shortened from 365 to 30',
    ],
    [
      'years of copies',
      { Plan: plan(35, 365) },
      'Plan',
      'AWS::Backup::BackupPlan BackupPlan.BackupPlanRule[1].Lifecycle.DeleteAfterDays would be shortened from 2557 to 365',
    ],
    [
      'all copies of a kind',
      { Plan: plan(35) },
      'Plan',
      'AWS::Backup::BackupPlan BackupPlan.BackupPlanRule[1].Lifecycle.DeleteAfterDays of 2557 would be dropped',
    ],
    [
      'the table with the stack',
      { JourneyTable: { ...table(), DeletionPolicy: 'Delete' } },
      'JourneyTable',
      'AWS::DynamoDB::Table would be deleted with the stack',
    ],
  ])('%s', (_what, next, id, what) => {
    expect(lost(next)).toEqual([{ id, what }]);
  });

  it('a table or a key that the next template no longer has, or has as something else', () => {
    expect(losses({ Resources: deployed }, without('JourneyTable'))).toEqual([
      { id: 'JourneyTable', what: 'AWS::DynamoDB::Table would be left behind, and no longer be used' },
    ]);
    expect(losses({ Resources: deployed }, without('DataKey'))).toHaveLength(1);
    expect(losses({ Resources: deployed }, without('Logs'))).toEqual([]);
    expect(lost({ JourneyTable: { ...table(), Type: 'AWS::DynamoDB::GlobalTable' } })).toHaveLength(1);
  });
});

describe('What is lost', () => {
  const found = [
    { id: 'JourneyTable', what: 'would be replaced' },
    { id: 'Logs', what: 'would be shortened' },
  ];

  it('is refused with one line each, which says how it is confirmed', () => {
    expect(unconfirmed(found, [])).toEqual([
      'JourneyTable: would be replaced; --confirm JourneyTable if that is meant',
      'Logs: would be shortened; --confirm Logs if that is meant',
    ]);
  });

  it('is let through by its own name alone', () => {
    expect(unconfirmed(found, ['Logs', 'Table'])).toEqual([expect.stringMatching(/^JourneyTable/)]);
    expect(unconfirmed(found, ['Logs', 'JourneyTable'])).toEqual([]);
  });
});
