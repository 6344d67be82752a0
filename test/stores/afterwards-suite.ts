import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Leg } from '../../shared/domain/ledger/entry.ts';
import type { Order } from '../../shared/domain/redemption/order.ts';
import type { Review } from '../../shared/domain/redemption/review.ts';
import type { CashPayment, Reopening } from '../../shared/ports/stores.ts';
import { lot } from '../support/points.ts';
import { audit, collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { deliver, noon, owner } from './ledger-actor.ts';
import {
  capture,
  entryOf,
  orderOf,
  planHold,
  recordOf,
  redeem,
  redemption,
} from './redemption-actor.ts';

const id = redemption(1);

const money = (amount: bigint): Leg[] => [
  { account: { kind: 'rewardCost' }, unit: 'GBP', amount },
  { account: { kind: 'providerPayable', provider: 'tremendous' }, unit: 'GBP', amount: -amount },
];

async function reopeningOf(stores: Stores, number: number): Promise<Reopening> {
  const record = await stores.redemptions.read(id);
  const legs = record?.settlements.at(-1)?.entry.legs ?? [];
  const reversed = legs.map((leg) => ({ ...leg, amount: -leg.amount }));
  return { number, entry: entryOf(id, `REOPEN#${number}`, 'reopen', reversed) };
}

export function afterwardsSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
    const earned = { hash: 'e1', kind: 'accrual', points: 500n, lot: lot('2028-07-01') } as const;
    await deliver(stores.ledger, earned, 'd1');
  });
  afterEach(async () => {
    await audit(stores.scan);
  });
  const current = () => stores;
  reopeningTests(current);
  otherEntryTests(current);
  reviewTests(current);
}

function reopeningTests(current: () => Stores): void {
  describe('a reopening', () => {
    beforeEach(async () => {
      await redeem(current(), id, 130n);
      await current().redemptions.createOrder(orderOf(id));
      await capture(current(), id);
    });

    it('undoes a capture once, and is read back with it', async () => {
      const { order } = await recordOf(current(), id);
      const reopening = await reopeningOf(current(), 1);
      const { redemptions } = current();
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => redemptions.reopen(order, reopening)),
      );
      expect(outcomes.toSorted()).toEqual(['done', 'lost', 'lost', 'lost']);
      const record = await redemptions.read(id);
      expect(record?.order).toEqual({ ...order, state: 'reopened' });
      expect(record?.reopenings).toEqual([reopening]);
      expect(record?.settlements).toHaveLength(1);
    });

    it('is followed by the next settlement', async () => {
      const { redemptions } = current();
      const { order } = await recordOf(current(), id);
      await redemptions.reopen(order, await reopeningOf(current(), 1));
      const reopened: Order = { ...order, state: 'reopened' };
      const before = (await redemptions.read(id))?.settlements[0];
      if (before === undefined) throw new Error('A settlement.');
      const entry = entryOf(id, 'S#2', 'capture', before.entry.legs);
      const next = { number: 2, entry, provider: 'tremendous' };
      expect(await redemptions.capture(reopened, next)).toBe('done');
      const record = await redemptions.read(id);
      expect(record?.settlements.map(({ number }) => number)).toEqual([1, 2]);
      expect(record?.order?.state).toBe('captured');
    });
  });
}

function otherEntryTests(current: () => Stores): void {
  it('books a late reward once for each attempt, each with its case', async () => {
    await redeem(current(), id, 130n);
    const { ledger, redemptions } = current();
    const lateOf = (attempt: number, reason: string) => ({
      ...{
        entry: entryOf(id, `L#00${attempt}`, 'late', money(950n)),
        provider: 'tremendous',
        reason,
      },
    });
    const first = lateOf(1, 'SUCCESS_AFTER_RELEASE');
    const outcomes = await Promise.all([1, 2, 3].map(() => redemptions.recordLate(first)));
    expect(outcomes.toSorted()).toEqual(['done', 'exists', 'exists']);
    expect(await redemptions.recordLate(lateOf(2, 'SUCCESS_OF_EARLIER_ATTEMPT'))).toBe('done');
    const cases = await collected(ledger.cases(owner.program));
    expect(cases.map(({ reason }) => reason).toSorted()).toEqual([
      ...['SUCCESS_AFTER_RELEASE', 'SUCCESS_OF_EARLIER_ATTEMPT'],
    ]);
  });

  it('takes one payment, and tells a repeat from another one', async () => {
    await redeem(current(), id, 130n);
    const { redemptions } = current();
    const legs: Leg[] = [
      { account: { kind: 'merchantReceivable' }, unit: 'GBP', amount: 250n },
      { account: { kind: 'rewardCost' }, unit: 'GBP', amount: -250n },
    ];
    const payment: CashPayment = { entry: entryOf(id, 'PAY', 'payment', legs), paymentId: 'p1' };
    const outcomes = await Promise.all([1, 2, 3].map(() => redemptions.recordPayment(payment)));
    // Where the answer was lost, whoever recorded it meets it as a repeat.
    const [first, ...others] = outcomes.toSorted();
    expect(['done', 'exists']).toContain(first);
    expect(others).toEqual(['exists', 'exists']);
    const other = { ...payment, paymentId: 'p2' };
    expect(await redemptions.recordPayment(other)).toBe('conflict');
    expect((await redemptions.read(id))?.payment).toEqual(payment);
  });
}

function reviewTests(current: () => Stores): void {
  it('keeps a review beside its hold, and lets one decision stand', async () => {
    const { ledger, redemptions } = current();
    const plan = planHold(await ledger.readBalance(owner), id, 130n);
    if (plan === undefined) throw new Error('The points reach.');
    const review: Review = {
      ...{ redemption: id, program: owner.program, state: 'waiting', rules: ['first'] },
      ...{ openedAt: noon, version: 1, decisions: [] },
    };
    await redemptions.hold(plan.hold, plan.change, { review });
    expect((await redemptions.read(id))?.review).toEqual(review);
    const decide = (actor: string): Promise<'done' | 'lost'> => {
      const decisions = [{ actor, decision: 'release', reason: 'known', at: noon } as const];
      return redemptions.updateReview(review, {
        ...{ ...review, state: 'released', version: 2, decisions },
      });
    };
    const outcomes = await Promise.all(['ann', 'bob', 'cem'].map(decide));
    expect(outcomes.toSorted()).toEqual(['done', 'lost', 'lost']);
    expect((await redemptions.read(id))?.review).toMatchObject({ state: 'released', version: 2 });
  });
}
