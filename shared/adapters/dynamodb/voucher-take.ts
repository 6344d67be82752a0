import { parseReference } from '../../domain/redemption/reference.ts';
import type { TakenVoucher, TakeOutcome, VoucherStore } from '../../ports/vouchers.ts';
import { itemAbsent, itemPresent } from './condition.ts';
import { getItem, queryItems } from './item-read.ts';
import { metered, type OpenBill, type Table } from './table.ts';
import { Transaction } from './transact.ts';
import { encodeTaken, type FreeVoucher, parseFree, parseOrder } from './voucher-item.ts';
import { freeRange, voucherOrderKey, voucherPartition } from './voucher-keys.ts';

type Taking = Parameters<VoucherStore['take']>[0];

/** Chosen from by chance, so that orders that come together seldom want the same code. */
const candidatesSeen = 25;

/**
 * One transaction takes the free code away and puts the order, if there is none: two orders never
 * have one code, nor one order two. Whoever loses a code to another order tries the next one.
 */
export async function takeVoucher(table: Table, taking: Taking): Promise<TakeOutcome> {
  const { reference, pool } = taking;
  const existing = await getItem(table, voucherOrderKey(reference));
  if (existing !== undefined) {
    return { kind: 'existing', order: parseOrder(reference, existing) };
  }
  const subject = parseReference(reference)?.redemption ?? reference;
  return metered(table, { operation: 'dispatch', count: 0, subject }, async (bill) => {
    for (;;) {
      const seen = await candidates(table, taking);
      if (seen.length === 0) return { kind: 'empty' };
      const outcome = await takeOneOf(table, { taking, bill, seen });
      if (outcome.kind === 'existing') return outcome;
      if (outcome.kind === 'taken') {
        const left = Math.min(seen.length - 1 - outcome.lost, pool.lowBelow);
        return { kind: 'taken', order: outcome.order, left };
      }
    }
  });
}

/** Enough of them to choose from, and to see whether the pool is low once one is gone. */
async function candidates(table: Table, { pool, usefulFrom }: Taking): Promise<FreeVoucher[]> {
  const limit = Math.max(candidatesSeen, pool.lowBelow + 1);
  const query = { pk: voucherPartition(pool), range: freeRange(usefulFrom), limit };
  const found: FreeVoucher[] = [];
  for await (const image of queryItems(table, query)) found.push(parseFree(image));
  return found;
}

type OneTaken =
  | { readonly kind: 'taken'; readonly order: TakenVoucher; readonly lost: number }
  | Extract<TakeOutcome, { readonly kind: 'existing' }>
  /** Others have had all of them meanwhile. */
  | { readonly kind: 'gone' };

async function takeOneOf(
  table: Table,
  {
    taking,
    bill,
    seen,
  }: { readonly taking: Taking; readonly bill: OpenBill; readonly seen: readonly FreeVoucher[] },
): Promise<OneTaken> {
  const { pool, usefulFrom: _, ...asked } = taking;
  const { program, pool: name } = pool;
  const left = seen.slice(0, candidatesSeen);
  for (let lost = 0; left.length > 0; lost += 1) {
    const [voucher] = left.splice(Math.floor(table.randomness.next() * left.length), 1);
    if (voucher === undefined) break;
    const { id, sealed, key } = voucher;
    const order: TakenVoucher = { kind: 'taken', ...asked, program, pool: name, id, sealed };
    const outcome = await new Transaction(table)
      .delete('free', key, itemPresent)
      .put('order', encodeTaken(order), itemAbsent)
      .commit(bill);
    if (outcome.kind === 'committed') return { kind: 'taken', order, lost };
    const existing = outcome.refused.get('order');
    if (existing !== undefined) {
      return { kind: 'existing', order: parseOrder(taking.reference, existing) };
    }
  }
  return { kind: 'gone' };
}
