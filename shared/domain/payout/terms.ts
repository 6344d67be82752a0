import type { Money } from '../money/money.ts';
import type { PayoutAmounts } from './amounts.ts';
import type { RailKind } from './policy.ts';

/** What was fixed of a payout with its hold, beside what every hold says. */
export interface PayoutTerms extends Omit<PayoutAmounts, 'gross' | 'net'> {
  /** The run that it belongs to. */
  readonly run: string;
  readonly railKind: RailKind;
  /** Whom a part of it, or all, is given to. */
  readonly charity?: string;
}

/** What a hold says of its amounts. */
export interface HeldAmounts extends Money {
  readonly unit: string;
  readonly points: bigint;
}

/** Of a hold, everything that leaves the wallet, and what arrives. */
export function amountsOf(
  { unit, points, amountMinor, currency }: HeldAmounts,
  { donatedMinor, exchange, feeMinor, bearer }: PayoutTerms,
): PayoutAmounts {
  return {
    ...{ donatedMinor, feeMinor, bearer },
    gross: { amountMinor: points, currency: unit },
    net: { amountMinor, currency },
    ...(exchange !== undefined && { exchange }),
  };
}
