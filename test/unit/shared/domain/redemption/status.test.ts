import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../../shared/domain/redemption/order.ts';
import type { Review } from '../../../../../shared/domain/redemption/review.ts';
import {
  historyOf,
  type RedemptionFacts,
  statusOf,
} from '../../../../../shared/domain/redemption/status.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const at = (minute: number) => instantOf(minute * 60_000);
const none = instantOf(0);

function facts(parts: Partial<RedemptionFacts> = {}): RedemptionFacts {
  const nothing = { order: undefined, review: undefined, paidAt: undefined };
  return { requestedAt: at(1), terms: {}, ...nothing, settled: [], reopenedAt: [], ...parts };
}

function order(parts: Partial<Order> = {}): Order {
  return {
    ...{ redemption: 'r', attempt: 1, provider: 'tango', products: [], payloadHash: '' },
    ...{ state: 'open', call: 0, claimedUntil: none, undecidedUntil: none, since: at(5) },
    ...{ reasons: [], tried: [] },
    ...parts,
  };
}

function review(state: Review['state']): Review {
  const decision = { actor: 'carl', decision: 'release', reason: 'fine', at: at(4) } as const;
  return {
    ...{ redemption: 'r', program: 'p', state, rules: ['first'], openedAt: at(1), version: 1 },
    decisions: state === 'waiting' ? [] : [decision],
  };
}

const cash = { amountMinor: 300n, currency: 'GBP' };

describe('what a member is told', () => {
  it.each([
    ['requested', {}],
    ['underReview', { review: review('waiting') }],
    ['underReview', { review: review('waiting'), terms: { cash } }],
    ['requested', { review: review('released') }],
    ['cancelling', { review: review('blocked') }],
    ['awaitingPayment', { terms: { cash } }],
    ['awaitingPayment', { terms: { cash }, review: review('released') }],
    ['requested', { terms: { cash }, paidAt: at(3) }],
  ] as const)('%s, before there is an order', (status, parts) => {
    expect(statusOf(facts(parts))).toBe(status);
  });

  it.each([
    ['ordered', { state: 'open' }],
    ['ordered', { state: 'accepted' }],
    ['ordered', { state: 'open', waitingFor: 'funds' }],
    ['delayed', { state: 'accepted', toldLate: true }],
    ['cancelling', { state: 'accepted', cancelled: 'member' }],
    ['cancelling', { state: 'closing' }],
    ['cancelling', { state: 'reopened', cancelled: 'late' }],
    ['beingReplaced', { state: 'reopened', toldLate: true }],
    ['delivered', { state: 'captured', toldLate: true }],
    ['pointsReturned', { state: 'released', cancelled: 'member' }],
  ] as const)('%s, by its order', (status, parts) => {
    expect(statusOf(facts({ order: order(parts) }))).toBe(status);
  });
});

describe('the history of a redemption', () => {
  const told = (parts: Partial<RedemptionFacts>) =>
    historyOf(facts(parts)).map(({ status, at: when }) => `${status} ${when / 60_000}`);

  it('is everything that has a time, the first first', () => {
    const all = {
      ...{ review: review('released'), terms: { cash }, paidAt: at(4), order: order() },
      settled: [
        { kind: 'capture', at: at(6) },
        { kind: 'release', at: at(9) },
      ],
      reopenedAt: [at(8)],
    } as const;
    expect(told(all)).toEqual([
      ...['requested 1', 'underReview 1', 'awaitingPayment 4', 'ordered 5', 'delivered 6'],
      ...['beingReplaced 8', 'pointsReturned 9'],
    ]);
  });

  it('has no order where nobody was asked', () => {
    const never = order({ provider: '', state: 'released' });
    expect(told({ order: never, settled: [{ kind: 'release', at: at(7) }] })).toEqual([
      'requested 1',
      'pointsReturned 7',
    ]);
    expect(told({ review: review('waiting'), terms: { cash } })).toEqual([
      'requested 1',
      'underReview 1',
    ]);
  });
});
