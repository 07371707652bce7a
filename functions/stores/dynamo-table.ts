import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { queryRequest } from './dynamo-query.ts';
import type { DynamoRequests } from './dynamo-requests.ts';
import { judge, type Trouble, troubleOf, writeRequest } from './dynamo-write.ts';
import { type Row, type Table, TableUnavailable, WriteRefused } from './table.ts';
import { cursorAfter, rangeOf } from './table-range.ts';
import { checkKey, checkOperations } from './table-request.ts';

type Options = {
  readonly tableName: string;
  readonly requests: DynamoRequests;
  /** At most 36 characters, never the same twice. */
  readonly newId?: () => string;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
};

/** How often a request is sent: others in its way soon finish; a connection that broke is there again, or it is not. */
const ATTEMPTS = { busy: 8, unanswered: 5 } as const;

/** Pauses double from 20 ms to 500 ms, each with full jitter: 1.6 s for eight attempts at most, 0.8 s on average. */
const pauseBefore = (attempt: number): number => Math.random() * Math.min(500, 20 * 2 ** (attempt - 1));

// biome-ignore lint/suspicious/noExplicitAny: the document client types every attribute so.
const toRow = (item: Record<string, any>): Row => ({
  pk: item.pk,
  sk: item.sk,
  ...(item.by1pk !== undefined && { by1: { pk: item.by1pk, sk: item.by1sk } }),
  ...(item.by2pk !== undefined && { by2: { pk: item.by2pk, sk: item.by2sk } }),
  ...(item.expiresAt !== undefined && { expiresAt: item.expiresAt }),
  version: item.version,
  body: item.body,
});

const unavailable = (cause: unknown): never => {
  throw new TableUnavailable('The DynamoDB table did not answer', { cause });
};

/** The table in DynamoDB. Every write is a transaction that is carried out at most once, however often it is sent. */
export const dynamoTable = ({
  tableName: TableName,
  requests,
  newId = randomUUID,
  pause = setTimeout,
}: Options): Table => {
  /** Sends a request again while that may help; `judged` says what an error means, or what came of the request all the same. */
  const sending = async <T>(send: () => Promise<T>, judged: (error: unknown) => Trouble | { came: T }): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send();
      } catch (error) {
        const verdict = judged(error);
        if (typeof verdict === 'object') return verdict.came;
        if (verdict === 'hopeless' || attempt >= ATTEMPTS[verdict]) return unavailable(error);
        await pause(pauseBefore(attempt));
      }
    }
  };

  return {
    async get({ pk, sk }) {
      checkKey({ pk, sk });
      const { Item } = await sending(
        () => requests.get({ TableName, Key: { pk, sk }, ConsistentRead: true }),
        troubleOf,
      );
      return Item && toRow(Item);
    },
    async query(query) {
      const range = rangeOf(query);
      if (range === undefined) return { rows: [] };
      const request = queryRequest(TableName, query, range);
      const { Items = [], LastEvaluatedKey } = await sending(() => requests.query(request), troubleOf);
      const rows = Items.map(toRow);
      const last = rows.at(-1);
      return LastEvaluatedKey && last ? { rows, cursor: cursorAfter(last, query.index) } : { rows };
    },
    async write(operations) {
      const write = checkOperations(operations);
      const version = newId();
      const request = writeRequest(TableName, write, version);
      await sending(
        () => requests.transactWrite(request),
        (error) => {
          const verdict = judge(error, write, version);
          if (verdict.is === 'refused') throw new WriteRefused(verdict.keys);
          return verdict.is === 'written' ? { came: undefined } : verdict.is;
        },
      );
      return version;
    },
  };
};
