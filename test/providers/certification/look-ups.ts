import { expect, test } from 'vitest';
import { type Cases, expectRewarded, lookUp, place } from './on-stage.ts';
import { askedOf, canaryValue } from './stage.ts';

const reference = '61111111-2222-8333-8444-555555555501';
const dayMs = 86_400_000;

/** What a look-up may say, and what it must keep quiet about. */
export function certifyLookUps(cases: Cases): void {
  certifySilence(cases);
  certifyForeignOrders(cases);

  if (cases.harness.capabilities.findsByReference) {
    test('an order that was never placed is not found', () =>
      cases.onStage(async (stage) => {
        expect(await lookUp(stage, reference)).toEqual({ kind: 'notFound' });
      }));
  } else certifySentAgain(cases);

  for (const trouble of cases.those('listsLag')) {
    test(`${trouble}: an order that was just taken is not said to be absent`, () =>
      cases.onStage(async (stage) => {
        const asked = askedOf(stage, reference);
        await place(stage, reference);
        stage.setTrouble(trouble);
        expect((await stage.provider.findOrder(reference, asked)).kind).toBe('unknown');
        stage.setTrouble('none');
        await expectRewarded(stage, reference, await lookUp(stage, reference));
      }));
  }

  test('an order is found days after it was asked for', () =>
    cases.onStage(async (stage) => {
      const { since } = askedOf(stage, reference);
      await place(stage, reference);
      stage.pass(3 * dayMs);
      const asked = { ...askedOf(stage, reference), since };
      const found = await stage.provider.findOrder(reference, asked);
      await expectRewarded(stage, reference, found);
    }));

  test('among other orders, the one under the reference is found', () =>
    cases.onStage(async (stage) => {
      const references = [1, 2, 3].map((number) => reference.replace(/1$/, `${number}`));
      for (const each of references) await place(stage, each);
      for (const each of references) {
        await expectRewarded(stage, each, await lookUp(stage, each));
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
        const found = await stage.mistaken.findOrder(reference, askedOf(stage, reference));
        expect(found.kind).toBe('unknown');
      }));
  }

  if (cases.has('connection')) {
    test('a look-up without a connection says nothing of the order', () =>
      cases.onStage(async (stage) => {
        await place(stage, reference);
        const found = await stage.unreachable.findOrder(reference, askedOf(stage, reference));
        expect(found.kind).toBe('unknown');
      }));
  }
}

/** Without the provider's id nothing can be looked up: the order is sent again instead. */
function certifySentAgain(cases: Cases): void {
  test('without the id that the provider gave, a look-up says that it cannot be made', () =>
    cases.onStage(async (stage) => {
      const nothing = { kind: 'unknown', detail: 'NOT_FINDABLE' };
      const asked = askedOf(stage, reference);
      expect(await stage.provider.findOrder(reference, asked)).toEqual(nothing);
      await place(stage, reference);
      expect(await stage.provider.findOrder(reference, asked)).toEqual(nothing);
    }));

  for (const trouble of cases.those('lostAnswer', 'lostRequest')) {
    test(`days after ${trouble}, sent again under the same reference it is one order`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        await place(stage, reference);
        stage.setTrouble('none');
        stage.pass(3 * dayMs);
        await expectRewarded(stage, reference, await place(stage, reference));
        expect(stage.orders()).toHaveLength(1);
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }

  test('an id that the provider never gave leads to no order', () =>
    cases.onStage(async (stage) => {
      stage.toldIds.set(reference, 'NOBODYKNOWS1');
      expect((await lookUp(stage, reference)).kind).toBe('unknown');
    }));

  test('the id of another order is not ours', () =>
    cases.onStage(async (stage) => {
      const other = reference.replace(/1$/, '2');
      await place(stage, other);
      stage.toldIds.set(reference, stage.toldIds.get(other) ?? '');
      const asked = askedOf(stage, reference);
      expect(await stage.provider.findOrder(reference, asked)).toEqual(notOurs);
    }));
}

const notOurs = { kind: 'unknown', detail: 'CONTRADICTION' } as const;

function certifyForeignOrders(cases: Cases): void {
  test('an order of another value than was asked is not ours', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      for (const change of [{ amountMinor: 1_251n }, { currency: 'EUR' }]) {
        const asked = askedOf(stage, reference, { ...canaryValue, ...change });
        expect(await stage.provider.findOrder(reference, asked)).toEqual(notOurs);
      }
    }));

  if (!cases.has('productOfOrder')) return;
  test('an order of another product than was asked is not ours', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      const asked = { ...askedOf(stage, reference), products: [stage.productIn('EUR')] };
      expect(await stage.provider.findOrder(reference, asked)).toEqual(notOurs);
    }));
}
