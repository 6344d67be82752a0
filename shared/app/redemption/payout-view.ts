import type { ExchangeRecord } from '../../domain/ledger/entry.ts';
import { formatFraction } from '../../domain/money/fraction.ts';
import type { Money } from '../../domain/money/money.ts';
import type { RailKind } from '../../domain/payout/policy.ts';
import { amountsOf } from '../../domain/payout/terms.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import { type RedemptionView, redemptionView } from './redemption-view.ts';

/** How money was worked out; never to whom it goes. Amounts are in minor units. */
export interface PayoutView {
  readonly rail: RailKind;
  /** What leaves the wallet. */
  readonly gross: Money;
  /** Of the gross amount, in its currency. */
  readonly donated?: Money & { readonly charity: string };
  /** What is not given away, into the currency that is paid out. */
  readonly exchange?: {
    readonly from: string;
    readonly fromMinor: bigint;
    readonly to: string;
    readonly toMinor: bigint;
    /** `n/d`, in major units. */
    readonly rate: string;
    readonly asOf: LocalDate;
    readonly source: string;
    readonly rounding: string;
  };
  /** Taken from what is paid out where the member bears it. */
  readonly fee: Money & { readonly bearer: 'member' | 'program' };
  readonly net: Money;
}

/** A redemption with what only payouts have. */
export function redemptionViewWithPayout(
  record: RedemptionRecord,
): RedemptionView & { readonly payout?: PayoutView } {
  const view = redemptionView(record);
  const { hold } = record;
  const { payout: terms } = hold.terms;
  if (terms === undefined) return view;
  const { gross, net, donatedMinor, feeMinor, bearer, exchange } = amountsOf(hold, terms);
  const { charity, railKind } = terms;
  const given = donatedMinor > 0n && charity !== undefined;
  const payout: PayoutView = {
    ...{ rail: railKind, gross },
    ...(given && { donated: { amountMinor: donatedMinor, currency: gross.currency, charity } }),
    ...(exchange && { exchange: exchangeView(exchange) }),
    ...{ fee: { amountMinor: feeMinor, currency: net.currency, bearer }, net },
  };
  return { ...view, payout };
}

function exchangeView({ wholeMinor: _, rate, ...exchange }: ExchangeRecord) {
  return { ...exchange, rate: formatFraction(rate) };
}
