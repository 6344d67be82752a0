import type { Order } from '../../domain/redemption/order.ts';
import type { Review } from '../../domain/redemption/review.ts';
import type {
  CashPayment,
  Hold,
  RedemptionRecord,
  Reopening,
  Settlement,
} from '../../ports/stores.ts';
import { parseEntryItem } from './entry-item.ts';
import { queryItems } from './item-read.ts';
import { parseOrder } from './order-item.ts';
import { parseReview } from './review-item.ts';
import {
  holdSortKey,
  orderSortKey,
  paymentSortKey,
  redemptionPartition,
  reopeningPrefix,
  reviewSortKey,
  settlementPrefix,
} from './schema.ts';
import type { Table } from './table.ts';

/** One redemption, whole: a handful of items in one query. */
export async function readRedemption(
  table: Table,
  redemption: string,
): Promise<RedemptionRecord | undefined> {
  let hold: Hold | undefined;
  let order: Order | undefined;
  let review: Review | undefined;
  let payment: CashPayment | undefined;
  const settlements: Settlement[] = [];
  const reopenings: Reopening[] = [];
  for await (const image of queryItems(table, { pk: redemptionPartition(redemption) })) {
    const sortKey = image.sk?.S ?? '';
    if (sortKey === orderSortKey) order = parseOrder(image);
    else if (sortKey === holdSortKey) hold = parseEntryItem(image).hold;
    else if (sortKey === reviewSortKey) review = parseReview(image);
    else if (sortKey === paymentSortKey) payment = parseEntryItem(image).payment;
    else if (sortKey.startsWith(settlementPrefix)) {
      const { settlement } = parseEntryItem(image);
      if (settlement) settlements.push(settlement);
    } else if (sortKey.startsWith(reopeningPrefix)) {
      const number = Number(sortKey.slice(reopeningPrefix.length));
      reopenings.push({ number, entry: parseEntryItem(image).entry });
    }
  }
  if (hold === undefined) return undefined;
  settlements.sort((left, right) => left.number - right.number);
  reopenings.sort((left, right) => left.number - right.number);
  return {
    ...{ hold, settlements, reopenings },
    ...(order && { order }),
    ...(review && { review }),
    ...(payment && { payment }),
  };
}
