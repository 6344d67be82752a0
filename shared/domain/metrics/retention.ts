import type { Program, Tiers } from '../program/schema.ts';

/** A sweep that is late by no more than this still finds what it judges. */
const lateSweepMonths = 1;
/** A whole year, and all but the last month of the year after it. */
const twoYears = 24;

const monthsOf = { month: 1, quarter: 3, year: 12, membershipYear: 13 } as const;

/**
 * How many months of each metric a member keeps, with the current one; what is older is removed.
 * Figures for all times, of metrics that a milestone names, have no months and stay.
 */
export function metricMonths(program: Program): ReadonlyMap<string, number> {
  const { metrics, tiers, targets, perks } = program;
  const needed = new Map(metrics.map(({ id }) => [id, 1]));
  const need = (metric: string, months: number) => {
    needed.set(metric, Math.max(needed.get(metric) ?? 1, months));
  };
  if (tiers !== undefined) {
    const months = tierMonths(tiers) + lateSweepMonths + lateEventMonths(program);
    for (const metric of tierMetrics(tiers)) need(metric, months);
  }
  for (const { metric, period, goal } of targets) {
    const before = typeof goal === 'number' ? 0 : goal.averageOfLast;
    need(metric, (before + 1) * monthsOf[period] + 1 + lateSweepMonths);
  }
  const requirement = perks?.requirement;
  if (requirement) need(requirement.metric, monthsOf[requirement.every] + 1 + lateSweepMonths);
  return needed;
}

/** Metrics that a level takes, to come up or to stay. */
export function tierMetrics({ levels }: Tiers): Set<string> {
  const conditions = levels.flatMap(({ qualify, keep }) => [qualify, keep]);
  const parts = conditions.flatMap((one) => one?.anyOf ?? []).flatMap(({ allOf }) => allOf);
  return new Set(parts.map(({ metric }) => metric));
}

/** What a late event raises is judged by the window of its own day. */
function lateEventMonths({ tiers, lateDays }: Program): number {
  return tiers?.up.when === 'now' ? Math.ceil((lateDays ?? 0) / 28) : 0;
}

function tierMonths({ window, up, down, overrideMonths }: Tiers): number {
  // A review judges months before its own.
  if (window.kind === 'rolling') return window.months + 1;
  const isReviewed = up.when === 'review' || down.when === 'review';
  if (!isReviewed && overrideMonths === undefined) return 12;
  // The end of an override may come in any month of the year.
  if (overrideMonths !== undefined || up.when === 'review') return twoYears;
  if (down.when === 'never' || down.every !== sameMonth[window.kind]) return twoYears;
  const reviewMonth = window.kind === 'calendarYear' ? Number(down.on?.slice(0, 2) ?? 1) : 1;
  return Math.min(twoYears, 12 + reviewMonth + (down.graceMonths ?? 0));
}

/** Yearly reviews that come in the same month of each window. */
const sameMonth = { calendarYear: 'year', membershipYear: 'membershipYear' } as const;
