import { expect, test } from 'vitest';
import type { PlaceOrder } from '../../../shared/ports/provider.ts';
import { type Cases, decided, expectRewarded, lookUp, place, placeOrder } from './on-stage.ts';
import { askedOf, orderOf, type Played, type Trouble } from './stage.ts';

const reference = '11111111-2222-8333-8444-555555555501';

/** P2: one reward, however the calls about it go. */
export function certifyOnce(cases: Cases): void {
  const { repeatedReference } = cases.harness.capabilities;
  test('a new order gives one reward, of what was asked', () =>
    cases.onStage(async (stage) => {
      await expectRewarded(stage, reference, await place(stage, reference));
      expect(stage.orders()).toMatchObject([
        { reference, amountMinor: 1_250n, currency: 'GBP', email: expect.any(String) },
      ]);
      expect(stage.rewardsIssued()).toBe(1);
    }));
  if (repeatedReference === 'sameOrder') certifyRepeats(cases);
  else certifyNoRepeats(cases);
  certifyTakenUnseen(cases);
  certifyLostCalls(cases);
}

function certifyRepeats(cases: Cases): void {
  test('the same order again is the same order, and has a reward that works', () =>
    cases.onStage(async (stage) => {
      const first = await place(stage, reference);
      const again = await place(stage, reference);
      const last = await decided(stage, reference, again);
      expect(last).toMatchObject({ kind: 'accepted', final: true });
      expect(again).toHaveProperty('providerOrder', Reflect.get(first, 'providerOrder'));
      await expectRewarded(stage, reference, again);
      expect(stage.rewardsIssued()).toBe(1);
    }));

  test('eight at a time are one order', () =>
    cases.onStage(async (stage) => {
      const calls = Array.from({ length: 8 }, () => place(stage, reference));
      for (const outcome of await Promise.all(calls)) {
        expect(outcome).not.toMatchObject({ reason: 'permanent' });
        if (outcome.kind === 'accepted' && outcome.final) {
          await expectRewarded(stage, reference, outcome);
        }
      }
      await expectRewarded(stage, reference, await lookUp(stage, reference));
      expect(stage.rewardsIssued()).toBe(1);
    }));
  certifyConflicts(cases);
  if (!cases.has('decidedAtOnce')) certifyRepeatsUnseen(cases);
}

/** Where the first answer repeats nothing of the order, that to a second one must be read. */
function certifyRepeatsUnseen(cases: Cases): void {
  for (const trouble of cases.those(...ordersOfOthers)) {
    test(`placed again, but ${trouble}: unknown, and still the one order`, () =>
      cases.onStage(async (stage) => {
        await place(stage, reference);
        stage.setTrouble(trouble);
        expect((await place(stage, reference)).kind).toBe('unknown');
        stage.setTrouble('none');
        await expectRewarded(stage, reference, await place(stage, reference));
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }
}

function certifyConflicts(cases: Cases): void {
  for (const what of ['amount', 'currency'] as const) {
    test(`another ${what} under a used reference is unknown, never a second order`, () =>
      cases.onStage(async (stage) => {
        await place(stage, reference);
        const outcome = await stage.provider.placeOrder(changed(stage, what));
        expect(outcome.kind).toBe('unknown');
        expect(outcome).toHaveProperty('detail', expect.stringMatching(conflictDetail));
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }

  test('another recipient under a used reference is never a second order', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      const outcome = await placeOrder(stage, changed(stage, 'recipient'));
      if (outcome.kind === 'accepted') await expectRewarded(stage, reference, outcome);
      else expect(outcome).toMatchObject({ kind: 'unknown' });
      expect(stage.rewardsIssued()).toBe(1);
    }));
}

/** What is told of the order is not what was asked for. */
const ordersOfOthers = [
  ...(['twoRewards', 'otherAmount', 'otherCurrency'] as const),
] as const satisfies readonly Trouble[];

const conflictDetail = /^(REFERENCE_CONFLICT|CONTRADICTION)$/;
const otherBodies = {
  amount: { value: { amountMinor: 1_251n, currency: 'GBP' } },
  currency: { value: { amountMinor: 1_250n, currency: 'EUR' } },
  recipient: { recipientEmail: 'other.person@example.test' },
} as const;

function changed(stage: Played, what: keyof typeof otherBodies): PlaceOrder {
  const { orderForAnother = otherBodies.recipient } = stage.harness;
  return orderOf(stage, reference, what === 'recipient' ? orderForAnother : otherBodies[what]);
}

/** The provider would order again: so nobody must ask twice, and nobody must take one of two. */
function certifyNoRepeats(cases: Cases): void {
  test('two orders under one reference are a matter for a person: neither is handed out', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      await place(stage, reference);
      expect(stage.orders()).toHaveLength(2);
      expect((await lookUp(stage, reference)).kind).toBe('unknown');
    }));

  test('an order is not said to be absent while lists may lag behind it', () =>
    cases.onStage(async (stage) => {
      const found = await stage.provider.findOrder(reference, askedOf(stage, reference));
      expect(found.kind).toBe('unknown');
      expect(await lookUp(stage, reference)).toEqual({ kind: 'notFound' });
    }));
}

function certifyTakenUnseen(cases: Cases): void {
  const takenUnseen = cases.those(
    ...(['lostAnswer', 'serverError', 'page', 'garbage', 'truncated', 'endless'] as const),
    ...(['emptyObject', 'otherReference'] as const),
    ...(cases.has('decidedAtOnce') ? ordersOfOthers : []),
  );
  for (const trouble of takenUnseen) {
    test(`taken, but ${trouble}: unknown, asked once, and a look-up finds it with a reward`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        expect((await place(stage, reference)).kind).toBe('unknown');
        expect(stage.orders()).toHaveLength(1);
        expect(stage.rewardsIssued()).toBe(1);
        stage.setTrouble('none');
        await expectRewarded(stage, reference, await lookUp(stage, reference));
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }
}

function certifyLostCalls(cases: Cases): void {
  for (const trouble of cases.those('lostRequest')) {
    test(`${trouble}: unknown, not found, and then placed under the same reference`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        expect((await place(stage, reference)).kind).toBe('unknown');
        stage.setTrouble('none');
        if (stage.harness.capabilities.findsByReference) {
          expect(await lookUp(stage, reference)).toEqual({ kind: 'notFound' });
        }
        const placed = await place(stage, reference);
        await expectRewarded(stage, reference, placed);
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }

  for (const trouble of cases.those('slow')) {
    test(`${trouble}: unknown, and one reward in the end`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await stage.hasty.placeOrder(orderOf(stage, reference));
        expect(outcome).toEqual({ kind: 'unknown', detail: 'TIMEOUT' });
        stage.setTrouble('none');
        const found = await lookUp(stage, reference);
        const last = found.kind === 'notFound' ? await place(stage, reference) : found;
        await expectRewarded(stage, reference, last);
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }
}
