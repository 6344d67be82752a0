import { formatFraction, type Rounding } from '../money/fraction.ts';
import { toDecimal } from '../money/money.ts';
import { convert, type Rate } from '../rates/rate.ts';
import type { ExchangeRecord } from './entry.ts';

/**
 * What an amount is in another currency, rounded once. What the program does by itself (cashback,
 * migrations) rounds half up; what a member asks for rounds down, so that asking gains nothing.
 */
export function exchangeRecord(fromMinor: bigint, rate: Rate, rounding: Rounding): ExchangeRecord {
  const { from, to, asOf, source, numerator, denominator } = rate;
  const { amount, wholeMinor } = convert(fromMinor, rate, rounding);
  return {
    ...{ from, fromMinor, to, toMinor: amount.amountMinor, wholeMinor },
    ...{ rate: { numerator, denominator }, asOf, source, rounding },
  };
}

type ExchangeAmounts = Pick<ExchangeRecord, 'fromMinor' | 'toMinor' | 'wholeMinor'>;

/** So much of it turned back, at its own rate. */
export function turnedBack(
  record: ExchangeRecord,
  { fromMinor, toMinor, wholeMinor }: ExchangeAmounts = record,
): ExchangeRecord {
  return { ...record, fromMinor: -fromMinor, toMinor: -toMinor, wholeMinor: -wholeMinor };
}

/** How to work it out: `1.50 USD*20000/21699=1.38 EUR halfUp, ecb 2026-03-13`. */
export function toldExchange(record: ExchangeRecord): string {
  const { from, fromMinor, to, toMinor, rate, asOf, source, rounding } = record;
  const given = toDecimal({ amountMinor: fromMinor, currency: from });
  const got = toDecimal({ amountMinor: toMinor, currency: to });
  const sum = `${given} ${from}*${formatFraction(rate)}=${got} ${to}`;
  return `${sum} ${rounding}, ${source} ${asOf}`;
}
