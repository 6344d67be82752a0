import type { Offer } from './offer.ts';
import type { Band, OrderKind } from './product.ts';

/** A reward that somebody may take instead. */
export interface Alternative {
  readonly rewardId: string;
  readonly name: string;
  readonly kind: OrderKind;
  readonly currency: string;
  /** Absent where none is named. */
  readonly amountMinor?: bigint;
}

export interface Wanted {
  readonly rewardId: string;
  readonly kind: OrderKind;
  readonly currency: string;
  readonly amountMinor: bigint;
}

const mostAlternatives = 3;

/** The nearest of what is on offer: the same kind, the same reward and currency before others. */
export function alternativesTo(offers: readonly Offer[], wanted: Wanted): Alternative[] {
  const near = offers
    .filter(({ kind }) => kind === wanted.kind)
    .map((offer) => ({ offer, amount: nearest(offer, wanted) }))
    .filter(({ offer, amount }) => amount !== undefined || offer.bands?.length === 0);
  const ranked = near.toSorted((left, right) => {
    const [one, other] = [left, right].map(({ offer, amount }) => [
      offer.currency === wanted.currency ? 0n : 1n,
      offer.currency === wanted.currency ? distance(amount ?? 0n, wanted.amountMinor) : 0n,
      offer.rewardId === wanted.rewardId ? 0n : 1n,
    ]);
    return compare(one ?? [], other ?? []) || (left.offer.rewardId < right.offer.rewardId ? -1 : 1);
  });
  return ranked.slice(0, mostAlternatives).map(({ offer, amount }) => {
    const { rewardId, name, kind, currency } = offer;
    return { rewardId, name, kind, currency, ...(amount !== undefined && { amountMinor: amount }) };
  });
}

/** Of another currency the smallest value: what would be near takes a rate. */
function nearest({ bands, currency }: Offer, wanted: Wanted): bigint | undefined {
  const target = currency === wanted.currency ? wanted.amountMinor : 0n;
  if (bands === undefined) return currency === wanted.currency ? target : undefined;
  const values = bands.map((band) => nearestIn(band, target));
  return values.toSorted((left, right) =>
    compare([distance(left, target), left], [distance(right, target), right]),
  )[0];
}

function nearestIn({ minimumMinor, maximumMinor, stepMinor = 1n }: Band, target: bigint): bigint {
  if (target <= minimumMinor) return up(minimumMinor, stepMinor);
  const inside = target < maximumMinor ? target : maximumMinor;
  const down = inside - (inside % stepMinor);
  return down < minimumMinor ? up(minimumMinor, stepMinor) : down;
}

function up(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return rest === 0n ? value : value + step - rest;
}

function distance(left: bigint, right: bigint): bigint {
  return left > right ? left - right : right - left;
}

function compare(left: readonly bigint[], right: readonly bigint[]): number {
  for (const [place, value] of left.entries()) {
    const other = right[place] ?? 0n;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
