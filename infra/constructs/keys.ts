import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

/** Three keys of the clinic's own: one for what patients tell, one for what therapists note for themselves, one for what the operation writes (logs, queues, topics). */
export class Keys extends Construct {
  readonly data: Key;
  readonly notes: Key;
  readonly operations: Key;

  constructor(scope: Construct, { stage }: Names) {
    super(scope, 'Keys');
    this.data = this.key(
      'DataKey',
      `${stage}-data`,
      'The table, and the definitions and histories of the state machines',
    );
    this.notes = this.key('NotesKey', `${stage}-notes`, 'The table of psychotherapy notes, and its backups');
    this.operations = this.key(
      'OperationsKey',
      `${stage}-operations`,
      'Logs, dead letters, delivery events and alarms',
    );
    this.letServicesWrite();
  }

  private key(id: string, alias: string, description: string): Key {
    const key = new Key(this, id, { alias, description, enableKeyRotation: true });
    fixed(key, id);
    return key;
  }

  private letServicesWrite() {
    const { region, account } = Stack.of(this);
    const logs = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.allow(new ServicePrincipal(`logs.${region}.amazonaws.com`), {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logs },
    });
    // Alarms and the budget to the topic, rules and subscriptions to their dead letters, delivery events to the topic.
    for (const service of ['cloudwatch', 'budgets', 'events', 'sns', 'sms-voice'])
      this.allow(new ServicePrincipal(`${service}.amazonaws.com`), { StringEquals: { 'aws:SourceAccount': account } });
  }

  private allow(principal: IPrincipal, conditions: Record<string, Record<string, string>>) {
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        principals: [principal],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: ['*'],
        conditions,
      }),
    );
  }
}
