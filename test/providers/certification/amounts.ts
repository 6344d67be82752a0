import { expect, test } from 'vitest';
import type { Money } from '../../../shared/domain/money/money.ts';
import { type Cases, decided, lookUp, place } from './on-stage.ts';
import { orderOf } from './stage.ts';

/** P5: the digits that were asked for, whatever the exponent, and beyond what a float holds. */
const amounts: readonly (readonly [text: string, amountMinor: bigint, currency: string])[] = [
  ['no minor unit', 5_000n, 'JPY'],
  ['one hundredth', 1n, 'EUR'],
  ['ten hundredths', 10n, 'USD'],
  ['two digits', 1_250n, 'GBP'],
  ['a classic of floats', 29n, 'USD'],
  ['three digits', 1_234n, 'BHD'],
  ['one thousandth', 1n, 'KWD'],
  ['90071992547409.91', 9_007_199_254_740_991n, 'USD'],
  ['an odd one that no float has', 900_719_925_474_099_307n, 'EUR'],
  ['an odd one without minor unit', 9_007_199_254_740_993n, 'JPY'],
  ['an odd one with three digits', 9_007_199_254_740_993_001n, 'KWD'],
];

export function certifyAmounts(cases: Cases): void {
  const { refusesCurrencies = [], lacks } = cases.harness;
  for (const [index, [text, amountMinor, currency]] of amounts.entries()) {
    if (refusesCurrencies.includes(currency)) {
      certifyRefusedAmount(cases, { amountMinor, currency });
      continue;
    }
    test(`amounts are exact: ${text} (${currency})`, () =>
      cases.onStage(async (stage) => {
        const reference = `31111111-2222-8333-8444-5555555555${String(index).padStart(2, '0')}`;
        const value = { amountMinor, currency };
        const placed = await place(stage, reference, { value });
        const outcome = await decided(stage, reference, placed, value);
        expect(outcome).toMatchObject({ kind: 'accepted', final: true });
        expect(stage.orders()).toMatchObject([{ amountMinor, currency }]);
        const found = await lookUp(stage, reference, value);
        expect(found).toMatchObject({ kind: 'accepted', final: true });
      }));
  }

  if (cases.has('balance')) {
    test('the charge, where it is told, is what leaves the account, to the last digit', () =>
      cases.onStage(async (stage) => {
        const value = { amountMinor: 9_007_199_254_740_993n, currency: 'USD' };
        const reference = '31111111-2222-8333-8444-555555555550';
        const before = stage.balance(value.currency);
        const placed = await place(stage, reference, { value });
        const outcome = await decided(stage, reference, placed, value);
        expect(outcome).toMatchObject({ kind: 'accepted', final: true });
        const amountMinor = before.amountMinor - stage.balance(value.currency).amountMinor;
        const left = { amountMinor, currency: before.currency };
        if (outcome.kind === 'accepted') expect(outcome.charge ?? left).toEqual(left);
      }));
  }

  test('what cannot be ordered is thrown before anything is sent', () =>
    cases.onStage(async (stage) => {
      const reference = '31111111-2222-8333-8444-555555555551';
      const forNothing = { value: { amountMinor: 0n, currency: 'GBP' } };
      const broken = [
        ...(cases.has('faceValue') ? [forNothing] : []),
        { value: { amountMinor: -1n, currency: 'GBP' } },
        { value: { amountMinor: 100n, currency: 'XXX' } },
        ...(lacks?.catalogue === undefined ? [{ products: [] }] : []),
        { reference: '' },
        { reference: 'a/../b' },
      ];
      for (const change of broken) {
        const order = orderOf(stage, reference, change);
        await expect(stage.provider.placeOrder(order)).rejects.toThrow();
      }
      expect(stage.orders()).toEqual([]);
    }));
}

function certifyRefusedAmount({ onStage }: Cases, value: Money): void {
  test(`amounts in ${value.currency} are refused for good, and nothing is sent`, () =>
    onStage(async (stage) => {
      const outcome = await place(stage, '31111111-2222-8333-8444-555555555552', { value });
      expect(outcome).toMatchObject({ kind: 'rejected', reason: 'permanent' });
      expect(stage.orders()).toEqual([]);
    }));
}
