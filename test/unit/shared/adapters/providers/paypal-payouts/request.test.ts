import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as request from '../../../../../../shared/adapters/providers/paypal-payouts/request.ts';
import { moneyOf } from '../../../../../../shared/adapters/providers/wire-money.ts';
import { order } from './scripted.ts';

const textOf = (amountMinor: bigint, currency: string): string => {
  const made = request.payoutRequest({ ...order, value: { amountMinor, currency } });
  if (made.kind === 'refused') return `(${made.detail})`;
  return JSON.parse(made.body).items[0].amount.value;
};

test.each([
  [1n, 'EUR', '0.01'],
  [1_250n, 'GBP', '12.50'],
  [5_000n, 'JPY', '5000'],
  [5_000n, 'HUF', '50'],
  [5_001n, 'TWD', '(AMOUNT_NOT_WHOLE)'],
  [900_719_925_474_099_307n, 'USD', '9007199254740993.07'],
])('%i minor units of %s are %s', (amountMinor, currency, text) => {
  expect(textOf(amountMinor, currency)).toBe(text);
});

test('whatever is sent means what was asked, to the last digit', () => {
  const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'HUF', 'TWD', 'GBP');
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 30n), currencies, (amountMinor, currency) => {
      const text = textOf(amountMinor, currency);
      if (text === '(AMOUNT_NOT_WHOLE)') expect(amountMinor % 100n).not.toBe(0n);
      else expect(moneyOf(text, currency)).toEqual({ amountMinor, currency });
    }),
    { seed: 20_260_115 },
  );
});
