import { expect, it } from 'vitest';
import { formatMoney } from '../../../../../shared/domain/money/format.ts';

it.each([
  ['GBP', 1250n, '£12.50'],
  ['JPY', 1250n, '¥1,250'],
  ['KWD', 1250n, 'KWD\u00a01.250'],
  ['HUF', 1250n, 'HUF\u00a012.50'],
  ['EUR', -5n, '-€0.05'],
  ['EUR', 900719925474099301n, '€9,007,199,254,740,993.01'],
])('writes %s exactly, with the digits of its minor unit', (currency, amountMinor, text) => {
  expect(formatMoney('en', { amountMinor, currency })).toBe(text);
});

it('writes as the language does', () => {
  expect(formatMoney('de', { amountMinor: 123450n, currency: 'EUR' })).toBe('1.234,50\u00a0€');
});
