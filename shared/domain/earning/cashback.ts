import type { ExchangeRecord } from '../ledger/entry.ts';
import { formatFraction } from '../money/fraction.ts';
import { toDecimal } from '../money/money.ts';
import { convert, type Rate } from '../rates/rate.ts';
import { sharesOfWhole } from './fraction.ts';
import type { Placing } from './judged-award.ts';
import { splitPoints } from './split.ts';

/** Once for all that an event gives in one currency and keeps in another. */
const cashbackRounding = 'halfUp';

/**
 * Converts what was judged in the currency of the purchase and is kept in another one: the sum is
 * rounded once, each award gets its share. Where all of it rounds to nothing, nothing is exchanged.
 */
export function exchangeMoney(placings: readonly Placing[]): ExchangeRecord[] {
  const foreign = placings.filter(({ kept }) => kept.rate !== undefined);
  const groups = Map.groupBy(foreign, ({ kept }) => kept.currency);
  return [...groups.values()].flatMap((group) => {
    const rate = group[0]?.kept.rate;
    if (rate === undefined) return [];
    const points = group.map(({ given }) => given.points);
    const sum = points.reduce((all, each) => all + each, 0n);
    const exchange = exchangeRecord(sum, rate);
    const { from, to, toMinor } = exchange;
    const isKept = toMinor > 0n;
    const kept = sharesOfWhole(toMinor, points);
    const whole = sharesOfWhole(isKept ? exchange.wholeMinor : 0n, points);
    for (const [index, placing] of group.entries()) {
      const { given, shares } = placing;
      const [share = 0n, wholeMinor = 0n] = [kept[index], whole[index]];
      placing.record = {
        ...given,
        ...{ unit: to, points: share, parts: splitPoints(share, shares) },
        judged: { unit: from, points: given.points, wholeMinor },
        arithmetic: `${given.arithmetic} ${from}=${share} ${to}`,
      };
    }
    return [exchange];
  });
}

export function exchangeRecord(fromMinor: bigint, rate: Rate): ExchangeRecord {
  const { from, to, asOf, source, numerator, denominator } = rate;
  const { amount, wholeMinor } = convert(fromMinor, rate, cashbackRounding);
  return {
    ...{ from, fromMinor, to, toMinor: amount.amountMinor, wholeMinor },
    ...{ rate: { numerator, denominator }, asOf, source, rounding: cashbackRounding },
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
