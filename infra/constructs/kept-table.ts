import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { tableKeySchema } from '../../functions/contracts/table-keys.ts';
import { fixed } from './fixed.ts';

export const textKey = (name: string) => ({ name, type: AttributeType.STRING });

/** A table of what must not be lost: restorable to any second of the last 35 days, not deletable by mistake, and kept when a deploy drops it. */
export const keptTable = (
  scope: Construct,
  id: string,
  own: Pick<TableProps, 'encryptionKey' | 'stream' | 'timeToLiveAttribute'> & { readonly tableName: string },
): Table => {
  const table = new Table(scope, 'Table', {
    ...own,
    partitionKey: textKey(tableKeySchema.partition),
    sortKey: textKey(tableKeySchema.sort),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    deletionProtection: true,
  });
  fixed(table, id);
  table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return table;
};
