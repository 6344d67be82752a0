import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { minorPerMajor } from '../../../shared/domain/money/money.ts';
import { type Program, type Reward, unitsOf } from '../../../shared/domain/program/schema.ts';

/** What points of a unit cost the program: minor units of a currency for so many points. */
export interface Worth {
  readonly unit: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly points: bigint;
  /** The reward that it is the price of; absent where the policy says it, and of money. */
  readonly reward?: string;
}

/** The currency that a program's spend is counted in: its first. */
export function mainCurrency({ currencies }: Program): string {
  const [first] = currencies;
  if (first === undefined) throw new TypeError('A program has a currency.');
  return first;
}

/** Money is worth itself; of points the redemption policy says it, or else the cheapest reward. */
export function worths(
  program: Program,
  units: readonly string[] = unitsOf(program),
): readonly Worth[] {
  return units.flatMap((unit) => worthOf(program, unit) ?? []);
}

/** Of a unit that is a currency. */
export function itself(currency: string): Worth {
  return { unit: currency, currency, amountMinor: 1n, points: 1n };
}

function worthOf(program: Program, unit: string): Worth | undefined {
  if (isCurrency(unit)) return itself(unit);
  const policies = program.redemption.policies ?? [];
  const worth = policies.find((policy) => policy.unit === unit && policy.worth)?.worth;
  if (worth !== undefined) {
    const { currency, amountMinor, points } = worth;
    return { unit, currency, amountMinor: BigInt(amountMinor), points: BigInt(points) };
  }
  const reward = cheapestReward(program, unit, hasFaceValue);
  if (reward === undefined) return undefined;
  return { unit, currency: reward.currency, ...priceOf(reward), reward: reward.id };
}

/** Points and the money that they buy; a reward whose face value nobody names is worth nothing. */
function priceOf({ currency, pointsPerMajorUnit, points, amountsMinor }: Reward) {
  if (pointsPerMajorUnit !== undefined) {
    return { amountMinor: minorPerMajor(currency), points: BigInt(pointsPerMajorUnit) };
  }
  return { amountMinor: BigInt(amountsMinor?.[0] ?? 0), points: BigInt(points ?? 1) };
}

/** What a reward costs at least. */
function leastPoints({ points, minimumPoints }: Reward): number {
  return Math.max(points ?? 1, minimumPoints);
}

/** The fewest points buy it; of several, one in the program's main currency. */
function cheapestReward(
  program: Program,
  unit: string,
  isMeant: (reward: Reward) => boolean = () => true,
): Reward | undefined {
  const main = mainCurrency(program);
  const strangeness = ({ currency }: Reward) => (currency === main ? 0 : 1);
  return program.rewards
    .filter((reward) => reward.unit === unit && isMeant(reward))
    .toSorted(
      (left, right) =>
        leastPoints(left) - leastPoints(right) || strangeness(left) - strangeness(right),
    )[0];
}

/** A price by worth says what the policy says already. */
function hasFaceValue({ pointsPerMajorUnit, points, amountsMinor }: Reward): boolean {
  return pointsPerMajorUnit !== undefined || (points !== undefined && amountsMinor !== undefined);
}

/** The fewest points of each unit that anything can be had for, where a program says it. */
export function firstRewardPoints(program: Program): Map<string, bigint> {
  const found = Object.keys(program.units).flatMap((unit) => {
    const points = fewestPoints(program, unit);
    return points === undefined ? [] : [[unit, BigInt(points)] as const];
  });
  return new Map(found);
}

/** A policy's least holds whatever the reward. */
function fewestPoints(program: Program, unit: string): number | undefined {
  const policies = (program.redemption.policies ?? []).filter((policy) => policy.unit === unit);
  const asked = policies.flatMap(({ minimumPoints, steps }) => [
    ...(minimumPoints === undefined ? [] : [minimumPoints]),
    ...(steps === undefined ? [] : [Math.min(...steps)]),
  ]);
  const reward = cheapestReward(program, unit);
  const least = [...asked, ...(reward === undefined ? [] : [leastPoints(reward)])];
  return least.length === 0 ? undefined : Math.max(...least);
}
