import { expect, test } from 'vitest';
import type { RejectionReason } from '../../../shared/ports/provider.ts';
import { type Cases, expectRewarded, lookUp, place, placeDecided } from './on-stage.ts';
import { orderOf, type Trouble } from './stage.ts';

const reference = '21111111-2222-8333-8444-555555555501';

/** A no is said only where the provider said it; what is not certain is unknown. */
export function certifyOutcomes(cases: Cases): void {
  certifyRefusals(cases);
  certifyNobodysNo(cases);
  certifyPending(cases);
  certifyUndone(cases);
}

const refusals = {
  outOfFunds: 'waitForFunds',
  rateLimit: 'waitForLimit',
  rateLimitOtherForm: 'waitForLimit',
  invalid: 'permanent',
  saysFailed: 'permanent',
  saysCanceled: 'permanent',
} as const satisfies Partial<Record<Trouble, RejectionReason>>;

function certifyRefusals(cases: Cases): void {
  for (const trouble of cases.those(...(Object.keys(refusals) as (keyof typeof refusals)[]))) {
    const reason = refusals[trouble];
    test(`${trouble} is rejected: ${reason}`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        expect(await placeDecided(stage, reference)).toMatchObject({ kind: 'rejected', reason });
      }));
  }

  if (cases.has('key')) {
    test('a key that is refused is a matter of configuration', () =>
      cases.onStage(async (stage) => {
        const outcome = await stage.mistaken.placeOrder(orderOf(stage, reference));
        expect(outcome).toMatchObject({ kind: 'rejected', reason: 'configuration' });
        expect(stage.rewardsIssued()).toBe(0);
      }));
  }

  if (cases.has('connection')) {
    test('a connection that was never made may be tried again with the same key', () =>
      cases.onStage(async (stage) => {
        const outcome = await stage.unreachable.placeOrder(orderOf(stage, reference));
        expect(outcome).toMatchObject({ kind: 'rejected', reason: 'retrySameKey' });
      }));
  }
}

function certifyNobodysNo(cases: Cases): void {
  for (const trouble of cases.those('strangerNotFound', 'redirect')) {
    test(`${trouble} is nobody's no`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        expect((await place(stage, reference)).kind).toBe('unknown');
        expect((await lookUp(stage, reference)).kind).toBe('unknown');
      }));
  }

  for (const trouble of cases.those('inProgress')) {
    test(`${trouble}: the order is under way, so neither a no nor a reward`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await place(stage, reference);
        if (outcome.kind === 'accepted') expect(outcome.final).toBe(false);
        else expect(outcome.kind).toBe('unknown');
      }));
  }
}

function certifyPending(cases: Cases): void {
  for (const trouble of cases.those('pending', 'unknownStatus', 'unknownDelivery')) {
    test(`${trouble} is accepted, and not final`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble(trouble);
        const outcome = await placeDecided(stage, reference);
        expect(outcome).toMatchObject({ kind: 'accepted', final: false });
        expect(outcome).not.toHaveProperty('reward');
      }));
  }
  if (cases.those('pending').length === 0) return;

  test('a pending order is found undecided, then with a reward', () =>
    cases.onStage(async (stage) => {
      stage.setTrouble('pending');
      await place(stage, reference);
      stage.setTrouble('none');
      expect(await lookUp(stage, reference)).toMatchObject({ kind: 'accepted', final: false });
      stage.decide(reference, 'taken');
      await expectRewarded(stage, reference, await lookUp(stage, reference));
    }));

  const verdicts = { failed: 'saysFailed', canceled: 'saysCanceled' } as const;
  for (const verdict of ['failed', 'canceled'] as const) {
    if (cases.those(verdicts[verdict]).length === 0) continue;
    test(`a pending order that is ${verdict} in the end is rejected for good`, () =>
      cases.onStage(async (stage) => {
        stage.setTrouble('pending');
        await place(stage, reference);
        stage.setTrouble('none');
        stage.decide(reference, verdict);
        const found = await lookUp(stage, reference);
        expect(found).toMatchObject({ kind: 'rejected', reason: 'permanent' });
      }));
  }
}

function certifyUndone(cases: Cases): void {
  if (!cases.has('undo')) return;
  test('an order that was delivered and is undone since is found as rejected for good', () =>
    cases.onStage(async (stage) => {
      expect(await placeDecided(stage, reference)).toMatchObject({ kind: 'accepted', final: true });
      stage.undo(reference);
      const found = await lookUp(stage, reference);
      expect(found).toMatchObject({ kind: 'rejected', reason: 'permanent' });
    }));
}
