import { beforeAll, describe, expect, it } from 'vitest';
import type { DynamoRequests } from '../../functions/stores/dynamo-requests.ts';
import { dynamoTable } from '../../functions/stores/dynamo-table.ts';
import { type Table, TableUnavailable } from '../../functions/stores/table.ts';
import { body, counterIds, partition, put } from './table-rows.ts';

type Loss = {
  /** How many answers are lost. */
  readonly answers: number;
  /** DynamoDB has forgotten the request's token, as it does after 10 minutes. */
  readonly forgotten?: boolean;
  /** What others do between the write and its second attempt. */
  readonly meanwhile?: () => Promise<unknown>;
};

const tokens = counterIds();

/** A table that carries every write out and then loses some answers. */
const losing = (requests: DynamoRequests, tableName: string, { answers, forgotten, meanwhile }: Loss) => {
  let sent = 0;
  const lossy: DynamoRequests = {
    ...requests,
    async transactWrite(input) {
      sent += 1;
      const token = forgotten === true ? { ClientRequestToken: tokens() } : {};
      const answer = await requests.transactWrite({ ...input, ...token });
      if (sent > answers) return answer;
      await meanwhile?.();
      throw new Error('socket hang up');
    },
  };
  const table: Table = dynamoTable({ tableName, requests: lossy, pause: async () => undefined });
  return { table, sent: () => sent };
};

/** A write whose answer is lost on the way. */
export const lostAnswerContract = (open: () => DynamoRequests, tableName: string): void => {
  describe('when the answer of a write is lost', () => {
    let requests: DynamoRequests;
    let direct: Table;
    beforeAll(() => {
      requests = open();
      direct = dynamoTable({ tableName, requests });
    });

    it.each([false, true])('succeeds all the same, and only once (token forgotten: %s)', async (forgotten) => {
      const pk = partition();
      await direct.write([put({ pk, sk: 'gone', body: {} }), put({ pk, sk: 'head', body: {} })]);
      const head = await direct.get({ pk, sk: 'head' });
      const { table, sent } = losing(requests, tableName, { answers: 1, forgotten });
      const version = await table.write([
        { do: 'delete', key: { pk, sk: 'gone' }, when: 'ifPresent' },
        put({ pk, sk: 'head', body: body('moved') }, { ifVersion: head?.version ?? '' }),
        put({ pk, sk: 'event', body: {} }, 'ifAbsent'),
      ]);
      expect(sent()).toBe(2);
      const { rows } = await direct.query({ pk });
      expect(rows.map((row) => [row.sk, row.version])).toEqual([
        ['event', version],
        ['head', version],
      ]);
    });

    it.each([false, true])('succeeds although others went on from it (token forgotten: %s)', async (forgotten) => {
      const pk = partition();
      const meanwhile = () => direct.write([put({ pk, sk: 'head', body: body('theirs') }, 'ifPresent')]);
      const { table } = losing(requests, tableName, { answers: 1, forgotten, meanwhile });
      await table.write([
        put({ pk, sk: 'head', body: body('mine') }, 'ifAbsent'),
        put({ pk, sk: 'event', body: {} }, 'ifAbsent'),
      ]);
      expect((await direct.get({ pk, sk: 'head' }))?.body).toEqual(body('theirs'));
    });

    it('says that it does not know when no answer comes at all', async () => {
      const pk = partition();
      const { table, sent } = losing(requests, tableName, { answers: 99 });
      const failure = await table
        .write([put({ pk, sk: 'row', body: {} }, 'ifAbsent')])
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TableUnavailable);
      expect(failure).toHaveProperty('cause.message', 'socket hang up');
      expect(sent()).toBe(5);
      expect(await direct.get({ pk, sk: 'row' })).toBeDefined();
    });
  });
};
