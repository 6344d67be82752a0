import { metricOver } from '../metrics/metric.ts';
import {
  type Months,
  monthAfter,
  monthsFrom,
  monthsThrough,
  yearBegun,
} from '../metrics/months.ts';
import type { TierLevel } from '../program/schema.ts';
import { addDays, type LocalDate } from '../time.ts';
import { levelOf, type TierView } from './tier-view.ts';

/*
 * Metrics are kept by months, so windows are whole months: a membership year counts from the
 * first day of the month of enrolment.
 */

type Condition = NonNullable<TierLevel['qualify']>;
export type Requirement = Condition['anyOf'][number]['allOf'][number];

/** The months that count on a day: those of its window, up to and with its own month. */
export function monthsOn(view: TierView, day: LocalDate): Months {
  const { window } = view.tiers;
  if (window.kind === 'rolling') return monthsThrough(day, window.months);
  return { from: yearOf(view, day), to: monthAfter(day) };
}

/** The first day of the year that a window without a length means. */
function yearOf({ tiers, memberSince }: TierView, day: LocalDate): LocalDate {
  const isOwn = tiers.window.kind === 'membershipYear' && memberSince !== undefined;
  return yearBegun(isOwn ? memberSince : january, day);
}

/** Of any year. */
const january = '2000-01-01' as LocalDate;

/** The first day on which what counts on `day` no longer counts whole. */
export function countsUntil(view: TierView, day: LocalDate): LocalDate {
  if (view.tiers.window.kind === 'rolling') return monthAfter(day);
  return monthsFrom(yearOf(view, day), 12);
}

/**
 * What a review on a day judges, the best of it: the window that runs, up to the day before, and
 * the year that ended last. Figures after the day are left out as far as months can tell: in a
 * review in the middle of a month, those of the rest of that month count where they are known.
 */
export function monthsReviewed(view: TierView, day: LocalDate): Months[] {
  const to = monthAfter(addDays(day, -1));
  const { window } = view.tiers;
  if (window.kind === 'rolling') return [{ from: monthsFrom(to, -window.months), to }];
  const start = yearOf(view, day);
  const ended = { from: monthsFrom(start, -12), to: start };
  return start < to ? [{ from: start, to }, ended] : [ended];
}

/** Whether one alternative is met whole, `slackPercent` below each requirement at most. */
export function meets(
  view: TierView,
  condition: Condition,
  months: Months,
  slackPercent = 0,
): boolean {
  return condition.anyOf.some(({ allOf }) =>
    allOf.every((part) => isReached(figureOf(view, part, months), part, slackPercent)),
  );
}

function isReached(figure: bigint, { atLeast }: Requirement, slackPercent: number): boolean {
  const share = BigInt(Math.max(0, 100 - slackPercent));
  return figure * 100n >= BigInt(atLeast) * share;
}

export function figureOf(view: TierView, { metric }: Requirement, months: Months): bigint {
  return metricOver(view.snapshot, view.program, metric, months);
}

/** The highest level up to `maximumRank` that passes; the lowest always does. */
export function highestRank(
  { tiers }: TierView,
  passes: (level: TierLevel, rank: number) => boolean,
  maximumRank = tiers.levels.length - 1,
): number {
  for (let rank = maximumRank; rank > 0; rank -= 1) {
    if (passes(levelOf(tiers, rank), rank)) return rank;
  }
  return 0;
}

/** Whether a member comes up to a level; one without conditions takes a person or a big deal. */
export function qualifies(view: TierView, level: TierLevel, windows: readonly Months[]): boolean {
  const { qualify } = level;
  return qualify !== undefined && windows.some((months) => meets(view, qualify, months));
}

/** Whether a review leaves a member on a level; nothing takes one without conditions. */
export function stays(view: TierView, level: TierLevel, windows: readonly Months[]): boolean {
  const isFree = level.keep === undefined && level.qualify === undefined;
  return isFree || remains(view, level, windows);
}

/** Whether somebody who falls from a higher level comes to rest on this one. */
export function remains(view: TierView, level: TierLevel, windows: readonly Months[]): boolean {
  const condition = level.keep ?? level.qualify;
  if (condition === undefined) return false;
  return windows.some((months) => meets(view, condition, months, view.tiers.nearPercent));
}

/** Figures of the metrics that a level takes, for an explanation. */
export function figuresFor(
  view: TierView,
  level: TierLevel,
  months: Months,
): Readonly<Record<string, string>> {
  const parts = (level.qualify?.anyOf ?? []).flatMap(({ allOf }) => allOf);
  const figures = parts.map((part) => [part.metric, `${figureOf(view, part, months)}`] as const);
  return Object.fromEntries(figures);
}
