import type { MeteredOperation } from '../../ports/runtime.ts';
import { type Fields, toImage } from './attributes.ts';
import { isExactly, itemAbsent } from './condition.ts';
import { putOnCondition } from './item-write.ts';
import { metered, type Table } from './table.ts';

/**
 * Puts a version over the one before it (1: there was none). `w` names the write, so that a put
 * whose answer was lost knows its own item.
 */
export async function putVersion(
  table: Table,
  next: { readonly fields: Fields; readonly version: number },
  operation: MeteredOperation = 'contact',
): Promise<'done' | 'lost'> {
  const { fields, version } = next;
  const w = table.randomness.next().toString(36).slice(2);
  const item = toImage({ ...fields, v: version, w });
  const condition = version === 1 ? itemAbsent : isExactly('v', version - 1);
  return metered(table, { operation, count: 1 }, async (bill) => {
    const put = await putOnCondition(table, { item, condition }, bill);
    if (put.kind === 'put' || (put.mayBeOwn && put.existing.w?.S === w)) return 'done';
    bill.count = 0;
    return 'lost';
  });
}
