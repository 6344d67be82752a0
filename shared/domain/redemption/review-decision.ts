import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { Review, ReviewDecision } from './review.ts';

/** `same`: it stands already; nothing is to be written. */
export type NextReview = { readonly kind: 'next' | 'same'; readonly review: Review };

interface Decided {
  readonly decision: ReviewDecision;
  readonly points: bigint;
  /** Whose redemption it is. */
  readonly member: string;
}

/**
 * A review after one person's decision. Above the program's limit a second person must let it go
 * too; one is enough to block. Refusals: `REVIEW_DECIDED`, `SAME_PERSON`.
 */
export function nextReview(
  { redemption }: Program,
  review: Review,
  { decision, points, member }: Decided,
): Result<NextReview, Refusal> {
  const { decision: word, actor } = decision;
  const settled = { release: 'released', block: 'blocked' } as const;
  if (review.state !== 'waiting') {
    if (review.state !== settled[word]) return failure(refusal('REVIEW_DECIDED'));
    return success({ kind: 'same', review });
  }
  if (actor === member) return failure(refusal('SAME_PERSON'));
  const before = review.decisions.filter((one) => one.decision === 'release');
  const from = redemption.secondPersonFrom;
  const needsTwo = word === 'release' && from !== undefined && points >= BigInt(from);
  if (needsTwo && before.some((one) => one.actor === actor)) {
    return failure(refusal('SAME_PERSON'));
  }
  const state = needsTwo && before.length === 0 ? 'waiting' : settled[word];
  const decisions = [...review.decisions, decision];
  return success({
    kind: 'next',
    review: { ...review, state, decisions, version: review.version + 1 },
  });
}
