import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { tableKeySchema } from '../contracts/table-keys.ts';
import { DynamoRefused } from './dynamo-requests.ts';
import type { Condition, Key, RowDraft } from './table.ts';
import type { Checked } from './table-request.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const { by1, by2 } = tableKeySchema.indexes;

const conditionOf = (when: Condition) => {
  if (when === 'free') return {};
  if (when === 'ifAbsent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  if (when === 'ifPresent') return { ConditionExpression: 'attribute_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': when.ifVersion },
  };
};

const itemOf = (row: RowDraft, version: string) => ({
  pk: row.pk,
  sk: row.sk,
  ...(row.by1 && { [by1.partition]: row.by1.pk, [by1.sort]: row.by1.sk }),
  ...(row.by2 && { [by2.partition]: row.by2.pk, [by2.sort]: row.by2.sk }),
  ...(row.expiresAt !== undefined && { expiresAt: row.expiresAt }),
  version,
  // A copy, so that every attempt sends the same even if the caller goes on changing its object.
  body: JSON.parse(JSON.stringify(row.body)),
});

const transactItem = (TableName: string, { operation, key: { pk, sk } }: Checked, version: string): TransactItem => {
  if (operation.do === 'delete') return { Delete: { TableName, Key: { pk, sk }, ...conditionOf(operation.when) } };
  if (operation.do === 'check') {
    const { ConditionExpression, ...names } = conditionOf(operation.when);
    return { ConditionCheck: { TableName, Key: { pk, sk }, ConditionExpression, ...names } };
  }
  const Item = itemOf(operation.row, version);
  if (operation.when === 'free') return { Put: { TableName, Item } };
  // The row that stands in the way tells a refusal from a success whose answer was lost.
  const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
  return { Put: { TableName, Item, ...conditionOf(operation.when), ReturnValuesOnConditionCheckFailure } };
};

/** The one request of a write; it stays the same for every attempt, so that DynamoDB carries it out at most once. */
export const writeRequest = (
  tableName: string,
  write: readonly Checked[],
  version: string,
): TransactWriteCommandInput => ({
  // DynamoDB remembers the token for 10 minutes.
  ClientRequestToken: version,
  TransactItems: write.map((part) => transactItem(tableName, part, version)),
});

/** Why a request did not go through; trying again may help but for the last. */
export type Trouble = 'busy' | 'unanswered' | 'hopeless';

/** What an error of a write means: the earlier attempt went through, a condition failed, or trying again may help. */
export type Verdict =
  | { readonly is: 'written' }
  | { readonly is: 'refused'; readonly keys: readonly Key[] }
  | { readonly is: Trouble };

const BUSY: ReadonlySet<string | undefined> = new Set([
  // Codes of a cancelled transaction.
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  // Names of errors of the whole request.
  'TransactionInProgressException',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

const judgeReasons = (reasons: readonly CancellationReason[], write: readonly Checked[], version: string): Verdict => {
  const refused = write.filter((_, position) => reasons[position]?.Code === 'ConditionalCheckFailed');
  if (refused.length > 0) {
    // Ids never repeat and a write is all or nothing: one row of mine proves that all of it went through.
    const mine = reasons.some(({ Item }) => Item?.version?.S === version);
    return mine ? { is: 'written' } : { is: 'refused', keys: refused.map(({ key: { pk, sk } }) => ({ pk, sk })) };
  }
  return { is: reasons.some(({ Code }) => BUSY.has(Code)) ? 'busy' : 'hopeless' };
};

/** What an error of any request means: others were in its way, there was no answer, or it would come again. */
export const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof DynamoRefused)) return 'unanswered';
  if (BUSY.has(error.code)) return 'busy';
  return error.isOurs ? 'hopeless' : 'unanswered';
};

/** Tells what an error of a write means for it. */
export const judge = (error: unknown, write: readonly Checked[], version: string): Verdict =>
  error instanceof DynamoRefused && error.code === 'TransactionCanceledException'
    ? judgeReasons(error.reasons, write, version)
    : { is: troubleOf(error) };
