import type { Currency, Payee, Wallet } from './four-rails.ts';

/** Thousandths of a currency's unit for a euro, on the day of the run. */
const perEuro: Readonly<Record<Currency, bigint>> = { EUR: 1000n, GBP: 800n, USD: 1250n };
const fixedFee: Readonly<Record<Currency, bigint>> = { EUR: 30n, GBP: 25n, USD: 45n };
const leastMinor = 1000n;

export interface Due {
  /** Stays given, whatever becomes of the rest. */
  readonly donatedMinor: bigint;
  /** What a provider is to pay, once; nothing where all is given away. */
  readonly net: { readonly amountMinor: bigint; readonly currency: Currency };
}

/** What a wallet is due, worked out anew; a reason where it is left. */
export function dueOf(payee: Payee, { currency: from, earnedMinor }: Wallet): Due | string {
  const { country, donatedPercent, rail } = payee;
  const currency = rail === 'gift' ? from : payee.currency;
  if (country === 'FR') return 'COUNTRY_BLOCKED';
  const inPayout = (minor: bigint) => (minor * perEuro[currency]) / perEuro[from];
  if (inPayout(earnedMinor) < leastMinor) return 'BELOW_THRESHOLD';
  const donatedMinor = halfUp(earnedMinor * BigInt(donatedPercent), 100n);
  const amount = inPayout(earnedMinor - donatedMinor);
  const fees: Readonly<Record<string, bigint>> = {
    paypal: halfUp(amount, 100n),
    bank: fixedFee[currency],
  };
  return { donatedMinor, net: { amountMinor: amount - (fees[rail] ?? 0n), currency } };
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
