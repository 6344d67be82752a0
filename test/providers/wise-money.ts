import { expect, test } from 'vitest';
import { type Cases, lookUp, place } from './certification/on-stage.ts';
import { askedOf, type Played } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import { replaced } from './stage-parts.ts';

const reference = 'a1111111-2222-8333-8444-555555555501';
const final = { kind: 'accepted', final: true } as const;

const onQuotes =
  (hook: AnswerHook): AnswerHook =>
  (answer, call) =>
    call.parts.includes('quotes') ? hook(answer, call) : answer;

async function expectUnpaid(stage: Played, outcome: object): Promise<void> {
  expect(await place(stage, reference)).toEqual(outcome);
  expect([stage.orders().length, stage.rewardsIssued()]).toEqual([0, 0]);
}

/** A quote, a transfer and a payment: each of them can be for something else than was asked. */
export function certifyWiseMoney(cases: Cases): void {
  const { onStage } = cases;
  test('an amount that Wise would round is refused before there is a transfer', () =>
    onStage(async (stage) => {
      stage.setAnswerHook?.(onQuotes(replaced(/"targetAmount":12\.50?/, '"targetAmount":12')));
      const detail = 'AMOUNT_NOT_EXACT';
      await expectUnpaid(stage, { kind: 'rejected', reason: 'permanent', detail });
    }));

  test('a quote for another currency makes no transfer, and another one is asked for', () =>
    onStage(async (stage) => {
      stage.setAnswerHook?.(onQuotes(replaced('"targetCurrency":"GBP"', '"targetCurrency":"EUR"')));
      const detail = 'QUOTE_FOR_ANOTHER';
      await expectUnpaid(stage, { kind: 'rejected', reason: 'retrySameKey', detail });
    }));

  test('a rate that floats promises no amount: nothing is sent, and ops is told', () =>
    onStage(async (stage) => {
      stage.setAnswerHook?.(onQuotes(replaced('"FIXED"', '"FLOATING"')));
      const detail = 'RATE_FLOATS';
      await expectUnpaid(stage, { kind: 'rejected', reason: 'configuration', detail });
    }));

  test('zeros that were not sent are no other amount', () =>
    onStage(async (stage) => {
      const value = { amountMinor: 5_000n, currency: 'JPY' };
      stage.setAnswerHook?.(replaced(/"target(Value|Amount)":5000\b/g, '"target$1":5000.00'));
      expect(await place(stage, reference, { value })).toMatchObject(final);
      expect(stage.orders()).toMatchObject([value]);
    }));

  certifyCharges(cases);
  certifyOtherTransfers(cases);
}

function certifyCharges({ onStage }: Cases): void {
  const feeInQuote = /(\{"amount":)(\d)/g;
  for (const [what, hook] of [
    ['in another currency', replaced(/("price":\{[^}]*"currency":)"USD"/g, '$1"EUR"')],
    ['that would be given to us', replaced(feeInQuote, '$1-$2')],
    ['of a part of a cent', replaced(/(?<fee>\{"amount":[\d.]+)/g, '$<fee>1')],
  ] as const) {
    test(`of a fee ${what} nothing is charged, and the payout is paid`, () =>
      onStage(async (stage) => {
        stage.setAnswerHook?.(onQuotes(hook));
        const outcome = await place(stage, reference);
        expect(outcome).toMatchObject(final);
        expect(outcome).not.toHaveProperty('charge');
        expect(stage.rewardsIssued()).toBe(1);
      }));
  }

  test('of a transfer that says nothing of what it took, nothing is charged', () =>
    onStage(async (stage) => {
      stage.setAnswerHook?.(replaced(/"sourceValue":[\d.]+/g, '"sourceValue":0'));
      const outcome = await place(stage, reference);
      expect(outcome).toMatchObject(final);
      expect(outcome).not.toHaveProperty('charge');
    }));
}

function certifyOtherTransfers({ onStage }: Cases): void {
  test('a transfer under our reference for another amount is neither paid nor taken for ours', () =>
    onStage(async (stage) => {
      const value = { amountMinor: 1_251n, currency: 'GBP' };
      stage.setTrouble('outOfFunds');
      await place(stage, reference, { value });
      stage.setTrouble('none');
      const conflict = { kind: 'unknown', detail: 'REFERENCE_CONFLICT' };
      expect(await place(stage, reference)).toEqual(conflict);
      expect(stage.rewardsIssued()).toBe(0);
      const found = await stage.provider.findOrder(reference, askedOf(stage, reference));
      expect(found).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
    }));

  test('a transfer from another balance is not ours', () =>
    onStage(async (stage) => {
      await place(stage, reference);
      stage.setAnswerHook?.(replaced(/"sourceCurrency":"USD"/g, '"sourceCurrency":"EUR"'));
      expect((await lookUp(stage, reference)).kind).toBe('unknown');
    }));

  test('of one transfer that the list has under our reference, the amount is read again', () =>
    onStage(async (stage) => {
      await place(stage, reference);
      stage.toldIds.clear();
      stage.setAnswerHook?.((answer, { method, parts }) =>
        method === 'GET' && parts.length === 3
          ? { ...answer, text: answer.text.replace(/"targetValue":[\d.]+/, '"targetValue":12.51') }
          : answer,
      );
      const found = await lookUp(stage, reference);
      expect(found).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
    }));
}
