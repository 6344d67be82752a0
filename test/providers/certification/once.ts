import { expect, test } from 'vitest';
import type { OnStage } from './on-stage.ts';
import { canaryValue, linkOf, orderOf, type Trouble } from './stage.ts';

const reference = '11111111-2222-8333-8444-555555555501';

/** P2: one reward, however the calls about it go. */
export function certifyOnce(onStage: OnStage): void {
  certifyRepeats(onStage);
  certifyConflicts(onStage);
  certifyTakenUnseen(onStage);
  certifyLostCalls(onStage);
}

function certifyRepeats(onStage: OnStage): void {
  test('a new order gives one link, of what was asked', () =>
    onStage(async (stage) => {
      const outcome = await stage.provider.placeOrder(orderOf(stage, reference));
      const [order] = stage.orders();
      expect(order).toMatchObject({ reference, amountMinor: 1_250n, currency: 'GBP' });
      expect(order?.links).toContain(linkOf(outcome));
      expect(stage.rewardsIssued()).toBe(1);
    }));

  test('the same order again is the same order, and has a link that works', () =>
    onStage(async (stage) => {
      const first = await stage.provider.placeOrder(orderOf(stage, reference));
      const again = await stage.provider.placeOrder(orderOf(stage, reference));
      expect(again).toMatchObject({ kind: 'accepted', final: true });
      expect(again).toHaveProperty('providerOrder', Reflect.get(first, 'providerOrder'));
      expect(stage.orders()[0]?.links).toContain(linkOf(again));
      expect(stage.rewardsIssued()).toBe(1);
    }));

  test('eight at a time are one order', () =>
    onStage(async (stage) => {
      const calls = Array.from({ length: 8 }, () =>
        stage.provider.placeOrder(orderOf(stage, reference)),
      );
      const links = (await Promise.all(calls)).map(linkOf);
      for (const link of links) expect(stage.orders()[0]?.links).toContain(link);
      expect(stage.rewardsIssued()).toBe(1);
    }));
}

function certifyConflicts(onStage: OnStage): void {
  const otherBodies = {
    amount: { value: { amountMinor: 1_251n, currency: 'GBP' } },
    currency: { value: { amountMinor: 1_250n, currency: 'EUR' } },
    recipient: { recipientEmail: 'other.person@example.test' },
  };
  for (const [what, change] of Object.entries(otherBodies)) {
    test(`another ${what} under a used reference is unknown, never a second order`, () =>
      onStage(async (stage) => {
        await stage.provider.placeOrder(orderOf(stage, reference));
        const outcome = await stage.provider.placeOrder(orderOf(stage, reference, change));
        expect(outcome).toEqual({ kind: 'unknown', detail: 'REFERENCE_CONFLICT' });
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }
}

function certifyTakenUnseen(onStage: OnStage): void {
  const takenUnseen: readonly Trouble[] = [
    ...(['lostAnswer', 'serverError', 'page', 'garbage', 'truncated', 'endless'] as const),
    ...(['emptyObject', 'twoRewards', 'otherAmount', 'otherCurrency', 'otherReference'] as const),
  ];
  for (const trouble of takenUnseen) {
    test(`taken, but ${trouble}: unknown, and a look-up finds it with a link`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await stage.provider.placeOrder(orderOf(stage, reference));
        expect(outcome.kind).toBe('unknown');
        expect(stage.rewardsIssued()).toBe(1);
        stage.setTrouble('none');
        const found = await stage.provider.findOrder(reference, canaryValue);
        expect(stage.orders()[0]?.links).toContain(linkOf(found));
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }
}

function certifyLostCalls(onStage: OnStage): void {
  test('a lost request: unknown, not found, and then placed under the same reference', () =>
    onStage(async (stage) => {
      stage.setTrouble('lostRequest');
      const outcome = await stage.provider.placeOrder(orderOf(stage, reference));
      expect(outcome).toEqual({ kind: 'unknown', detail: 'CONNECTION_LOST' });
      stage.setTrouble('none');
      expect(await stage.provider.findOrder(reference, canaryValue)).toEqual({ kind: 'notFound' });
      const placed = await stage.provider.placeOrder(orderOf(stage, reference));
      expect(stage.orders()[0]?.links).toContain(linkOf(placed));
      expect(stage.rewardsIssued()).toBe(1);
    }));

  test('a time-out: unknown, and one reward in the end', () =>
    onStage(async (stage) => {
      stage.setTrouble('slow');
      const outcome = await stage.hasty.placeOrder(orderOf(stage, reference));
      expect(outcome).toEqual({ kind: 'unknown', detail: 'TIMEOUT' });
      stage.setTrouble('none');
      const found = await stage.provider.findOrder(reference, canaryValue);
      const last =
        found.kind === 'notFound'
          ? await stage.provider.placeOrder(orderOf(stage, reference))
          : found;
      expect(stage.orders()[0]?.links).toContain(linkOf(last));
      expect(stage.rewardsIssued()).toBe(1);
    }));
}
