import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../shared/domain/redemption/order.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { filledLots, lot } from '../support/points.ts';
import { audit, collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { deliver, noon, owner, type TestEvent } from './ledger-actor.ts';
import { changeFor } from './planner.ts';
import {
  capture,
  closeAndRelease,
  holdOf,
  orderOf,
  planHold,
  redeem,
  redemption,
  release,
} from './redemption-actor.ts';

const [first, second] = [redemption(1), redemption(2)];

type Current = () => Stores;

const earn = ({ ledger }: Stores, event: Omit<TestEvent, 'kind'>) =>
  deliver(ledger, { ...event, kind: 'accrual' }, 'd1');
const balanceIn = ({ ledger }: Stores) => ledger.readBalance(owner);

export function redemptionSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
    await Promise.all([
      earn(stores, { hash: 'e1', points: 100n, lot: lot('2027-01-31') }),
      earn(stores, { hash: 'e2', points: 100n, lot: lot('2028-07-01') }),
    ]);
  });
  afterEach(async () => {
    await audit(stores.scan);
  });
  const current = () => stores;
  holdTests(current);
  orderTests(current);
  settlementTests(current);

  it('opens one case for each reason', async () => {
    const row = { program: 'shop', redemption: first, openedAt: noon };
    await stores.redemptions.openCase({ ...row, reason: 'UNSETTLED' });
    await stores.redemptions.openCase({ ...row, reason: 'UNSETTLED', openedAt: instantOf(1) });
    await stores.redemptions.openCase({ ...row, reason: 'SUCCESS_AFTER_RELEASE' });
    expect(await stores.redemptions.read(first)).toBeUndefined();
    const cases = await collected(stores.ledger.cases('shop'));
    expect(cases.map(({ subject, reason }) => [subject, reason]).toSorted()).toEqual([
      [first, 'SUCCESS_AFTER_RELEASE'],
      [first, 'UNSETTLED'],
    ]);
  });
}

function holdTests(current: Current): void {
  describe('a hold', () => {
    it('takes first-expiring first and reads back whole', async () => {
      const plan = planHold(await balanceIn(current()), first, 130n);
      if (plan === undefined) throw new Error('The points reach.');
      const hold = { ...plan.hold, terms: { ...plan.hold.terms, choice: 'c1' } };
      expect(await current().redemptions.hold(hold, plan.change)).toEqual({ kind: 'held' });
      const record = await current().redemptions.read(first);
      expect(record).toEqual({ hold, settlements: [], reopenings: [] });
      const after = await balanceIn(current());
      expect(filledLots(after)).toEqual([['280701', 70n]]);
      expect(after.redeemVersion).toBe(1n);
    });

    it('that stands already is handed back, whatever the balance is now', async () => {
      expect(await redeem(current(), first, 150n)).toBe('held');
      const stored = (await current().redemptions.read(first))?.hold;
      const change = changeFor(owner, { guards: { debt: 77n } });
      const repeated = holdOf(first, [], 1n);
      expect(await current().redemptions.hold(repeated, change)).toEqual({
        kind: 'exists',
        hold: stored,
      });
      expect((await balanceIn(current())).redeemVersion).toBe(1n);
    });

    it('is the only one by its quote, and stays so', async () => {
      const byQuote = async (id: string, quote = 'q1') => {
        const plan = planHold(await balanceIn(current()), id, 10n);
        if (plan === undefined) throw new Error('The points reach.');
        const terms = { ...plan.hold.terms, quote };
        return current().redemptions.hold({ ...plan.hold, terms }, plan.change);
      };
      expect(await byQuote(first)).toEqual({ kind: 'held' });
      expect(await byQuote(second)).toEqual({ kind: 'quoteUsed' });
      expect(await byQuote(first)).toMatchObject({ kind: 'exists' });
      expect(await current().redemptions.read(second)).toBeUndefined();
      expect(await byQuote(second, 'q2')).toEqual({ kind: 'held' });
    });

    it('is not refused by a concurrent credit, but by another redemption', async () => {
      const read = await balanceIn(current());
      const plans = [planHold(read, first, 10n), planHold(read, second, 10n)];
      await earn(current(), { hash: 'e3', points: 5n });
      const outcomes = [];
      for (const plan of plans) {
        if (plan) outcomes.push(await current().redemptions.hold(plan.hold, plan.change));
      }
      // The points would reach for both: the redeem version alone tells them apart.
      expect(outcomes).toEqual([{ kind: 'held' }, { kind: 'stale' }]);
    });

    it('races for one balance with others: what is there is spent once', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => redemption(index + 1));
      const outcomes = await Promise.all(ids.map((id) => redeem(current(), id, 150n)));
      expect(outcomes.toSorted()).toEqual(['held', ...ids.slice(1).map(() => 'insufficient')]);
      expect(filledLots(await balanceIn(current()))).toEqual([['280701', 50n]]);
    });

    it('of an unknown redemption is none', async () => {
      expect(await current().redemptions.read(first)).toBeUndefined();
    });
  });
}

