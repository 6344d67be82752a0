import type { Finding, Program } from '../schema.ts';
import { findingAt, placesOfAll, rewardRoutes } from './places.ts';

/** Rewards that give nothing, and ranges and goals that contradict themselves. */
export function wayFindings(program: Program): Finding[] {
  const empty = placesOfAll(program, rewardRoutes)
    .filter(({ value }) => Object.keys(value as object).length === 0)
    .map(({ path }) => findingAt(path, 'gives nothing: say `points`, `entitlements` or both'));
  return [...empty, ...severities(program), ...goals(program), ...metricUnits(program)];
}

function severities({ goodwill }: Program): Finding[] {
  return Object.entries(goodwill?.severities ?? {}).flatMap(([name, { minimum, maximum }]) => {
    if (minimum <= maximum) return [];
    const message = `must be at least the minimum, ${minimum}`;
    return [findingAt(['goodwill', 'severities', name, 'maximum'], message)];
  });
}

function goals({ targets }: Program): Finding[] {
  return targets.flatMap(({ goal }, index) => {
    if (typeof goal === 'number' || goal.cap === undefined || goal.floor <= goal.cap) return [];
    const message = `must be at least the floor, ${goal.floor}`;
    return [findingAt(['targets', index, 'goal', 'cap'], message)];
  });
}

function metricUnits({ metrics }: Program): Finding[] {
  return metrics.flatMap(({ of, unit }, index) => {
    if (unit === undefined || of === 'points') return [];
    const message = 'has a meaning only where the metric is of `points`: leave it out';
    return [findingAt(['metrics', index, 'unit'], message)];
  });
}
