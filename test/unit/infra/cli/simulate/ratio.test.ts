import { expect, it } from 'vitest';
import { percentOf, twoDecimals, wholeMinor } from '../../../../../infra/cli/simulate/ratio.ts';

it('rounds once, and halves go up', () => {
  const told = (numerator: bigint, denominator: bigint) => twoDecimals({ numerator, denominator });
  expect([told(1n, 3n), told(2n, 3n), told(1n, 200n)]).toEqual(['0.33', '0.67', '0.01']);
  expect([told(-1n, 3n), told(-1n, 200n), told(1n, -2n)]).toEqual(['-0.33', '0.00', '-0.50']);
  expect([told(0n, 5n), told(5n, 0n)]).toEqual(['0.00', undefined]);
  expect(told(123_456_789_012_345_678_901n, 1n)).toBe('123456789012345678901.00');
  expect(wholeMinor({ numerator: 5n, denominator: 2n })).toBe(3n);
  const half = { numerator: 1n, denominator: 2n };
  expect(percentOf(half, { numerator: 40n, denominator: 1n })).toBe('1.25');
  expect(percentOf(half, { numerator: 0n, denominator: 1n })).toBeUndefined();
});
