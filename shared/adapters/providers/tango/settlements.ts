import { type Instant, parseInstant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import { negative } from '../wire-money.ts';
import { type Listing, listBlock, type Period, windowsOf } from './listing.ts';
import { chargeOf, type OrderRow } from './reply.ts';
import { fromWireReference } from './request.ts';

/**
 * Tango has no statement: what left the account is read from the orders, 100 a call. Throws
 * `ProviderUnavailableError` where a block cannot be read, or a row does not say when and how much.
 */
export async function* settlementsOf(
  listing: Listing,
  period: Period,
): AsyncGenerator<SettlementLine> {
  for (const window of windowsOf(period)) {
    const seen = new Set<string>();
    for (let page = 0; ; page += 1) {
      const reply = await listBlock(listing, window, { page });
      const { orders, page: told } = answerOf('tango', reply);
      const before = seen.size;
      for (const row of orders) {
        if (seen.has(row.referenceOrderID)) continue;
        seen.add(row.referenceOrderID);
        yield* linesOf(row, window);
      }
      if (BigInt(seen.size) >= countOf(told.totalCount.text)) break;
      // Rows are still to come, and the block had none that we do not know.
      if (seen.size === before) throw new ProviderUnavailableError('tango');
    }
  }
}

function countOf(text: string): bigint {
  if (!/^\d{1,12}$/.test(text)) throw new ProviderUnavailableError('tango');
  return BigInt(text);
}

const undoneStatuses: ReadonlySet<string> = new Set(['CANCELLED', 'CANCELED']);

/** An order that failed has left nothing on the account: neither its charge nor its refund. */
function linesOf(row: OrderRow, { from, to }: Period): readonly SettlementLine[] {
  const at = instantIn(row);
  if (at < from || at >= to || row.status === 'FAILED') return [];
  const charge = chargeOf(row);
  if (charge === undefined) throw new ProviderUnavailableError('tango');
  const reference = fromWireReference(row.externalRefID ?? '');
  const about = {
    at,
    providerOrder: row.referenceOrderID,
    ...(reference !== undefined && { reference }),
  };
  const id = row.referenceOrderID;
  const charged: SettlementLine = { id, kind: 'charge', amount: negative(charge.total), ...about };
  if (!undoneStatuses.has(row.status)) return [charged];
  // Fees do not come back, and when the rest came is not told.
  const amount = charge.value ?? charge.total;
  return [charged, { id: `${id}-refund`, kind: 'refund', amount, ...about }];
}

function instantIn({ createdAt }: OrderRow): Instant {
  const at = parseInstant(createdAt ?? '');
  if (at === undefined) throw new ProviderUnavailableError('tango');
  return at;
}
