import { expect, test } from 'vitest';
import type { RejectionReason } from '../../../shared/ports/provider.ts';
import type { OnStage } from './on-stage.ts';
import { canaryValue, linkOf, orderOf, type Trouble } from './stage.ts';

const reference = '21111111-2222-8333-8444-555555555501';

/** A no is said only where the provider said it; what is not certain is unknown. */
export function certifyOutcomes(onStage: OnStage): void {
  certifyRefusals(onStage);
  certifyPending(onStage);
  certifyLookUps(onStage);
}

function certifyRefusals(onStage: OnStage): void {
  const refusals: readonly (readonly [Trouble, RejectionReason])[] = [
    ['outOfFunds', 'waitForFunds'],
    ['rateLimit', 'waitForLimit'],
    ['rateLimitOtherForm', 'waitForLimit'],
    ['invalid', 'permanent'],
    ['saysFailed', 'permanent'],
    ['saysCanceled', 'permanent'],
  ];
  for (const [trouble, reason] of refusals) {
    test(`${trouble} is rejected: ${reason}`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await stage.provider.placeOrder(orderOf(stage, reference));
        expect(outcome).toMatchObject({ kind: 'rejected', reason });
      }));
  }

  test('a key that is refused is a matter of configuration', () =>
    onStage(async (stage) => {
      const outcome = await stage.mistaken.placeOrder(orderOf(stage, reference));
      expect(outcome).toMatchObject({ kind: 'rejected', reason: 'configuration' });
      expect(stage.rewardsIssued()).toBe(0);
    }));

  test('a connection that was never made may be tried again with the same key', () =>
    onStage(async (stage) => {
      const outcome = await stage.unreachable.placeOrder(orderOf(stage, reference));
      expect(outcome).toMatchObject({ kind: 'rejected', reason: 'retrySameKey' });
    }));

  for (const trouble of ['strangerNotFound', 'redirect'] as const) {
    test(`${trouble} is nobody's no`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await stage.provider.placeOrder(orderOf(stage, reference));
        expect(outcome.kind).toBe('unknown');
        expect((await stage.provider.findOrder(reference, canaryValue)).kind).toBe('unknown');
      }));
  }
}

function certifyPending(onStage: OnStage): void {
  const pending: readonly Trouble[] = ['pending', 'unknownStatus', 'unknownDelivery'];
  for (const trouble of pending) {
    test(`${trouble} is accepted, and not final`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await stage.provider.placeOrder(orderOf(stage, reference));
        expect(outcome).toMatchObject({ kind: 'accepted', final: false });
        expect(outcome).not.toHaveProperty('reward');
      }));
  }

  test('a pending order is found undecided, then with a link', () =>
    onStage(async (stage) => {
      stage.setTrouble('pending');
      await stage.provider.placeOrder(orderOf(stage, reference));
      stage.setTrouble('none');
      const undecided = await stage.provider.findOrder(reference, canaryValue);
      expect(undecided).toMatchObject({ kind: 'accepted', final: false });
      stage.decide(reference, 'taken');
      const found = await stage.provider.findOrder(reference, canaryValue);
      expect(stage.orders()[0]?.links).toContain(linkOf(found));
    }));

  for (const verdict of ['failed', 'canceled'] as const) {
    test(`a pending order that is ${verdict} in the end is rejected for good`, () =>
      onStage(async (stage) => {
        stage.setTrouble('pending');
        await stage.provider.placeOrder(orderOf(stage, reference));
        stage.decide(reference, verdict);
        const found = await stage.provider.findOrder(reference, canaryValue);
        expect(found).toMatchObject({ kind: 'rejected', reason: 'permanent' });
      }));
  }
}

function certifyLookUps(onStage: OnStage): void {
  const silent: readonly Trouble[] = [
    ...(['lostAnswer', 'serverError', 'rateLimit', 'page', 'truncated', 'noNewLinks'] as const),
    ...(['otherReference', 'otherAmount', 'otherCurrency', 'twoRewards'] as const),
  ];
  for (const trouble of silent) {
    test(`a look-up that meets ${trouble} says nothing of the order`, () =>
      onStage(async (stage) => {
        await stage.provider.placeOrder(orderOf(stage, reference));
        stage.setTrouble(trouble);
        expect((await stage.provider.findOrder(reference, canaryValue)).kind).toBe('unknown');
      }));
  }

  test('a look-up with a refused key, or without a connection, says nothing of the order', () =>
    onStage(async (stage) => {
      await stage.provider.placeOrder(orderOf(stage, reference));
      expect((await stage.mistaken.findOrder(reference, canaryValue)).kind).toBe('unknown');
      expect((await stage.unreachable.findOrder(reference, canaryValue)).kind).toBe('unknown');
    }));

  test('an order of another value than was asked is not ours', () =>
    onStage(async (stage) => {
      await stage.provider.placeOrder(orderOf(stage, reference));
      for (const change of [{ amountMinor: 1_251n }, { currency: 'EUR' }]) {
        const found = await stage.provider.findOrder(reference, { ...canaryValue, ...change });
        expect(found).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
      }
    }));

  test('an order that was never placed is not found', () =>
    onStage(async (stage) => {
      expect(await stage.provider.findOrder(reference, canaryValue)).toEqual({ kind: 'notFound' });
    }));
}
