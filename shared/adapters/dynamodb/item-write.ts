import * as z from 'zod/mini';
import type { Image } from './attributes.ts';
import { toImage } from './attributes.ts';
import type { Condition } from './condition.ts';
import { drained, retried } from './retry.ts';
import type { Table } from './table.ts';
import type { Bill } from './table-client.ts';

/** BatchWriteItem takes at most 25 items (aws-facts 1.2). */
const batchSize = 25;

export type PutOutcome =
  | { readonly kind: 'put' }
  /**
   * The condition failed on `existing`. After a lost answer it may be this very put that stands
   * there: then `mayBeOwn` is true and the caller has to tell.
   */
  | { readonly kind: 'refused'; readonly existing: Image; readonly mayBeOwn: boolean };

const refusalSchema = z.object({
  name: z.literal('ConditionalCheckFailedException'),
  Item: z.optional(z.custom<Image>()),
});

export async function putOnCondition(
  table: Table,
  put: { readonly item: Image; readonly condition: Condition },
  bill: Bill,
): Promise<PutOutcome> {
  const { names } = put.condition;
  const values = toImage(put.condition.values);
  const input = {
    TableName: table.tableName,
    Item: put.item,
    ConditionExpression: put.condition.expression,
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: { ...names } }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  let mayBeOwn = false;
  try {
    await retried(
      table,
      () => table.client.put(input, bill),
      () => {
        mayBeOwn = true;
      },
    );
    return { kind: 'put' };
  } catch (error) {
    const refusal = z.safeParse(refusalSchema, error);
    if (!refusal.success) throw error;
    return { kind: 'refused', existing: refusal.data.Item ?? {}, mayBeOwn };
  }
}

/** Puts an item whatever stands there; safe to repeat. */
export async function putAlways(table: Table, item: Image, bill: Bill): Promise<void> {
  const input = { TableName: table.tableName, Item: item };
  await retried(table, () => table.client.put(input, bill));
}

/** Puts items whatever stands there, each key once; safe to repeat. */
export async function putBatch(table: Table, items: readonly Image[], bill: Bill): Promise<void> {
  for (let from = 0; from < items.length; from += batchSize) {
    const requests = items
      .slice(from, from + batchSize)
      .map((item) => ({ PutRequest: { Item: item } }));
    await drained(table, { [table.tableName]: requests }, async (batch) => {
      const { UnprocessedItems = {} } = await table.client.batchWrite(
        { RequestItems: batch },
        bill,
      );
      const left = UnprocessedItems[table.tableName] ?? [];
      const again = left.flatMap(({ PutRequest }) =>
        PutRequest?.Item === undefined ? [] : [{ PutRequest: { Item: PutRequest.Item } }],
      );
      return again.length === 0 ? undefined : { [table.tableName]: again };
    });
  }
}
