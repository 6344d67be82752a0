import type { Money } from '../money/money.ts';
import type { Instant } from '../time.ts';

/**
 * The order row: what was asked of providers for one redemption, and the call under way. The row
 * alone decides; whoever wants to act first wins a conditional write on (attempt, call).
 *
 *   open ──accepted, not final──► accepted ──final──► captured ──undone──► reopened ─┐
 *     │                              │                   ▲                           │
 *     ├────────────accepted, final───┼───────────────────┴──────final────────────────┤
 *     └──definite no──► closing ◄────┴───────────────────────definite no─────────────┘
 *                          └──► released
 */
export type OrderState = 'open' | 'accepted' | 'closing' | 'captured' | 'released' | 'reopened';

/** Why an order is not to be tried any further. */
export type CancelReason = 'member' | 'late' | 'blocked' | 'unpaid' | 'noProvider';

export interface Order {
  readonly redemption: string;
  /** From 1; a new attempt only after a definite no. */
  readonly attempt: number;
  /** Empty where nobody was ever asked: a redemption that was called off before. */
  readonly provider: string;
  /** The provider's own product ids, fixed when the provider was chosen. */
  readonly products: readonly string[];
  /** Hash of what the provider is asked for: the same reference never carries another body. */
  readonly payloadHash: string;
  readonly state: OrderState;
  /** Number of the last call claimed; 0 before the first. */
  readonly call: number;
  /** Until then only the holder of `call` may act. */
  readonly claimedUntil: Instant;
  /** A placing call whose answer is not known may still take effect until then; 0: none. */
  readonly undecidedUntil: Instant;
  /** When this attempt was first asked for. */
  readonly since: Instant;
  /** Why this provider, and what those before it said. */
  readonly reasons: readonly string[];
  /** Providers that have said no to this redemption, or were out of their key's life. */
  readonly tried: readonly string[];
  readonly providerOrder?: string;
  /** What the provider waits for, or we do. */
  readonly waitingFor?: 'funds' | 'limit' | 'configuration';
  /** No further attempt: the points go back after a definite no. */
  readonly cancelled?: CancelReason;
  /** The member and ops have been told that the promised time will not be kept. */
  readonly toldLate?: true;
  /** What the provider charged, where it says so. */
  readonly charge?: Money;
}

export function isFinal(order: Order): boolean {
  return order.state === 'captured' || order.state === 'released';
}

/** Whether the provider may still be asked, or asked about it. */
export function isUnderWay({ state }: Order): boolean {
  return state === 'open' || state === 'accepted' || state === 'reopened';
}

export interface EndedCall {
  readonly attempt: number;
  readonly call: number;
}

/** The caller whose own call has ended knows that it has; all others wait for the deadline. */
export function mayClaim(order: Order, now: Instant, ended?: EndedCall): boolean {
  if (!isUnderWay(order)) return false;
  const isOwn = ended?.attempt === order.attempt && ended.call === order.call;
  return isOwn || order.claimedUntil <= now;
}

/** An order that was placed, or may have been, is looked up before anything else happens. */
export function mustLookUp(order: Order): boolean {
  return order.call > 0;
}

/** "No" is definite only when no earlier placing call of this attempt can still take effect. */
export function isDefiniteNo(order: Order, now: Instant): boolean {
  return order.undecidedUntil <= now;
}

/** Seconds to wait before look-up number `lookUps` (from 1): 1, 2, 4, … up to 15 minutes. */
export function lookUpDelaySeconds(lookUps: number): number {
  return Math.min(2 ** Math.max(lookUps - 1, 0), 900);
}
