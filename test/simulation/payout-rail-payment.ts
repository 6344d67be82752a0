import type { Instant } from '../../shared/domain/time.ts';
import type { ActOutcome, PlaceOrder, RejectionReason } from '../../shared/ports/provider.ts';
import type { Surroundings } from './payout-accounts.ts';

export interface RailPayment {
  readonly order: PlaceOrder;
  readonly id: string;
  readonly madeAt: Instant;
  state: 'draft' | 'pending' | 'paid' | 'failed';
  /** Why it failed. */
  no: { readonly reason: RejectionReason; readonly detail: string };
  /** When money that was paid has come back. */
  undoneAt?: Instant;
  /** It was called off before it was paid. */
  isGivenUp?: true;
  /** Nothing becomes of it any more, and nobody can call it off. */
  isStuck?: true;
}

const dayMs = 86_400_000;

/** Done as long as it is not paid; the request may arrive late, or never. */
export function askedToGiveUp(
  payment: RailPayment,
  { faults, later }: Pick<Surroundings, 'faults' | 'later'>,
): ActOutcome {
  if (faults.strikes('cancelUnheard')) {
    if (faults.dice.chance(0.5)) later(faults.dice.below(dayMs), () => giveUp(payment));
    return { kind: 'unknown', detail: 'TIMEOUT' };
  }
  const isDone = giveUp(payment);
  if (faults.strikes('cancelUnheard')) return { kind: 'unknown', detail: 'CONNECTION_LOST' };
  return isDone ? { kind: 'done' } : { kind: 'refused', detail: 'NOT_ALLOWED_NOW' };
}

function giveUp(payment: RailPayment): boolean {
  if (payment.state !== 'pending' || payment.isStuck) return payment.isGivenUp === true;
  payment.state = 'failed';
  payment.no = { reason: 'permanent', detail: 'CANCELLED' };
  payment.isGivenUp = true;
  return true;
}
