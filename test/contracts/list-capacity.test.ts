import { DatabaseSync } from 'node:sqlite';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerOf } from '../../functions/contracts/api/viewer.ts';
import { tableKeySchema } from '../../functions/contracts/table-keys.ts';
import { api } from '../../functions/handlers/app/api.ts';
import { cursorsUnder } from '../../functions/handlers/app/cursors.ts';
import type { DynamoRequests } from '../../functions/stores/dynamo-requests.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { readingStore } from '../../functions/stores/reading-store.ts';
import { createTable, type DynamoDbLocal, hasJava, startDynamoDbLocal } from '../support/dynamodb-local.ts';
import { type ServedClinic, servedClinic } from '../support/served-clinic.ts';

const java = hasJava();
if (!java) console.log('Skipped: what lists cost on DynamoDB needs DynamoDB Local, and that needs Java 17.');

type Item = Record<string, unknown>;
const { by1, by2 } = tableKeySchema.indexes;

/** The rows of a clinic's file as items of DynamoDB, but for those that no list asks for. */
const itemsOf = (file: string): Item[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database
    .prepare("SELECT * FROM rows WHERE sk NOT GLOB 'audit#*' AND sk NOT GLOB 'message#*' AND sk NOT GLOB 'counter#*'")
    .all();
  database.close();
  return rows.map((row) => ({
    pk: row.pk,
    sk: row.sk,
    ...(row.by1pk !== null && { [by1.partition]: row.by1pk, [by1.sort]: row.by1sk }),
    ...(row.by2pk !== null && { [by2.partition]: row.by2pk, [by2.sort]: row.by2sk }),
    version: row.version,
    body: JSON.parse(String(row.body)),
  }));
};

/** The rows of one journey under another id and for another patient. */
const copyOf = (items: readonly Item[], journeyId: string, n: number): Item[] => {
  const text = JSON.stringify(items.filter(({ pk }) => pk === `journey#${journeyId}` || pk === 'patient#ann'));
  return JSON.parse(
    text
      .replaceAll(journeyId, `jcopy${n}x`)
      .replaceAll('"ann"', `"ann-${n}"`)
      .replaceAll('patient#ann"', `patient#ann-${n}"`),
  );
};

const fill = async (client: DynamoDBDocumentClient, table: string, items: readonly Item[]): Promise<void> => {
  for (let at = 0; at < items.length; at += 25)
    await client.send(
      new BatchWriteCommand({
        RequestItems: { [table]: items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
};

/** Each list in a page of five. */
const LISTS: readonly (readonly [who: readonly string[], path: string])[] = [
  [['coordinator'], '/v1/journeys?phase=series'],
  [['coordinator'], '/v1/journeys?program=northwest-iv&phase=series&hold=false'],
  [['coordinator'], '/v1/journeys?phase=series&stuckSince=2027-01-01T00:00:00Z'],
  [['coordinator'], '/v1/journeys?overdue=true'],
  [['coordinator'], '/v1/journeys?windowClosesBefore=2027-01-01T00:00:00Z'],
  [['partner', 'partner.partner-1'], '/v1/journeys?phase=series'],
  [['coordinator'], '/v1/tasks?role=medical-director'],
  [['coordinator'], '/v1/tasks?role=medical-director&overdue=true'],
  [['coordinator'], '/v1/journeys/jcopy1x/tasks/3'],
];

describe.skipIf(!java)('What a page of a list costs on DynamoDB', () => {
  let local: DynamoDbLocal;
  let served: ServedClinic;
  let few: Map<string, number>;
  let many: Map<string, number>;

  /** The read units of each list in a clinic with so many journeys. */
  const costs = async (table: string, items: readonly Item[], journeyId: string, journeys: number) => {
    await createTable(local.client, table);
    for (let n = 1; n <= journeys; n += 1) await fill(local.client, table, copyOf(items, journeyId, n));
    let units = 0;
    const counted = <A extends { readonly ConsumedCapacity?: unknown }>(answer: A): A => {
      units += Number(Object(answer.ConsumedCapacity).CapacityUnits ?? 0);
      return answer;
    };
    const requests: DynamoRequests = {
      ...local.requests,
      get: async (input) => counted(await local.requests.get({ ...input, ReturnConsumedCapacity: 'TOTAL' })),
      query: async (input) => counted(await local.requests.query({ ...input, ReturnConsumedCapacity: 'TOTAL' })),
    };
    const asked = { ...served.clinic.ports, table: dynamoTable({ tableName: table, requests }) };
    const app = api({
      ...served.apiDeps,
      reading: readingStore(asked),
      cursors: cursorsUnder(new Uint8Array(32)),
      tokens: { verify: async (token) => viewerOf('somebody', token.split('~')) },
    });
    const found = new Map<string, number>();
    for (const [groups, path] of LISTS) {
      units = 0;
      const limited = path.includes('?') ? `${path}&limit=5` : path;
      const answer = await app.request(limited, { headers: { Authorization: `Bearer ${groups.join('~')}` } });
      expect(answer.status, path).toBe(200);
      const { items: shown }: { items?: object[] } = Object(await answer.json());
      if (shown !== undefined) expect(shown, path).toHaveLength(5);
      found.set(`${groups[0]} ${path}`, units);
    }
    return found;
  };

  beforeAll(async () => {
    local = await startDynamoDbLocal();
    served = await servedClinic();
    const ann = await served.patient({
      id: 'ann',
      days: 20,
      scenario: { people: [{ task: 'record-integration', after: 'P60D' }] },
    });
    await served.clinic.clock.run({ until: served.clinic.clock.millis() + 16 * 86_400_000 });
    const items = itemsOf(served.file);
    few = await costs('few', items, ann, 8);
    many = await costs('many', items, ann, 40);
  }, 120_000);
  afterAll(async () => {
    served?.close();
    await local?.stop();
  });

  test('is the same in a clinic five times as large', () => {
    for (const [list, units] of few) expect([list, units]).toEqual([list, expect.any(Number)]);
    expect([...many]).toEqual([...few]);
  });

  test('is what the page holds: some units for each of its five', () => {
    for (const [list, units] of few) {
      expect(units, list).toBeGreaterThan(0);
      expect(units, list).toBeLessThan(list.includes('overdue') ? 150 : 60);
    }
  });
});
