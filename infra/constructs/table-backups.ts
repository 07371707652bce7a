import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Settings } from '../settings/settings.ts';
import { fixed } from './fixed.ts';
import type { JourneyTable } from './journey-table.ts';

/** Whole copies of the table beside its point-in-time recovery: each day's for a month, each month's for as long as records of care are kept. */
export class TableBackups extends Construct {
  constructor(scope: Construct, names: Names, { retention }: Settings, table: JourneyTable, encryptionKey: Key) {
    super(scope, 'TableBackups');
    const backupVault = new BackupVault(this, 'Vault', { backupVaultName: names.backups, encryptionKey });
    fixed(backupVault, 'BackupVault');
    const rule = (ruleName: string, when: { day?: string }, days: number) =>
      new BackupPlanRule({
        ruleName,
        // 08:00 UTC is night in every zone of the United States.
        scheduleExpression: Schedule.cron({ minute: '0', hour: '8', ...when }),
        startWindow: Duration.hours(1),
        completionWindow: Duration.hours(4),
        deleteAfter: Duration.days(days),
      });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: names.backups,
      backupVault,
      backupPlanRules: [
        rule('daily', {}, retention.dailyBackups),
        rule('monthly', { day: '1' }, retention.monthlyBackups),
      ],
    });
    const role = new Role(this, 'Role', {
      roleName: names.backupRole,
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
    });
    fixed(role, 'BackupRole');
    plan.addSelection('Selection', {
      backupSelectionName: names.backups,
      resources: [BackupResource.fromDynamoDbTable(table.table)],
      role: role.withoutPolicyUpdates(),
      disableDefaultBackupPolicy: true,
    });
  }
}
