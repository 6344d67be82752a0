import { addMs, type Instant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { isReference } from '../order-request.ts';
import { negative } from '../wire-money.ts';
import type { RunaCalls } from './calls.ts';
import { orderPages } from './pages.ts';
import { chargeOf, type ListedOrder, referenceIn } from './reply.ts';

/** An order is charged when it is completed; those made earlier may be completed in the period. */
const slowestOrderMs = 86_400_000;

/**
 * Runa gives no statement: each completed order is a charge. What support gives back shows in the
 * balance only.
 */
export async function* settlements(
  calls: RunaCalls,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): AsyncGenerator<SettlementLine> {
  for await (const page of orderPages(calls, addMs(from, -slowestOrderMs))) {
    if (page.kind !== 'orders') throw new ProviderUnavailableError('runa');
    for (const order of page.orders) {
      if (order.status !== 'COMPLETED') continue;
      const line = lineOf(order);
      if (line.at >= from && line.at < to) yield line;
    }
  }
}

/** A charge that cannot be read would be missing from the books: nothing counts then. */
function lineOf(order: ListedOrder): SettlementLine {
  const at = order.completed_at ?? order.created_at;
  const charge = chargeOf(order);
  if (!at || charge === undefined) throw new ProviderUnavailableError('runa');
  const reference = referenceIn(order);
  return {
    ...{ id: order.id, kind: 'charge', at, providerOrder: order.id },
    amount: negative(charge),
    ...(reference !== undefined && isReference(reference) && { reference }),
  };
}
