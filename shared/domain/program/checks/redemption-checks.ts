import type { Finding, Program, Reward } from '../schema.ts';
import { findingAt } from './places.ts';

type Policy = NonNullable<Program['redemption']['policies']>[number];

/** Rewards that nobody can have, and policies that contradict themselves or each other. */
export function redemptionFindings(program: Program): Finding[] {
  const { rewards, redemption } = program;
  const found = rewards.flatMap((reward, index) => {
    const path = ['rewards', index];
    return [...placeFindings(reward, path), ...priceFindings(program, reward, path)];
  });
  const { policies = [] } = redemption;
  const ofPolicies = policies.flatMap((policy, index) => {
    const path = ['redemption', 'policies', index];
    const first = policies.findIndex(({ unit }) => unit === policy.unit);
    const twice = `unit ${policy.unit} has a policy already, /redemption/policies/${first}`;
    return [
      ...(first === index ? [] : [findingAt([...path, 'unit'], twice)]),
      ...stepFindings(policy, path),
      ...worthFindings(policy, path),
    ];
  });
  return [...found, ...catalogueFindings(program), ...ofPolicies, ...ruleFindings(program)];
}

type Path = readonly (string | number)[];

function placeFindings({ countries, otherCountries }: Reward, path: Path): Finding[] {
  if (countries.length > 0 || otherCountries === true) return [];
  const message = 'must not be empty, unless `otherCountries` is true';
  return [findingAt([...path, 'countries'], message)];
}

const prices = ['pointsPerMajorUnit', 'points', 'marginBasisPoints'] as const;

/** One price; where it is for the thing, the thing must have one face value, or none. */
function priceFindings(program: Program, reward: Reward, path: Path): Finding[] {
  const given = prices.filter((price) => reward[price] !== undefined);
  if (given.length === 0) {
    return [findingAt(path, `has no price: one of ${prices.join(', ')}`)];
  }
  const [first, second] = given;
  if (second !== undefined) {
    return [findingAt([...path, second], `is a second price: \`${first}\` is one already`)];
  }
  if (first === 'marginBasisPoints') {
    return hasWorth(program, reward.unit) ? [] : [worthless([...path, first], reward.unit)];
  }
  if (first !== 'points') return [];
  const values = reward.amountsMinor?.length ?? 0;
  const isCard = reward.kind === 'eGiftCard' || reward.kind === 'prepaidCard';
  if (values === 1 || (values === 0 && !isCard)) return [];
  const message = 'is one price for the thing: give `amountsMinor` its one face value';
  return [findingAt([...path, 'points'], message)];
}

function catalogueFindings({ catalogue, redemption }: Program): Finding[] {
  if (catalogue === undefined || hasWorth({ redemption }, catalogue.unit)) return [];
  return [worthless(['catalogue', 'unit'], catalogue.unit)];
}

function hasWorth({ redemption }: Pick<Program, 'redemption'>, unit: string): boolean {
  return (redemption.policies ?? []).some((policy) => policy.unit === unit && policy.worth);
}

function worthless(path: Path, unit: string): Finding {
  const message = `needs a \`worth\` of ${unit} in \`redemption.policies\`: it makes the price`;
  return findingAt(path, message);
}

/** The ring of instants on a balance is as long. */
const mostVelocityTimes = 20;

function ruleFindings({ redemption }: Program): Finding[] {
  const { limits, reviews, cash, policies = [] } = redemption;
  const limitless = limits.flatMap(({ maximumPoints, maximumTimes }, index) => {
    if (maximumPoints !== undefined || maximumTimes !== undefined) return [];
    const message = 'limits nothing: give it `maximumPoints` or `maximumTimes`';
    return [findingAt(['redemption', 'limits', index], message)];
  });
  const fast = reviews.flatMap(({ velocity }, index) => {
    if (velocity === undefined || velocity.times <= mostVelocityTimes) return [];
    const path = ['redemption', 'reviews', index, 'velocity', 'times'];
    return [findingAt(path, `must be at most ${mostVelocityTimes}`)];
  });
  const isValued = policies.some(({ worth }) => worth !== undefined);
  const message = 'needs a policy with `worth`: what a point pays in money';
  const cashless =
    cash === undefined || isValued ? [] : [findingAt(['redemption', 'cash'], message)];
  return [...limitless, ...fast, ...cashless];
}

function stepFindings(
  { steps = [], minimumPoints = 0 }: Policy,
  path: readonly (string | number)[],
): Finding[] {
  return steps.flatMap((step, index) => {
    const at = [...path, 'steps', index];
    const before = steps[index - 1];
    if (step < minimumPoints) {
      return [findingAt(at, `must be at least the minimum, ${minimumPoints}`)];
    }
    if (before === undefined || step > before) return [];
    return [findingAt(at, `must be more than the step before it, ${before}`)];
  });
}

function worthFindings(policy: Policy, path: readonly (string | number)[]): Finding[] {
  if (policy.worth !== undefined) return [];
  return (['maximumSharePercent', 'valuePercents'] as const)
    .filter((key) => policy[key] !== undefined)
    .map((key) => findingAt([...path, key], 'needs `worth`: what a point is worth in money'));
}
