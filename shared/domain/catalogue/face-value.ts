import type { RewardSource } from '../redemption/terms.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { takes } from './listed.ts';
import type { Offer, OfferSource } from './offer.ts';
import { type Band, isOffered } from './product.ts';

/**
 * The face value that is asked for, minor units; zero where a reward has none. Refusals:
 * `FIELD_MISSING`, `AMOUNT_NOT_OFFERED`.
 */
export function faceValueOf(
  { bands, price }: Offer,
  asked: bigint | undefined,
): Result<bigint, Refusal> {
  const only = onlyValue(bands);
  if (price.kind === 'fixed') {
    const value = only ?? 0n;
    const isMeant = asked === undefined || asked === value;
    return isMeant ? success(value) : failure(refusal('AMOUNT_NOT_OFFERED', 'amountMinor'));
  }
  const value = asked ?? only;
  if (value === undefined) return failure(refusal('FIELD_MISSING', 'amountMinor'));
  if (value > 0n && (bands === undefined || isOffered(bands, value))) return success(value);
  return failure(refusal('AMOUNT_NOT_OFFERED', 'amountMinor'));
}

/** The one value that there is. */
function onlyValue(bands: readonly Band[] = []): bigint | undefined {
  const [first, ...others] = bands;
  const isOne = first !== undefined && first.minimumMinor === first.maximumMinor;
  return isOne && others.length === 0 ? first.minimumMinor : undefined;
}

/**
 * Where a face value can be had: of each provider its cheapest way, the cheapest provider first.
 * Where nothing is known of the price to us, the program's order stands.
 */
export function sourcesFor({ sources }: Offer, amountMinor: bigint): RewardSource[] {
  const ways = sources
    .map(({ provider, products }) => ({
      provider,
      products: products.filter((product) => takes(product, amountMinor)),
    }))
    .filter(({ products }) => products.length > 0)
    .toSorted((left, right) => costOf(left) - costOf(right));
  const byProvider = new Map(ways.toReversed().map((way) => [way.provider, way]));
  const first = ways.filter((way) => byProvider.get(way.provider) === way);
  return first.map(({ provider, products }) => ({
    provider,
    products: products.map(({ product }) => product),
  }));
}

const unknownCost = 10_000;

function costOf({ products }: OfferSource): number {
  return Math.max(...products.map(({ costBasisPoints = unknownCost }) => costBasisPoints));
}
