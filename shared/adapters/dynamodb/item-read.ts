import type { QueryInput } from '@aws-sdk/client-dynamodb';
import { type Image, toImage } from './attributes.ts';
import { drained, retried } from './retry.ts';
import type { ItemKey } from './schema.ts';
import type { Table } from './table.ts';

/** BatchGetItem takes at most 100 keys, each once (aws-facts 1.2). */
const batchSize = 100;

export async function getItem(table: Table, key: ItemKey): Promise<Image | undefined> {
  const { Item } = await retried(table, () =>
    table.client.get({
      TableName: table.tableName,
      Key: toImage({ ...key }),
      ConsistentRead: true,
    }),
  );
  return Item;
}

function idOf({ pk, sk }: ItemKey): string {
  return JSON.stringify([pk, sk]);
}

/** Items by key, read strongly. The service answers in any order. */
export async function getItems(
  table: Table,
  keys: readonly ItemKey[],
): Promise<(key: ItemKey) => Image | undefined> {
  const distinct = [...new Map(keys.map((key) => [idOf(key), key])).values()];
  const found = new Map<string, Image>();
  for (let from = 0; from < distinct.length; from += batchSize) {
    const batch = distinct.slice(from, from + batchSize).map((key) => toImage({ ...key }));
    await drained(table, batch, async (wanted) => {
      const { Responses = {}, UnprocessedKeys = {} } = await table.client.batchGet({
        RequestItems: { [table.tableName]: { Keys: wanted, ConsistentRead: true } },
      });
      for (const item of Responses[table.tableName] ?? []) {
        found.set(idOf({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' }), item);
      }
      const left = UnprocessedKeys[table.tableName]?.Keys ?? [];
      return left.length === 0 ? undefined : left;
    });
  }
  return (key) => found.get(idOf(key));
}

export interface PartitionQuery {
  readonly pk: string;
  readonly skPrefix?: string;
  /** Only sort keys before this one; with it, no prefix. */
  readonly skBefore?: string;
  /** Only sort keys between these two; with it, nothing else. */
  readonly range?: { readonly from: string; readonly to: string };
  readonly newestFirst?: boolean;
  readonly limit?: number;
  readonly startAfter?: string;
  readonly consistent?: boolean;
}

/**
 * The items of a partition in the order of their sort keys, page by page, `limit` items at most.
 */
export async function* queryItems(table: Table, query: PartitionQuery): AsyncGenerator<Image> {
  const { pk, skPrefix, skBefore, range, newestFirst = false, limit, startAfter } = query;
  const bounds =
    (skPrefix === undefined ? '' : ' AND begins_with(sk, :sk)') +
    (skBefore === undefined ? '' : ' AND sk < :sk') +
    (range === undefined ? '' : ' AND sk BETWEEN :from AND :to');
  const values = { ':pk': pk, ':sk': skPrefix ?? skBefore, ':from': range?.from, ':to': range?.to };
  let left = limit ?? Number.POSITIVE_INFINITY;
  let startKey = startAfter === undefined ? undefined : toImage({ pk, sk: startAfter });
  do {
    const input: QueryInput = {
      TableName: table.tableName,
      KeyConditionExpression: `pk = :pk${bounds}`,
      ExpressionAttributeValues: toImage(values),
      ConsistentRead: query.consistent ?? true,
      ScanIndexForward: !newestFirst,
      ...(Number.isFinite(left) && { Limit: left }),
      ...(startKey && { ExclusiveStartKey: startKey }),
    };
    const page = await retried(table, () => table.client.query(input));
    for (const item of page.Items ?? []) {
      if (left === 0) return;
      left -= 1;
      yield item;
    }
    startKey = left === 0 ? undefined : page.LastEvaluatedKey;
  } while (startKey !== undefined);
}
