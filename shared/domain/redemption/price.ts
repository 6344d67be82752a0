import type { Offer } from '../catalogue/offer.ts';
import {
  ceilingDivide,
  type Fraction,
  one,
  product,
  reciprocal,
  rounded,
} from '../money/fraction.ts';
import { type Money, minorPerMajor } from '../money/money.ts';
import type { Points } from '../points/points.ts';
import type { Program } from '../program/schema.ts';
import type { Rate } from '../rates/rate.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, invariant, type Result, success } from '../result.ts';
import { policyOf, refuseByPolicy } from './policy.ts';
import type { LockedRate } from './terms.ts';

/** What a member asks for. Addresses are checked at the edge and travel sealed. */
export interface RedemptionRequest {
  readonly member: string;
  readonly rewardId: string;
  /** Minor units; absent where there is only one face value, or none. */
  readonly amountMinor?: bigint;
  readonly currency: string;
  readonly country: string;
  /** Fewer than the price: the member pays the rest in cash. */
  readonly points?: bigint;
  /** ISO 639-1. */
  readonly language?: string;
}

export interface AskedPrice {
  readonly offer: Offer;
  /** As `faceValueOf` found it. */
  readonly amountMinor: bigint;
  readonly points?: bigint | undefined;
}

/** What it costs: points, and where fewer of them were asked for, the rest in cash. */
export interface AgreedPrice extends Points {
  readonly rate?: LockedRate;
  readonly marginBasisPoints?: number;
  readonly cash?: Money;
}

export type RateOf = (from: string, to: string) => Result<Rate, Refusal>;

type Worth = NonNullable<ReturnType<typeof worthIn>>;

/** What points of a unit are worth: minor units of a currency for each. */
function worthIn(program: Program, unit: string) {
  const worth = policyOf(program, unit)?.worth;
  if (worth === undefined) return undefined;
  const { currency, amountMinor, points } = worth;
  const each: Fraction = { numerator: BigInt(amountMinor), denominator: BigInt(points) };
  return { currency, each };
}

/** The currencies between which a price takes a rate, or `undefined`. */
export function rateNeeded(
  program: Program,
  { offer, points }: Omit<AskedPrice, 'amountMinor'>,
): { readonly from: string; readonly to: string } | undefined {
  const worth = worthIn(program, offer.unit);
  if (worth === undefined || worth.currency === offer.currency) return undefined;
  if (offer.price.kind !== 'byWorth' && points === undefined) return undefined;
  return { from: offer.currency, to: worth.currency };
}

/**
 * The price of an offer, exact until one rounding at its end, which is up. Refusals: those of the
 * rates and of the program's policy, `BELOW_MINIMUM`, and those of a part in cash.
 */
export function priceOffer(
  program: Program,
  asked: AskedPrice,
  rateOf: RateOf,
): Result<AgreedPrice, Refusal> {
  const { offer, amountMinor } = asked;
  const needed = rateNeeded(program, asked);
  const rate = needed && rateOf(needed.from, needed.to);
  if (rate?.ok === false) return rate;
  const worth = worthIn(program, offer.unit);
  const perMinor = rate?.value.perMinor ?? one;
  const full = fullPoints(offer, { amountMinor, worth, perMinor });
  if (full < offer.minimumPoints) return failure(refusal('BELOW_MINIMUM', 'amountMinor'));
  const agreed: AgreedPrice = {
    ...{ unit: offer.unit, points: full },
    ...(rate !== undefined && { rate: locked(rate.value) }),
    ...(offer.price.kind === 'byWorth' && { marginBasisPoints: offer.price.marginBasisPoints }),
  };
  const part = asked.points ?? full;
  const refused = refusePoints(program, { unit: offer.unit, points: part }, full);
  if (refused !== undefined) return failure(refused);
  if (part === full) return success(agreed);
  const cash = cashFor(program, { full, part, worth, perMinor });
  if (!cash.ok) return cash;
  const money = { amountMinor: cash.value, currency: offer.currency };
  return success({ ...agreed, points: part, cash: money });
}

interface Valued {
  readonly worth: Worth | undefined;
  /** Minor units of the worth's currency for one of the reward's. */
  readonly perMinor: Fraction;
}

function fullPoints(
  { price, currency, rewardId }: Offer,
  { amountMinor, worth, perMinor }: Valued & { readonly amountMinor: bigint },
): bigint {
  if (price.kind === 'fixed') return BigInt(price.points);
  if (price.kind === 'perMajorUnit') {
    return ceilingDivide(amountMinor * BigInt(price.points), minorPerMajor(currency));
  }
  invariant(worth !== undefined, `Reward ${rewardId} is priced by a worth that there is not.`);
  const value = { numerator: amountMinor, denominator: 1n };
  const margin = { numerator: 10_000n + BigInt(price.marginBasisPoints), denominator: 10_000n };
  const exact = [perMinor, reciprocal(worth.each), margin].reduce(product, value);
  return rounded(exact, 'up');
}

/** What the policy says of so many points, of a price of `full`. */
function refusePoints(program: Program, asked: Points, full: bigint): Refusal | undefined {
  const field = asked.points === full ? 'amountMinor' : 'points';
  if (asked.points > full || asked.points <= 0n) return refusal('FIELD_INVALID', 'points');
  const refused = refuseByPolicy(program, asked);
  if (refused !== undefined) return refusal(refused.code, field);
  const share = policyOf(program, asked.unit)?.maximumSharePercent;
  if (program.redemption.cash === undefined || share === undefined) return undefined;
  return asked.points * 100n > full * BigInt(share)
    ? refusal('SHARE_OF_PRICE_EXCEEDED', 'points')
    : undefined;
}

/** The price in money, half up, less the exact worth of the points, rounded up: at least one. */
function cashFor(
  { redemption }: Program,
  { full, part, worth, perMinor }: Valued & { readonly full: bigint; readonly part: bigint },
): Result<bigint, Refusal> {
  const offered = redemption.cash;
  if (offered === undefined || worth === undefined) {
    return failure(refusal('CASH_NOT_OFFERED', 'points'));
  }
  const each = product(worth.each, reciprocal(perMinor));
  const price = rounded(product({ numerator: full, denominator: 1n }, each), 'halfUp');
  const paid = { numerator: part * each.numerator, denominator: each.denominator };
  const left = {
    numerator: price * paid.denominator - paid.numerator,
    denominator: paid.denominator,
  };
  const cash = rounded(left, 'up');
  const least = cash > 0n ? cash : 1n;
  return least * 100n > price * BigInt(offered.maximumPercent)
    ? failure(refusal('CASH_SHARE_EXCEEDED', 'points'))
    : success(least);
}

function locked({ numerator, denominator, from, to, asOf, source }: Rate): LockedRate {
  return { from, to, rate: { numerator, denominator }, asOf, source };
}
