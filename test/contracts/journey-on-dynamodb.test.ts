import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { sqliteTable } from '../../functions/stores/sqlite-table.ts';
import { oneMachine } from '../../local/clinic/one-machine.ts';
import { rehearse } from '../../local/rehearsal/run.ts';
import { readScenario } from '../../local/rehearsal/scenario.ts';
import { createTable, type DynamoDbLocal, hasJava, startDynamoDbLocal } from '../support/dynamodb-local.ts';

const java = hasJava();
if (!java) console.log('Skipped: a journey on DynamoDB Local needs Java 17; its stores were tested on SQLite only.');

describe.skipIf(!java)('A journey whose rows lie in DynamoDB', () => {
  let local: DynamoDbLocal;
  beforeAll(async () => {
    local = await startDynamoDbLocal();
    await createTable(local.client, 'journeys');
  });
  afterAll(async () => local?.stop());

  test('goes the same way, entry by entry, as in SQLite and in memory', { timeout: 120_000 }, async () => {
    const patient = { role: 'patient', id: 'patient' };
    const scenario = await readScenario({
      program: 'northwest-iv',
      people: [{ task: 'record-integration', occurrence: 1, answer: 'no-show' }],
      commands: [{ after: 'dose', occurrence: 2, plus: 'PT5H', command: 'withdraw', by: patient }],
    });
    const onDynamo = await rehearse(scenario, (options) =>
      oneMachine({
        ...options,
        store: (newId) => dynamoTable({ tableName: 'journeys', requests: local.requests, newId }),
      }),
    );
    const onSqlite = await rehearse(scenario, (options) =>
      oneMachine({ ...options, store: (newId) => sqliteTable({ path: ':memory:', newId }) }),
    );
    const inMemory = await rehearse(scenario, oneMachine);
    expect(onDynamo.failure).toBeUndefined();
    expect(onDynamo.result.entries).toEqual(inMemory.result.entries);
    expect(onSqlite.result.entries).toEqual(inMemory.result.entries);
    expect(onDynamo.result.invariants.filter(({ held }) => !held)).toEqual([]);
  });
});
