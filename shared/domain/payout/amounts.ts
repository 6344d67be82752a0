import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord } from '../ledger/exchange.ts';
import { rounded } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../rates/rate.ts';
import { invariant } from '../result.ts';
import { feeOn, type PayoutPolicy, type Rail } from './policy.ts';

/** What leaves a wallet, and what of it arrives where. */
export interface PayoutAmounts {
  readonly gross: Money;
  /** Given away of it first, in its own currency. */
  readonly donatedMinor: bigint;
  /** What is left, into the currency of the payout where that is another one; rounded down. */
  readonly exchange?: ExchangeRecord;
  /** The program's fee, in the currency of the payout. */
  readonly feeMinor: bigint;
  readonly bearer: 'member' | 'program';
  /** What the member is to receive: nothing where all is given away. */
  readonly net: Money;
}

export interface Split {
  readonly rail: Rail;
  /** Whole percent of the gross amount. */
  readonly donatedPercent: number;
  /** As it was locked; absent where the wallet holds the payout's currency. */
  readonly rate: Rate | undefined;
}

/** A gift is rounded half up, once. */
export function payoutAmounts(gross: Money, { rail, donatedPercent, rate }: Split): PayoutAmounts {
  const numerator = gross.amountMinor * BigInt(donatedPercent);
  const donatedMinor = rounded({ numerator, denominator: 100n }, 'halfUp');
  const rest = { ...gross, amountMinor: gross.amountMinor - donatedMinor };
  const exchange = exchanged(rest, rate);
  const amount = inPayout(rest, exchange);
  const feeMinor = feeOn(rail, amount);
  const bearer = rail.fee?.bearer ?? 'program';
  const netMinor = bearer === 'member' ? amount.amountMinor - feeMinor : amount.amountMinor;
  return {
    ...{ gross, donatedMinor, feeMinor, bearer, net: { ...amount, amountMinor: netMinor } },
    ...(exchange !== undefined && { exchange }),
  };
}

/** What is not given away, in the currency of the payout, before fees. */
export function amountOf(amounts: Omit<PayoutAmounts, 'net' | 'feeMinor' | 'bearer'>): Money {
  const { gross, donatedMinor, exchange } = amounts;
  return inPayout({ ...gross, amountMinor: gross.amountMinor - donatedMinor }, exchange);
}

/** Of the wallet, what is neither given away nor given back with a payout that returns. */
export function restOf({ gross, donatedMinor }: PayoutAmounts): bigint {
  return gross.amountMinor - donatedMinor;
}

/** What is left to pay once the gift has gone: the first payment made it. */
export function withoutGift(amounts: PayoutAmounts): PayoutAmounts {
  const gross = { ...amounts.gross, amountMinor: restOf(amounts) };
  return { ...amounts, gross, donatedMinor: 0n };
}

function exchanged(rest: Money, rate: Rate | undefined): ExchangeRecord | undefined {
  if (rate === undefined || rest.amountMinor === 0n) return undefined;
  invariant(rate.from === rest.currency, 'The rate is from the currency of the wallet.');
  return exchangeRecord(rest.amountMinor, rate, 'down');
}

function inPayout(rest: Money, exchange: ExchangeRecord | undefined): Money {
  return exchange ? { amountMinor: exchange.toMinor, currency: exchange.to } : rest;
}

/** The threshold of a rail, and what is most without a person; minor units of the currency. */
export function boundsOf({ minimumMinor, maximumMinor }: Rail, currency: string) {
  const [least, most] = [minimumMinor[currency], maximumMinor?.[currency]];
  return {
    least: least === undefined ? undefined : BigInt(least),
    most: most === undefined ? undefined : BigInt(most),
  };
}

export function secondPersonFrom(policy: PayoutPolicy, currency: string): bigint | undefined {
  const from = policy.secondPersonFrom?.[currency];
  return from === undefined ? undefined : BigInt(from);
}
