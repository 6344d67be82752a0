import { instantOf } from '../time.ts';
import type { CancelReason, Order } from './order.ts';

/** The row of a redemption that is over before any provider was chosen. */
export function neverOrdered(redemption: string, cancelled: CancelReason): Order {
  const never = instantOf(0);
  return {
    ...{ redemption, attempt: 1, provider: '', products: [], payloadHash: '', tried: [] },
    ...{ state: 'closing', call: 0, claimedUntil: never, undecidedUntil: never, since: never },
    ...{ reasons: [reasonOf[cancelled]], cancelled },
  };
}

/** What stands in the books as the reason of a release. */
export const reasonOf: Readonly<Record<CancelReason, string>> = {
  member: 'CANCELLED_BY_MEMBER',
  late: 'TOO_LATE',
  blocked: 'BLOCKED_IN_REVIEW',
  unpaid: 'UNPAID',
  noProvider: 'NO_PROVIDER',
};

/** How a redemption can be called off, judged by its row alone. */
export type CallOff =
  | { readonly kind: 'over' }
  | { readonly kind: 'closing' }
  /** No call can take effect any more: the row may be closed at once. */
  | { readonly kind: 'close'; readonly next: Order }
  /** Providers may have it: no further attempt, and the points after a definite no. */
  | { readonly kind: 'ask'; readonly next: Order };

export function callOffOf(order: Order, cancelled: CancelReason): CallOff {
  if (order.state === 'captured' || order.state === 'released') return { kind: 'over' };
  if (order.state === 'closing') return { kind: 'closing' };
  const marked = { ...order, cancelled: order.cancelled ?? cancelled };
  if (!isSurelyUnplaced(order)) return { kind: 'ask', next: marked };
  const reasons = [...order.reasons, reasonOf[marked.cancelled]];
  return { kind: 'close', next: { ...marked, state: 'closing', reasons } };
}

/**
 * The provider's id of an order that is wanted no more, and that it may still be asked to give up:
 * it has taken it, and the value is not spent.
 */
export function unwantedAt({ cancelled, providerOrder, state }: Order): string | undefined {
  return cancelled !== undefined && state === 'accepted' ? providerOrder : undefined;
}

/** Never called, or refused for now and nothing under way. */
export function isSurelyUnplaced(order: Order): boolean {
  if (order.state !== 'open') return false;
  if (order.call === 0) return true;
  return order.waitingFor !== undefined && order.undecidedUntil === 0;
}
