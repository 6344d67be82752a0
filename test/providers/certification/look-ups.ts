import { expect, test } from 'vitest';
import { type Cases, expectRewarded, lookUp, place } from './on-stage.ts';
import { askedOf, canaryValue } from './stage.ts';

const reference = '61111111-2222-8333-8444-555555555501';
const dayMs = 86_400_000;

/** What a look-up may say, and what it must keep quiet about. */
export function certifyLookUps(cases: Cases): void {
  certifySilence(cases);
  certifyForeignOrders(cases);

  test('an order that was never placed is not found', () =>
    cases.onStage(async (stage) => {
      expect(await lookUp(stage, reference)).toEqual({ kind: 'notFound' });
    }));

  for (const trouble of cases.those('listsLag')) {
    test(`${trouble}: an order that was just taken is not said to be absent`, () =>
      cases.onStage(async (stage) => {
        const asked = askedOf(stage);
        await place(stage, reference);
        stage.setTrouble(trouble);
        expect((await stage.provider.findOrder(reference, asked)).kind).toBe('unknown');
        stage.setTrouble('none');
        expectRewarded(stage, reference, await lookUp(stage, reference));
      }));
  }

  test('an order is found days after it was asked for', () =>
    cases.onStage(async (stage) => {
      const asked = askedOf(stage);
      await place(stage, reference);
      stage.pass(3 * dayMs);
      const found = await stage.provider.findOrder(reference, asked);
      expectRewarded(stage, reference, found);
    }));

  test('among other orders, the one under the reference is found', () =>
    cases.onStage(async (stage) => {
      const references = [1, 2, 3].map((number) => reference.replace(/1$/, `${number}`));
      for (const each of references) await place(stage, each);
      for (const each of references) {
        expectRewarded(stage, each, await lookUp(stage, each));
      }
    }));
}

function certifySilence(cases: Cases): void {
  const silent = cases.those(
    ...(['lostAnswer', 'lostRequest', 'serverError', 'rateLimit', 'rateLimitOtherForm'] as const),
    ...(['page', 'garbage', 'truncated', 'endless', 'emptyObject', 'noNewLinks'] as const),
    ...(['strangerNotFound', 'redirect'] as const),
    ...(['otherReference', 'otherAmount', 'otherCurrency', 'twoRewards'] as const),
  );
  for (const trouble of silent) {
    test(`a look-up that meets ${trouble} says nothing of the order`, () =>
      cases.onStage(async (stage) => {
        await place(stage, reference);
        stage.setTrouble(trouble);
        expect((await lookUp(stage, reference)).kind).toBe('unknown');
      }));
  }

  if (cases.has('key')) {
    test('a look-up with a refused key says nothing of the order', () =>
      cases.onStage(async (stage) => {
        await place(stage, reference);
        const found = await stage.mistaken.findOrder(reference, askedOf(stage));
        expect(found.kind).toBe('unknown');
      }));
  }

  if (cases.has('connection')) {
    test('a look-up without a connection says nothing of the order', () =>
      cases.onStage(async (stage) => {
        await place(stage, reference);
        const found = await stage.unreachable.findOrder(reference, askedOf(stage));
        expect(found.kind).toBe('unknown');
      }));
  }
}

const notOurs = { kind: 'unknown', detail: 'CONTRADICTION' } as const;

function certifyForeignOrders(cases: Cases): void {
  test('an order of another value than was asked is not ours', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      for (const change of [{ amountMinor: 1_251n }, { currency: 'EUR' }]) {
        const asked = askedOf(stage, { ...canaryValue, ...change });
        expect(await stage.provider.findOrder(reference, asked)).toEqual(notOurs);
      }
    }));

  if (!cases.has('productOfOrder')) return;
  test('an order of another product than was asked is not ours', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      const asked = { ...askedOf(stage), products: [stage.productIn('EUR')] };
      expect(await stage.provider.findOrder(reference, asked)).toEqual(notOurs);
    }));
}
