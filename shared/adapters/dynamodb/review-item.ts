import * as z from 'zod/mini';
import type { Review } from '../../domain/redemption/review.ts';
import { invariant } from '../../domain/result.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { type Condition, isExactly } from './condition.ts';
import { readRedemptionPartition, redemptionPartition, reviewSortKey } from './schema.ts';

/*
 * Attributes of a review: pr program, st state, ru rules, o opened at (epoch ms), v version, ds
 * decisions: a actor, d decision, r reason, at.
 */

const reviewSchema = z.object({
  pk: z.string(),
  pr: z.string(),
  st: z.enum(['waiting', 'released', 'blocked']),
  ru: z.array(z.string()),
  o: instantField,
  v: wholeNumber,
  ds: z.array(
    z.object({
      a: z.string(),
      d: z.enum(['release', 'block']),
      r: z.string(),
      at: instantField,
    }),
  ),
});

export function encodeReview(review: Review): Image {
  return toImage({
    pk: redemptionPartition(review.redemption),
    sk: reviewSortKey,
    pr: review.program,
    st: review.state,
    ru: review.rules,
    o: review.openedAt,
    v: review.version,
    ds: review.decisions.map(({ actor, decision, reason, at }) => ({
      ...{ a: actor, d: decision, r: reason, at },
    })),
  });
}

export function parseReview(image: Image): Review {
  const { pk, pr, st, ru, o, v, ds } = parseImage(reviewSchema, image, 'review');
  const redemption = readRedemptionPartition(pk);
  invariant(redemption !== undefined, 'A stored review has another key.');
  return {
    ...{ redemption, program: pr, state: st, rules: ru, openedAt: o, version: v },
    decisions: ds.map(({ a, d, r, at }) => ({ actor: a, decision: d, reason: r, at })),
  };
}

export function reviewIs({ version }: Review): Condition {
  return isExactly('v', BigInt(version));
}
