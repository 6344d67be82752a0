import { expect, test } from 'vitest';
import { WireNumber } from '../../../../../shared/adapters/providers/exact-json.ts';
import {
  isSameMoney,
  moneyOf,
  negative,
} from '../../../../../shared/adapters/providers/wire-money.ts';

test.each([
  ['12.5', 'GBP', 1_250n],
  ['12.500', 'GBP', 1_250n],
  ['-0.01', 'EUR', -1n],
  ['1.25e3', 'JPY', 1_250n],
  ['0.001', 'KWD', 1n],
  ['90071992547409.93', 'USD', 9_007_199_254_740_993n],
])('%s %s is exact, as a number and as a text', (digits, currency, amountMinor) => {
  expect(moneyOf(new WireNumber(digits), currency)).toEqual({ amountMinor, currency });
  expect(moneyOf(digits, currency)).toEqual({ amountMinor, currency });
});

test.each([
  ['0.001', 'EUR'],
  ['1', 'XXX'],
  ['1', 'toString'],
  ['', 'EUR'],
  ['1,5', 'EUR'],
  ['NaN', 'EUR'],
])('"%s" %s is no money', (digits, currency) => {
  expect(moneyOf(digits, currency)).toBeUndefined();
});

test('the same is the same amount of the same currency', () => {
  const asked = { amountMinor: 1n, currency: 'EUR' };
  expect(isSameMoney({ ...asked }, asked)).toBe(true);
  expect(isSameMoney(undefined, asked)).toBe(false);
  expect(isSameMoney({ ...asked, currency: 'USD' }, asked)).toBe(false);
  expect(isSameMoney(negative(asked), asked)).toBe(false);
  expect(negative(negative(asked))).toEqual(asked);
});
