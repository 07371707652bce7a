import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import { fixed } from './fixed.ts';
import type { Keys } from './keys.ts';

/** A table that is copied, and the key that its copies lie under. */
type Copied = { readonly table: Table; readonly key: Key; readonly name: string; readonly vaultId: string };

/**
 * Whole copies of each table beside its point-in-time recovery: each day's for a month, each month's for as long as records of care are kept.
 * Copies of notes lie in a vault of their own under the notes' key: who may restore the clinic's table reads no note.
 */
export class TableBackups extends Construct {
  constructor(
    scope: Construct,
    names: Names,
    { retention }: Settings,
    tables: { readonly journeys: Table; readonly notes: Table },
    keys: Keys,
  ) {
    super(scope, 'TableBackups');
    const role = new Role(this, 'Role', {
      roleName: names.backupRole,
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
    });
    fixed(role, 'BackupRole');
    const copy = (inside: Construct, { table, key, name, vaultId }: Copied) => {
      const backupVault = new BackupVault(inside, 'Vault', { backupVaultName: name, encryptionKey: key });
      fixed(backupVault, vaultId);
      const plan = new BackupPlan(inside, 'Plan', {
        backupPlanName: name,
        backupVault,
        backupPlanRules: [
          rule('daily', {}, retention.dailyBackups),
          rule('monthly', { day: '1' }, retention.monthlyBackups),
        ],
      });
      plan.addSelection('Selection', {
        backupSelectionName: name,
        resources: [BackupResource.fromDynamoDbTable(table)],
        role: role.withoutPolicyUpdates(),
        disableDefaultBackupPolicy: true,
      });
    };
    copy(this, { table: tables.journeys, key: keys.data, name: names.backups, vaultId: 'BackupVault' });
    copy(new Construct(this, 'Notes'), {
      table: tables.notes,
      key: keys.notes,
      name: names.notesBackups,
      vaultId: 'NotesBackupVault',
    });
  }
}

const rule = (ruleName: string, when: { day?: string }, days: number) =>
  new BackupPlanRule({
    ruleName,
    // 08:00 UTC is night in every zone of the United States.
    scheduleExpression: Schedule.cron({ minute: '0', hour: '8', ...when }),
    startWindow: Duration.hours(1),
    completionWindow: Duration.hours(4),
    deleteAfter: Duration.days(days),
  });
