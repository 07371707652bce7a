import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { tableKeySchema } from '../contracts/table-keys.ts';
import type { Query } from './table.ts';
import type { Range } from './table-range.ts';

const sortCondition = (sk: string, { prefix, from, to }: Range) => {
  if (prefix !== undefined) return { condition: `begins_with(${sk}, :prefix)`, values: { ':prefix': prefix } };
  if (from !== undefined && to !== undefined) {
    return { condition: `${sk} BETWEEN :from AND :to`, values: { ':from': from, ':to': to } };
  }
  if (from !== undefined) return { condition: `${sk} >= :from`, values: { ':from': from } };
  if (to !== undefined) return { condition: `${sk} <= :to`, values: { ':to': to } };
  return undefined;
};

/** The one request of a query: consistent on the table itself, which an index cannot be. */
export const queryRequest = (TableName: string, query: Query, range: Range): QueryCommandInput => {
  const { partition, sort } = query.index === undefined ? tableKeySchema : tableKeySchema.indexes[query.index];
  const sorted = sortCondition(sort, range);
  const place = range.after && { [partition]: query.pk, [sort]: range.after.sk };
  return {
    TableName,
    ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
    KeyConditionExpression: `${partition} = :pk${sorted ? ` AND ${sorted.condition}` : ''}`,
    ExpressionAttributeValues: { ':pk': query.pk, ...sorted?.values },
    ScanIndexForward: query.descending !== true,
    Limit: range.limit,
    ...(place && { ExclusiveStartKey: { ...place, ...range.after?.row } }),
  };
};
