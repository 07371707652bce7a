import { ProjectionType, StreamViewType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tableKeySchema } from '../../functions/contracts/table-keys.ts';
import type { Names } from '../names.ts';
import { keptTable, textKey } from './kept-table.ts';

/** The one table: everything that is known of a journey, restorable to any second of the last 35 days. */
export class JourneyTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, names: Names, key: Key) {
    super(scope, 'JourneyTable');
    this.table = keptTable(this, 'JourneyTable', {
      tableName: names.table,
      encryptionKey: key,
      timeToLiveAttribute: tableKeySchema.timeToLive,
      // Readers of the stream read the row again: no facts travel.
      stream: StreamViewType.KEYS_ONLY,
    });
    for (const [indexName, { partition, sort }] of Object.entries(tableKeySchema.indexes))
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: textKey(partition),
        sortKey: textKey(sort),
        projectionType: ProjectionType.ALL,
      });
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
