import { nextMonthDay, windowEnd } from '../calendar.ts';
import type { TierStanding } from '../member/standing.ts';
import { firstFigureMonth } from '../metrics/metric.ts';
import { tierMetrics } from '../metrics/retention.ts';
import type { Tiers } from '../program/schema.ts';
import { addDays, type LocalDate } from '../time.ts';
import { dayOf, rankOf, type TierView } from './tier-view.ts';

/** A day on which a standing may change by itself, and what of it is judged then. */
export interface ReviewDay {
  readonly day: LocalDate;
  readonly up: boolean;
  readonly down: boolean;
}

type Review = Extract<Tiers['up'] | Tiers['down'], { when: 'review' }>;

/**
 * The day after which reviews are still to be held, or `undefined` where none could change
 * anything. Nobody is reviewed before there is a figure, or a level to lose.
 */
export function reviewedThrough(view: TierView, standing: TierStanding): LocalDate | undefined {
  const { tiers, program, snapshot } = view;
  const began =
    standing.version === 0n && standing.since === 0 ? [] : [dayOf(view, standing.since)];
  const held = standing.reviewedOn === undefined ? began : [...began, standing.reviewedOn];
  if (rankOf(tiers, standing.level) > 0 || standing.overrideUntil !== undefined) return last(held);
  if (tiers.up.when === 'now') return undefined;
  const first = firstFigureMonth(snapshot, program, { ids: tierMetrics(tiers) });
  return first === undefined ? undefined : last([first, ...held]);
}

function last(days: readonly LocalDate[]): LocalDate | undefined {
  return [...days].sort().at(-1);
}

/** The first day after `after` that may change something. */
export function nextReviewDay(
  view: TierView,
  standing: TierStanding,
  after: LocalDate,
): ReviewDay | undefined {
  const { up, down } = view.tiers;
  const raises = up.when === 'review' ? reviewAfter(view, up, after) : undefined;
  const lowers = down.when === 'review' ? reviewAfter(view, down, after) : undefined;
  const ends = endOfGrace(standing);
  const days = [raises, lowers, ends, standing.overrideUntil].filter((day) => day !== undefined);
  const [day] = days.sort();
  if (day === undefined) return undefined;
  return { day, up: day === raises, down: day === lowers || day === ends };
}

/** A life event outlasts a grace that ends before it. */
function endOfGrace({ graceUntil, heldUntil }: TierStanding): LocalDate | undefined {
  if (graceUntil === undefined || heldUntil === undefined) return graceUntil;
  return graceUntil > heldUntil ? graceUntil : heldUntil;
}

export function nextRise(view: TierView, after: LocalDate): LocalDate | undefined {
  const { up } = view.tiers;
  return up.when === 'review' ? reviewAfter(view, up, after) : undefined;
}

/** What the calendar has said: each judged event asks whether a review was due before it. */
const keptDays = new Map<string, LocalDate>();
const maximumKept = 50_000;

function reviewAfter({ memberSince }: TierView, review: Review, after: LocalDate): LocalDate {
  const on = 'on' in review && review.every === 'year' ? review.on : undefined;
  const key = `${review.every} ${on} ${after} ${memberSince}`;
  const kept = keptDays.get(key);
  if (kept !== undefined) return kept;
  const day =
    on === undefined
      ? windowEnd(review.every, after, memberSince)
      : nextMonthDay(on, addDays(after, 1));
  if (keptDays.size >= maximumKept) keptDays.clear();
  keptDays.set(key, day);
  return day;
}
