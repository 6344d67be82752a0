import type { Order } from '../../../../../shared/domain/redemption/order.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const never = instantOf(0);

/** A row as the router writes it, with other parts where a test gives them. */
export function orderRow(parts: Partial<Order> = {}): Order {
  return {
    ...{ redemption: 'r', attempt: 1, provider: 'tremendous', products: ['P'], payloadHash: 'h' },
    ...{ state: 'open', call: 0, claimedUntil: never, undecidedUntil: never, since: never },
    ...{ tried: [], reasons: ['ROUTED'] },
    ...parts,
  };
}
