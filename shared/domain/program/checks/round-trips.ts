import type { Exchange, Finding, Program } from '../schema.ts';
import { findingAt } from './places.ts';

interface Placed {
  readonly exchange: Exchange;
  readonly index: number;
}

/**
 * Points that members can buy and sell again must never bring more than they cost: every way round
 * is refused that could gain, by its terms, by its roundings, or by a rate that moves.
 */
export function roundTripFindings({ exchanges }: Program): Finding[] {
  const placed = exchanges.map((exchange, index) => ({ exchange, index }));
  const units = [...Map.groupBy(placed, ({ exchange }) => exchange.unit).values()];
  return units.flatMap((sameUnit) => {
    const { pointsToWallet: selling = [], walletToPoints: buying = [] } = Object.fromEntries(
      Map.groupBy(sameUnit, ({ exchange }) => exchange.direction),
    );
    if (selling.length === 0 || buying.length === 0) return [];
    return [
      ...sameUnit.flatMap(roundingFindings),
      ...buying.flatMap((bought) => selling.flatMap((sold) => gainFindings(bought, sold))),
    ];
  });
}

/** In slices small enough, any rounding but down gives more than the terms. */
function roundingFindings({ exchange: { unit, rounding }, index }: Placed): Finding[] {
  if (rounding === 'down') return [];
  const message =
    `is ${rounding}, and ${unit} are exchanged both ways: there and back in small parts would ` +
    'gain; leave it out, for down';
  return [findingAt(['exchanges', index, 'rounding'], message)];
}

function gainFindings({ exchange: bought, index }: Placed, { exchange: sold }: Placed): Finding[] {
  const { unit } = bought;
  if (bought.currency !== sold.currency) {
    const message =
      `is ${bought.currency}, but \`${sold.id}\` turns ${unit} into ${sold.currency}: there and ` +
      'back would gain by how rates move; name one currency for both, wallets may hold others';
    return [findingAt(['exchanges', index, 'currency'], message)];
  }
  const got = BigInt(bought.points) * BigInt(sold.amountMinor);
  const cost = BigInt(bought.amountMinor) * BigInt(sold.points);
  if (got <= cost) return [];
  const message =
    `gives ${bought.points} ${unit} for ${bought.amountMinor}, and \`${sold.id}\` gives ` +
    `${sold.amountMinor} for ${sold.points}: there and back would gain`;
  return [findingAt(['exchanges', index], message)];
}
