import type { LedgerScan } from '../../ports/stores.ts';
import type { Image } from './attributes.ts';
import { parseOwnedBalance } from './balance-item.ts';
import { parseEntryItem } from './entry-item.ts';
import { retried } from './retry.ts';
import { balancePrefix } from './schema.ts';
import type { Table } from './table.ts';

/** Reads the whole table, a page of at most 1 MB at a time, in no particular order. */
export function createLedgerScan(table: Table): LedgerScan {
  return {
    async *items() {
      for await (const image of scanItems(table, 'attribute_exists(k)')) {
        yield parseEntryItem(image);
      }
    },

    async *balances() {
      const values = { ':balance': { S: balancePrefix } };
      for await (const image of scanItems(table, 'begins_with(sk, :balance)', values)) {
        yield parseOwnedBalance(image);
      }
    },
  };
}

async function* scanItems(table: Table, filter: string, values?: Image): AsyncGenerator<Image> {
  let startKey: Image | undefined;
  do {
    const input = {
      TableName: table.tableName,
      FilterExpression: filter,
      ConsistentRead: true,
      ...(values && { ExpressionAttributeValues: values }),
      ...(startKey && { ExclusiveStartKey: startKey }),
    };
    const page = await retried(table, () => table.client.scan(input));
    yield* page.Items ?? [];
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
}