function orderTests(current: Current): void {
  describe('the order row', () => {
    it('is created once and keeps the first', async () => {
      await redeem(current(), first, 10n);
      await current().redemptions.createOrder(orderOf(first));
      const other = orderOf(first, { provider: 'other' });
      expect(await current().redemptions.createOrder(other)).toBe('exists');
      expect((await current().redemptions.read(first))?.order).toEqual(orderOf(first));
    });

    it('of an attempt that is over takes no claim', async () => {
      const { redemptions } = current();
      await redeem(current(), first, 10n);
      await redemptions.createOrder(orderOf(first));
      const next = orderOf(first, { attempt: 2 });
      expect(await redemptions.updateOrder(orderOf(first), next)).toBe('done');
      const late = orderOf(first, { call: 1 });
      expect(await redemptions.updateOrder(orderOf(first), late)).toBe('lost');
      expect((await redemptions.read(first))?.order).toEqual(next);
    });

    it('keeps the marks that were set while a call was under way', async () => {
      const { redemptions } = current();
      await redeem(current(), first, 10n);
      const read = orderOf(first);
      await redemptions.createOrder(read);
      const cancelled: Order = { ...read, cancelled: 'member' };
      expect(await redemptions.updateOrder(read, cancelled)).toBe('done');
      expect(await redemptions.updateOrder(read, { ...read, call: 1 })).toBe('lost');
      const told: Order = { ...cancelled, toldLate: true };
      expect(await redemptions.updateOrder(cancelled, told)).toBe('done');
      expect(await redemptions.updateOrder(cancelled, { ...cancelled, call: 1 })).toBe('lost');
      expect(await redemptions.updateOrder(told, { ...told, call: 1 })).toBe('done');
      expect((await redemptions.read(first))?.order).toEqual({ ...told, call: 1 });
    });

    it('is claimed by one of many, also where all write the same', async () => {
      await redeem(current(), first, 10n);
      await current().redemptions.createOrder(orderOf(first));
      const read = orderOf(first);
      const claimed: Order = {
        ...{ ...read, call: 1, claimedUntil: noon, undecidedUntil: instantOf(noon + 1) },
        ...{ providerOrder: 'T-1', reasons: ['A', 'B'] },
      };
      const claims = Array.from({ length: 6 }, () =>
        current().redemptions.updateOrder(read, claimed),
      );
      const outcomes = await Promise.all(claims);
      expect(outcomes.toSorted()).toEqual(['done', ...claims.slice(1).map(() => 'lost')]);
      expect((await current().redemptions.read(first))?.order).toEqual(claimed);
    });
  });
}

function settlementTests(current: Current): void {
  describe('a settlement', () => {
    beforeEach(async () => {
      await redeem(current(), first, 130n);
      await current().redemptions.createOrder(orderOf(first));
    });

    it('captures once', async () => {
      expect(await capture(current(), first)).toBe('done');
      expect(await capture(current(), first)).toBe('lost');
      const record = await current().redemptions.read(first);
      expect(record?.order?.state).toBe('captured');
      expect(record?.settlements).toHaveLength(1);
      expect(record?.settlements[0]).toMatchObject({ number: 1, provider: 'tremendous' });
      expect(record?.settlements[0]?.entry.legs).toHaveLength(4);
    });

    it('releases once, into the lots the points came from', async () => {
      const before = await balanceIn(current());
      expect(await closeAndRelease(current(), first)).toBe('done');
      expect(await closeAndRelease(current(), first)).toBe('lost');
      expect(await release(current(), first, orderOf(first, { state: 'closing' }))).toBe('lost');
      expect((await current().redemptions.read(first))?.order?.state).toBe('released');
      const after = await balanceIn(current());
      expect(filledLots(after)).toEqual([
        ['270131', 100n],
        ['280701', 100n],
      ]);
      expect(after.redeemVersion).toBe(before.redeemVersion);
    });

    it('is one of capture and release, however they race', async () => {
      const outcomes = await Promise.all([
        capture(current(), first),
        closeAndRelease(current(), first),
        capture(current(), first),
        closeAndRelease(current(), first),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect((await current().redemptions.read(first))?.order?.state).toBe(
        outcomes.indexOf('done') % 2 === 0 ? 'captured' : 'released',
      );
    });

    it('knows the call that it was decided on', async () => {
      const read = orderOf(first);
      await current().redemptions.updateOrder(read, { ...read, call: 1 });
      const record = await current().redemptions.read(first);
      if (!record?.order) throw new Error('The row stands.');
      expect(await capture(current(), first)).toBe('done');
      const late = await current().redemptions.updateOrder(record.order, read);
      expect(late).toBe('lost');
    });
  });
}
