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
  const reward = cheapestReward(program, unit);
  if (reward === undefined) return undefined;
  const { currency, pointsPerMajorUnit, id } = reward;
  const amountMinor = minorPerMajor(currency);
  return { unit, currency, amountMinor, points: BigInt(pointsPerMajorUnit), reward: id };
}

/** The fewest points buy it; of several, one in the program's main currency. */
function cheapestReward(program: Program, unit: string): Reward | undefined {
  const main = mainCurrency(program);
  const strangeness = ({ currency }: Reward) => (currency === main ? 0 : 1);
  return program.rewards
    .filter((reward) => reward.unit === unit)
    .toSorted(
      (left, right) =>
        left.minimumPoints - right.minimumPoints || strangeness(left) - strangeness(right),
    )[0];
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
  const least = [...asked, ...(reward === undefined ? [] : [reward.minimumPoints])];
  return least.length === 0 ? undefined : Math.max(...least);
}
