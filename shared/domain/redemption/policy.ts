import { fieldAt } from '../earning/event.ts';
import { floorDivide } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import type { Points } from '../points/points.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';

type Policy = NonNullable<Program['redemption']['policies']>[number];

/** What points are spent on, as far as a policy looks at it. */
export interface RedemptionTerms extends Points {
  /** What it costs, where points pay a part of a price. */
  readonly price?: Money;
  /** The item's own fields: on some items a point is worth more. */
  readonly item?: Readonly<Record<string, unknown>>;
  /** Redemptions of the same order before this one. */
  readonly earlierInOrder?: number;
}

/** Why the program does not let points be spent so, or `undefined`. */
export function refuseByPolicy(program: Program, terms: RedemptionTerms): Refusal | undefined {
  const policy = policyOf(program, terms.unit);
  if (policy === undefined) return undefined;
  const { minimumPoints, steps, maximumPerOrder } = policy;
  const { points, earlierInOrder = 0 } = terms;
  if (minimumPoints !== undefined && points < BigInt(minimumPoints)) {
    return refusal('BELOW_MINIMUM');
  }
  if (steps !== undefined && !steps.some((step) => BigInt(step) === points)) {
    return refusal('NOT_A_STEP');
  }
  if (maximumPerOrder !== undefined && earlierInOrder >= maximumPerOrder) {
    return refusal('TOO_MANY_FOR_ORDER');
  }
  return refuseShare(policy, terms);
}

/** Compares exactly: nothing is rounded before it is known whether points pay too much. */
function refuseShare(policy: Policy, { points, price, item }: RedemptionTerms) {
  const { maximumSharePercent, worth } = policy;
  if (maximumSharePercent === undefined || price === undefined) return undefined;
  // What points are worth in another currency takes a rate.
  if (worth?.currency !== price.currency) return refusal('REWARD_CURRENCY_MISMATCH');
  const { numerator, denominator } = exactWorth(policy, worth, { points, item });
  const allowed = price.amountMinor * BigInt(maximumSharePercent) * denominator;
  return numerator * 100n > allowed ? refusal('SHARE_OF_PRICE_EXCEEDED') : undefined;
}

/**
 * What points are worth on an item, in whole minor units: a part of one is left out. `undefined`
 * where the program gives points of the unit no worth.
 */
export function worthOf(
  program: Program,
  unit: string,
  points: bigint,
  item?: Readonly<Record<string, unknown>>,
): Money | undefined {
  const policy = policyOf(program, unit);
  if (policy?.worth === undefined) return undefined;
  const { numerator, denominator } = exactWorth(policy, policy.worth, { points, item });
  return {
    amountMinor: floorDivide(numerator, denominator),
    currency: policy.worth.currency,
  };
}

export function policyOf({ redemption }: Program, unit: string): Policy | undefined {
  return redemption.policies?.find((policy) => policy.unit === unit);
}

function exactWorth(
  { valuePercents }: Policy,
  { amountMinor, points: per }: NonNullable<Policy['worth']>,
  {
    points,
    item = {},
  }: { readonly points: bigint; readonly item: RedemptionTerms['item'] | undefined },
): { readonly numerator: bigint; readonly denominator: bigint } {
  const value = valuePercents && fieldAt(item, valuePercents.by);
  const percent = value === undefined ? undefined : valuePercents?.rows[String(value)];
  return {
    numerator: points * BigInt(amountMinor) * BigInt(percent ?? 100),
    denominator: BigInt(per) * 100n,
  };
}
