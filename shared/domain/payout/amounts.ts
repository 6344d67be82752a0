import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord } from '../ledger/exchange.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../rates/rate.ts';
import { invariant } from '../result.ts';
import { feeOn, type Rail } from './policy.ts';

/** What leaves a wallet, and what of it arrives. */
export interface PayoutAmounts {
  readonly gross: Money;
  /** From the wallet's currency into that of the payout, where they differ; rounded down. */
  readonly exchange?: ExchangeRecord;
  /** Of the program's fee: in the currency of the payout, whoever bears it. */
  readonly feeMinor: bigint;
  readonly bearer: 'member' | 'program';
  /** What the member is to receive. */
  readonly net: Money;
}

/** The rate that was locked for it; absent where the wallet holds the payout's currency. */
export function payoutAmounts(gross: Money, rail: Rail, rate: Rate | undefined): PayoutAmounts {
  invariant(rate === undefined || rate.from === gross.currency, 'The rate is of the wallet.');
  const exchange = rate && exchangeRecord(gross.amountMinor, rate, 'down');
  const amount = exchange ? { amountMinor: exchange.toMinor, currency: exchange.to } : gross;
  const feeMinor = feeOn(rail, amount);
  const bearer = rail.fee?.bearer ?? 'program';
  const netMinor = bearer === 'member' ? amount.amountMinor - feeMinor : amount.amountMinor;
  return {
    ...{ gross, feeMinor, bearer, net: { amountMinor: netMinor, currency: amount.currency } },
    ...(exchange !== undefined && { exchange }),
  };
}

/** The whole in the currency of the payout, before fees. */
export function amountOf({ exchange, gross }: Pick<PayoutAmounts, 'exchange' | 'gross'>): Money {
  return exchange ? { amountMinor: exchange.toMinor, currency: exchange.to } : gross;
}
