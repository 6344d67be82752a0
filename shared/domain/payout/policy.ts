import type * as z from 'zod/mini';
import { rounded } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import { type payouts, railKinds } from '../program/schema/payouts.ts';

export { railKinds };

export type PayoutPolicy = z.output<typeof payouts>;
export type Rail = PayoutPolicy['rails'][number];
export type RailKind = Rail['kind'];

/** What a member has chosen for their money; whom it goes to is sealed apart. */
export interface PayoutChoice {
  readonly rail: string;
  readonly currency: string;
  /** Where the member is, ISO 3166. */
  readonly country: string;
  /** So much of each payout is given away; on the rail `donation`, all of it. */
  readonly donation?: { readonly charity: string; readonly percent: number };
}

/** Minor units of an amount's own currency; never more than the amount. */
export function feeOn({ fee }: Rail, { amountMinor, currency }: Money): bigint {
  if (fee === undefined) return 0n;
  const numerator = amountMinor * BigInt(fee.basisPoints ?? 0);
  const share = rounded({ numerator, denominator: 10_000n }, 'halfUp');
  const full = share + BigInt(fee.fixedMinor?.[currency] ?? 0);
  const most = fee.maximumMinor?.[currency];
  const charged = most !== undefined && full > BigInt(most) ? BigInt(most) : full;
  return charged < amountMinor ? charged : amountMinor;
}
