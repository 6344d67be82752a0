import { metricMonths } from '../../metrics/retention.ts';
import { countsFirst } from '../../redemption/review-rules.ts';
import type { Cap, Program } from '../schema.ts';

export interface CounterCount {
  readonly counters: number;
  /** How many of them are for a value of a field each. */
  readonly valueCounters: number;
}

/** Days of the shortest window of each kind. */
const windowDays = {
  day: 1,
  week: 7,
  month: 28,
  quarter: 90,
  year: 365,
  membershipYear: 365,
} as const;

/**
 * How many counters of a cap one member may have: of the window that runs, of those before it whose
 * events may still come, and of the next one, since an event may lie a day in the future.
 */
export function counterCount({ lateDays = 0 }: Program, cap: Cap): CounterCount {
  if (cap.per === 'event') return { counters: 0, valueCounters: 0 };
  const { window = 'lifetime', by, points, times } = cap;
  const kept = window === 'lifetime' ? 1 : Math.ceil((lateDays + 2) / windowDays[window]) + 1;
  const kinds = [points, times].filter((limit) => limit !== undefined).length;
  const counters = kept * kinds * (by?.maximumValues ?? 1);
  if (by === undefined) return { counters, valueCounters: 0 };
  // One more in each window tells how many values it has seen.
  return { counters: counters + kept, valueCounters: counters };
}

/** Counters of the referrals of a member that pay in a year. */
export function referralCounters(program: Program): number {
  if (program.referral?.maximumPerYear === undefined) return 0;
  return Math.ceil(((program.lateDays ?? 0) + 2) / windowDays.year) + 1;
}

/** Counters that redemptions of a unit leave on its balance: of the window that runs only. */
export function redemptionCounters(program: Program, unit: string): number {
  const limits = program.redemption.limits.filter((limit) => limit.unit === unit);
  const kinds = limits.flatMap(({ maximumPoints, maximumTimes }) =>
    [maximumPoints, maximumTimes].filter((limit) => limit !== undefined),
  );
  return kinds.length + (countsFirst(program) ? 1 : 0);
}

/** Whether points of a unit buy anything. */
export function isRedeemed({ rewards, catalogue }: Program, unit: string): boolean {
  return catalogue?.unit === unit || rewards.some((reward) => reward.unit === unit);
}

export interface MetricCount {
  readonly metric: string;
  readonly months: number;
  readonly isAverage: boolean;
}

/** How many months of each metric are kept, with the figure for all times where there is one. */
export function metricCounts(program: Program): MetricCount[] {
  const months = metricMonths(program);
  const { metrics, occasions } = program;
  return metrics.map(({ id, kind }) => {
    const isMilestone = occasions.some((one) => one.kind === 'milestone' && one.metric === id);
    const kept = (months.get(id) ?? 1) + (isMilestone ? 1 : 0);
    return { metric: id, months: kept, isAverage: kind === 'average' };
  });
}
