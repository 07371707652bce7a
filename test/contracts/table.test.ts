import { afterAll, beforeAll, describe } from 'vitest';
import type { DynamoRequests } from '../../functions/stores/dynamo-requests.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import type { Table } from '../../functions/stores/table.ts';
import { memoryTable } from '../../local/clinic/memory-table.ts';
import { createTable, type DynamoDbLocal, hasJava, startDynamoDbLocal } from '../support/dynamodb-local.ts';
import { concurrencyContract } from './table-concurrency.ts';
import { lostAnswerContract } from './table-lost-answers.ts';
import { modelContract } from './table-model.ts';
import { queryContract } from './table-queries.ts';
import { requestContract } from './table-requests.ts';
import { counterIds, type OpenTable } from './table-rows.ts';
import { writeContract } from './table-writes.ts';

const contract = (open: OpenTable, runs: number): void => {
  writeContract(open);
  queryContract(open);
  requestContract(open);
  concurrencyContract(open);
  modelContract(open, runs);
};

describe('The table on SQLite', () => {
  const table = sqliteTable({ path: ':memory:', newId: counterIds() });
  afterAll(() => table.close());
  contract(() => table, 200);
});

describe('The table in the memory of one process', () => {
  const table = memoryTable({ newId: counterIds() });
  contract(() => table, 200);
});

const java = hasJava();
if (!java) console.warn('Skipped: the table on DynamoDB. DynamoDB Local needs Java 17 or newer on the PATH.');

describe.skipIf(!java)('The table on DynamoDB', () => {
  let local: DynamoDbLocal | undefined;
  const requests = (): DynamoRequests => {
    if (local === undefined) throw new Error('DynamoDB Local is not running');
    return local.requests;
  };
  let table: Table | undefined;
  beforeAll(async () => {
    local = await startDynamoDbLocal();
    await createTable(local.client, 'contract');
  });
  afterAll(() => local?.stop());
  contract(() => (table ??= dynamoTable({ tableName: 'contract', requests: requests() })), 15);
  lostAnswerContract(requests, 'contract');
});
