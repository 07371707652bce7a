import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { keptTable } from './kept-table.ts';

/** Psychotherapy notes, apart from everything else and under a key of their own: no index, no stream, and nothing in it runs out. */
export class NotesTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, names: Names, key: Key) {
    super(scope, 'NotesTable');
    this.table = keptTable(this, 'NotesTable', { tableName: names.notes, encryptionKey: key });
  }
}
