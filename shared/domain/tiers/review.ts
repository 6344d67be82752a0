import { addMonths } from '../calendar.ts';
import type { TierStanding } from '../member/standing.ts';
import type { Months } from '../metrics/months.ts';
import { type LocalDate, startOfDay } from '../time.ts';
import { highestRank, monthsReviewed, qualifies, remains, stays } from './condition.ts';
import { nextReviewDay, type ReviewDay, reviewedThrough } from './review-days.ts';
import { entered, levelOf, rankOf, type TierView, without } from './tier-view.ts';

/** What a review, the end of a grace or the end of an override made of a standing. */
export interface Judged {
  readonly day: LocalDate;
  readonly standing: TierStanding;
  readonly reason:
    | 'TIER_RAISED'
    | 'TIER_LOWERED'
    | 'TIER_KEPT'
    | 'TIER_IN_GRACE'
    | 'TIER_HELD'
    | 'TIER_OVERRIDE_ENDED';
}

/**
 * The first day up to `through` that has not been judged yet and is worth an entry. A review that
 * could only raise and does not leaves no trace: it may be judged again.
 */
export function nextJudged(
  view: TierView,
  standing: TierStanding,
  through: LocalDate,
): Judged | undefined {
  let after = reviewedThrough(view, standing);
  while (after !== undefined) {
    const review = nextReviewDay(view, standing, after);
    if (review === undefined || review.day > through) return undefined;
    const judged = judgedOn(view, standing, review);
    if (judged !== undefined) {
      const reviewedOn = later(review.day, standing.reviewedOn);
      return { ...judged, day: review.day, standing: { ...judged.standing, reviewedOn } };
    }
    after = review.day;
  }
  return undefined;
}

/** The standing once every day up to `through` has been judged, one after the other. */
export function played(view: TierView, standing: TierStanding, through: LocalDate): TierStanding {
  const judged = nextJudged(view, standing, through);
  return judged === undefined ? standing : played(view, judged.standing, through);
}

function later(day: LocalDate, other: LocalDate | undefined): LocalDate {
  return other === undefined || day > other ? day : other;
}

type Judgement = Omit<Judged, 'day'> | undefined;

function judgedOn(view: TierView, standing: TierStanding, review: ReviewDay): Judgement {
  const { day, up, down } = review;
  const { overrideUntil } = standing;
  if (overrideUntil !== undefined && overrideUntil > day) return undefined;
  const windows = monthsReviewed(view, day);
  if (overrideUntil !== undefined) return afterOverride(view, standing, day, windows);
  const rank = rankOf(view.tiers, standing.level);
  const earned = up ? highestRank(view, (level) => qualifies(view, level, windows)) : 0;
  if (earned > rank) {
    return { standing: moved(view, standing, earned, day), reason: 'TIER_RAISED' };
  }
  return down && rank > 0 ? lowered(view, standing, day, windows) : undefined;
}

function moved(view: TierView, standing: TierStanding, rank: number, day: LocalDate): TierStanding {
  const { id: level } = levelOf(view.tiers, rank);
  const since = startOfDay(day, view.program.timeZone);
  return entered(standing, { level, since, reason: 'review' });
}

/** Back to what is earned by now; what the override had replaced is judged as at a review. */
function afterOverride(
  view: TierView,
  standing: TierStanding,
  day: LocalDate,
  windows: readonly Months[],
): Judgement {
  const { tiers } = view;
  const before = rankOf(tiers, standing.earlier[0]?.level ?? levelOf(tiers, 0).id);
  const earned = highestRank(view, (level, rank) => {
    if (rank === before) return stays(view, level, windows);
    return rank < before ? remains(view, level, windows) : qualifies(view, level, windows);
  });
  const rank = tiers.down.when === 'never' ? Math.max(earned, before) : earned;
  const free = without(standing, 'overrideUntil', 'graceUntil');
  const same = rank === rankOf(tiers, standing.level);
  const next = same ? { ...free, reason: 'review' as const } : moved(view, free, rank, day);
  return { standing: next, reason: 'TIER_OVERRIDE_ENDED' };
}

function lowered(
  view: TierView,
  standing: TierStanding,
  day: LocalDate,
  windows: readonly Months[],
): Judgement {
  const { tiers } = view;
  const rank = rankOf(tiers, standing.level);
  const { down } = tiers;
  if (down.when === 'never' || stays(view, levelOf(tiers, rank), windows)) {
    return { standing: without(standing, 'graceUntil'), reason: 'TIER_KEPT' };
  }
  const { heldUntil, graceUntil } = standing;
  if (heldUntil !== undefined && heldUntil > day) {
    return { standing: { ...standing, reason: 'hold' }, reason: 'TIER_HELD' };
  }
  if (graceUntil === undefined && down.graceMonths !== undefined) {
    const until = addMonths(day, down.graceMonths);
    return { standing: { ...standing, graceUntil: until }, reason: 'TIER_IN_GRACE' };
  }
  if (graceUntil !== undefined && graceUntil > day) return { standing, reason: 'TIER_IN_GRACE' };
  const below =
    down.step === 'one'
      ? rank - 1
      : highestRank(view, (level) => remains(view, level, windows), rank - 1);
  const free = without(standing, 'heldUntil');
  return { standing: moved(view, free, below, day), reason: 'TIER_LOWERED' };
}
