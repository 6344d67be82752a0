import { expect, test } from 'vitest';
import type { OnStage } from './on-stage.ts';
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

export function certifyAmounts(onStage: OnStage): void {
  for (const [index, [text, amountMinor, currency]] of amounts.entries()) {
    test(`amounts are exact: ${text} (${currency})`, () =>
      onStage(async (stage) => {
        const reference = `31111111-2222-8333-8444-5555555555${String(index).padStart(2, '0')}`;
        const order = orderOf(stage, reference, { value: { amountMinor, currency } });
        const outcome = await stage.provider.placeOrder(order);
        expect(outcome).toMatchObject({ kind: 'accepted', final: true });
        expect(stage.orders()).toMatchObject([{ amountMinor, currency }]);
        expect((await stage.provider.findOrder(reference, { amountMinor, currency })).kind).toBe(
          'accepted',
        );
      }));
  }

  test('the charge, where it is told, is exact too', () =>
    onStage(async (stage) => {
      const value = { amountMinor: 9_007_199_254_740_993n, currency: 'USD' };
      const reference = '31111111-2222-8333-8444-555555555550';
      const outcome = await stage.provider.placeOrder(orderOf(stage, reference, { value }));
      expect(outcome).toMatchObject({ kind: 'accepted', final: true });
      if (outcome.kind === 'accepted') expect(outcome.charge ?? value).toEqual(value);
    }));

  test('what cannot be ordered is thrown before anything is sent', () =>
    onStage(async (stage) => {
      const reference = '31111111-2222-8333-8444-555555555551';
      const broken = [
        { value: { amountMinor: 0n, currency: 'GBP' } },
        { value: { amountMinor: -1n, currency: 'GBP' } },
        { value: { amountMinor: 100n, currency: 'XXX' } },
        { products: [] },
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
