import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tableKeySchema } from '../../functions/contracts/table-keys.ts';
import type { Names } from '../names.ts';
import { fixed } from './fixed.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table: everything that is known of a journey, restorable to any second of the last 35 days. */
export class JourneyTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, names: Names, key: Key) {
    super(scope, 'JourneyTable');
    this.table = new Table(this, 'Table', {
      tableName: names.table,
      partitionKey: text(tableKeySchema.partition),
      sortKey: text(tableKeySchema.sort),
      timeToLiveAttribute: tableKeySchema.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      // Readers of the stream read the row again: no facts travel.
      stream: StreamViewType.KEYS_ONLY,
    });
    for (const [indexName, { partition, sort }] of Object.entries(tableKeySchema.indexes))
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partition),
        sortKey: text(sort),
        projectionType: ProjectionType.ALL,
      });
    fixed(this.table, 'JourneyTable');
    this.table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** Its indexes by name, so that no permission needs a wildcard. */
  get indexArns(): readonly string[] {
    return Object.keys(tableKeySchema.indexes).map((name) => `${this.table.tableArn}/index/${name}`);
  }

  get streamArn(): string {
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error('The table has no stream');
    return tableStreamArn;
  }
}
