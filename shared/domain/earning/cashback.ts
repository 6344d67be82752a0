import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord } from '../ledger/exchange.ts';
import { sharesOfWhole } from './fraction.ts';
import type { Placing } from './judged-award.ts';
import { splitPoints } from './split.ts';

/** Once for all that an event gives in one currency and keeps in another. */
export const cashbackRounding = 'halfUp';

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
    const exchange = exchangeRecord(sum, rate, cashbackRounding);
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
