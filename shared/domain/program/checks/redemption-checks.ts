import type { Finding, Program } from '../schema.ts';
import { findingAt } from './places.ts';

type Policy = NonNullable<Program['redemption']['policies']>[number];

/** Rewards that nobody can have, and policies that contradict themselves or each other. */
export function redemptionFindings({ rewards, redemption }: Program): Finding[] {
  const nowhere = rewards.flatMap(({ countries, otherCountries }, index) => {
    if (countries.length > 0 || otherCountries === true) return [];
    const message = 'must not be empty, unless `otherCountries` is true';
    return [findingAt(['rewards', index, 'countries'], message)];
  });
  const { policies = [] } = redemption;
  const found = policies.flatMap((policy, index) => {
    const path = ['redemption', 'policies', index];
    const first = policies.findIndex(({ unit }) => unit === policy.unit);
    const twice = `unit ${policy.unit} has a policy already, /redemption/policies/${first}`;
    return [
      ...(first === index ? [] : [findingAt([...path, 'unit'], twice)]),
      ...stepFindings(policy, path),
      ...worthFindings(policy, path),
    ];
  });
  return [...nowhere, ...found];
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
