import type { Instant } from '../time.ts';
import type { Order } from './order.ts';
import type { Review } from './review.ts';
import type { AgreedTerms } from './terms.ts';

/** What became of a redemption, in words a member understands. */
export const redemptionStatuses = [
  'requested',
  'underReview',
  'awaitingPayment',
  'ordered',
  'delayed',
  'delivered',
  'beingReplaced',
  'cancelling',
  'pointsReturned',
] as const;
export type RedemptionStatus = (typeof redemptionStatuses)[number];

/** A redemption as far as its member is told of it. */
export interface RedemptionFacts {
  readonly requestedAt: Instant;
  readonly terms: Pick<AgreedTerms, 'cash'>;
  readonly order: Order | undefined;
  readonly review: Review | undefined;
  readonly paidAt: Instant | undefined;
  /** In their order. */
  readonly settled: readonly { readonly kind: 'capture' | 'release'; readonly at: Instant }[];
  readonly reopenedAt: readonly Instant[];
}

export function statusOf(facts: RedemptionFacts): RedemptionStatus {
  const { order, review } = facts;
  if (order !== undefined) return statusOfOrder(order);
  if (review?.state === 'blocked') return 'cancelling';
  if (review?.state === 'waiting') return 'underReview';
  return isUnpaid(facts) ? 'awaitingPayment' : 'requested';
}

function statusOfOrder({ state, cancelled, toldLate }: Order): RedemptionStatus {
  if (state === 'captured') return 'delivered';
  if (state === 'released') return 'pointsReturned';
  if (state === 'closing' || cancelled !== undefined) return 'cancelling';
  if (state === 'reopened') return 'beingReplaced';
  return toldLate ? 'delayed' : 'ordered';
}

function isUnpaid({ terms, paidAt }: RedemptionFacts): boolean {
  return terms.cash !== undefined && paidAt === undefined;
}

export interface StatusAt {
  readonly status: RedemptionStatus;
  readonly at: Instant;
}

/** Everything that has a time, the first first. What is not over ends it, by `statusOf`. */
export function historyOf(facts: RedemptionFacts): StatusAt[] {
  const { requestedAt, order, review, terms, settled, reopenedAt } = facts;
  const letGoAt = review?.state === 'released' ? review.decisions.at(-1)?.at : undefined;
  const dueAt = review === undefined ? requestedAt : letGoAt;
  const wasOrdered = order !== undefined && order.provider !== '';
  const told: (StatusAt | undefined)[] = [
    { status: 'requested', at: requestedAt },
    review && { status: 'underReview', at: review.openedAt },
    terms.cash && dueAt !== undefined ? { status: 'awaitingPayment', at: dueAt } : undefined,
    // A row that nobody has acted on yet has no time of its own.
    wasOrdered
      ? { status: 'ordered', at: order.since > requestedAt ? order.since : (dueAt ?? requestedAt) }
      : undefined,
    ...settled.map(({ kind, at }): StatusAt => {
      return { status: kind === 'capture' ? 'delivered' : 'pointsReturned', at };
    }),
    ...reopenedAt.map((at): StatusAt => ({ status: 'beingReplaced', at })),
  ];
  return told
    .filter((each) => each !== undefined)
    .map((each, place) => ({ each, place }))
    .sort((left, right) => left.each.at - right.each.at || left.place - right.place)
    .map(({ each }) => each);
}
