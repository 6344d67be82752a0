import { expect, test } from 'vitest';
import { addMs, instantOf } from '../../shared/domain/time.ts';
import type { FindOutcome, SettlementLine } from '../../shared/ports/provider.ts';
import { type Cases, collected, decided, lookUp, place } from './certification/on-stage.ts';
import type { Played } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import { replaced } from './stage-parts.ts';

const reference = 'a1111111-2222-8333-8444-555555555501';
const hourMs = 3_600_000;

const final = { kind: 'accepted', final: true } as const;

async function paid(
  stage: Played,
  value: { readonly amountMinor: bigint; readonly currency: string },
): Promise<FindOutcome> {
  return decided(stage, reference, await place(stage, reference, { value }), value);
}

async function linesOf(stage: Played): Promise<readonly SettlementLine[]> {
  const period = {
    from: addMs(instantOf(stage.now()), -hourMs),
    to: addMs(instantOf(stage.now()), hourMs),
  };
  const lines = await collected(stage.provider.settlements(period));
  return lines.filter((line) => line.reference === reference);
}

function conversion(from_amount: object, to_amount: object): AnswerHook {
  const told = JSON.stringify({ from_amount, to_amount });
  return replaced(/"payout_item_fee"/g, `"currency_conversion":${told},"payout_item_fee"`);
}
const pounds = { currency: 'GBP', value: '12.50' };
const asked = { amountMinor: 1_250n, currency: 'GBP' };

/** What PayPal takes is not always the amount and a fee beside it. */
export function certifyPayPalMoney({ onStage }: Cases): void {
  for (const [amountMinor, currency] of [
    [5_000n, 'HUF'],
    [123_400n, 'TWD'],
  ] as const) {
    test(`${currency} is paid in whole units, to the last one`, () =>
      onStage(async (stage) => {
        expect(await paid(stage, { amountMinor, currency })).toMatchObject(final);
        expect(stage.orders()).toMatchObject([{ amountMinor, currency }]);
      }));

    test(`a fraction of a unit of ${currency} is refused, not rounded, and nothing is sent`, () =>
      onStage(async (stage) => {
        const value = { amountMinor: amountMinor + 1n, currency };
        const refused = { kind: 'rejected', reason: 'permanent', detail: 'AMOUNT_NOT_WHOLE' };
        expect(await place(stage, reference, { value })).toEqual(refused);
        expect(stage.orders()).toEqual([]);
      }));
  }

  test('an amount that comes back with zeros that were not sent is the same', () =>
    onStage(async (stage) => {
      stage.setAnswerHook?.(replaced(/"value":"5000"/g, '"value":"5000.00"'));
      expect(await paid(stage, { amountMinor: 5_000n, currency: 'JPY' })).toMatchObject(final);
    }));

  test('a fee in another currency is no part of the charge, and a line of its own', () =>
    onStage(async (stage) => {
      const inDollars = /("(?:payout_item_fee|fee_amount)":\{"currency(?:_code)?":)"GBP"/g;
      stage.setAnswerHook?.(replaced(inDollars, '$1"USD"'));
      const outcome = await paid(stage, asked);
      expect(outcome).toMatchObject(final);
      expect(outcome).not.toHaveProperty('charge');
      const lines = await linesOf(stage);
      expect(lines.map(({ amount }) => amount)).toEqual([
        { amountMinor: -1_250n, currency: 'GBP' },
        { amountMinor: -25n, currency: 'USD' },
      ]);
    }));

  test('a fee that would be given to us is none', () =>
    onStage(async (stage) => {
      const less = replaced(/("payout_item_fee":\{"currency":"GBP","value":)"/g, '$1"-');
      stage.setAnswerHook?.(less);
      const outcome = await paid(stage, asked);
      expect(outcome).toMatchObject(final);
      expect(outcome).not.toHaveProperty('charge');
    }));

  certifyConversions(onStage);
}

function certifyConversions(onStage: Cases['onStage']): void {
  test('money of another currency is charged as what left the account', () =>
    onStage(async (stage) => {
      const dollars = { currency: 'USD', value: '16.13' };
      stage.setAnswerHook?.(conversion(dollars, pounds));
      expect(await paid(stage, asked)).toMatchObject({
        ...{ ...final, charge: { amountMinor: 1_613n, currency: 'USD' } },
      });
    }));

  test('what the payee has it converted to is no charge of ours', () =>
    onStage(async (stage) => {
      const euros = { currency: 'EUR', value: '14.60' };
      stage.setAnswerHook?.(conversion(pounds, euros));
      expect(await paid(stage, asked)).toMatchObject({
        ...{ ...final, charge: { amountMinor: 1_275n, currency: 'GBP' } },
      });
    }));

  for (const [from, to] of [
    [
      { currency: 'USD', value: '16.13' },
      { ...pounds, value: '12.49' },
    ],
    [{ currency: 'USD', value: '0.00' }, pounds],
    [{ currency: 'USD', value: 'canary' }, pounds],
  ] as const) {
    test(`of a conversion that does not fit nothing is charged: ${from.value} to ${to.value}`, () =>
      onStage(async (stage) => {
        stage.setAnswerHook?.(conversion(from, to));
        const outcome = await paid(stage, asked);
        expect(outcome).toMatchObject(final);
        expect(outcome).not.toHaveProperty('charge');
      }));
  }

  test('money that was reversed is not paid, whatever was converted', () =>
    onStage(async (stage) => {
      stage.setAnswerHook?.(conversion(pounds, pounds));
      await paid(stage, asked);
      stage.undo(reference);
      const found = await lookUp(stage, reference);
      expect(found).toEqual({ kind: 'rejected', reason: 'permanent', detail: 'REVERSED' });
    }));
}
