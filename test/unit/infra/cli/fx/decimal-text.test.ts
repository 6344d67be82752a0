import { describe, expect, it } from 'vitest';
import { decimalText } from '../../../../../infra/cli/fx/decimal-text.ts';

describe('a fraction for readers', () => {
  it.each([
    [1n, 1n, '1'],
    [18_373n, 100n, '183.73'],
    [1n, 1_000_000n, '0.000001'],
    [1n, 3n, '0.333333333333'],
    [2n, 3n, '0.666666666667'],
    [200n, 3n, '66.6666666667'],
    [1n, 36_030n, '0.0000277546489037'],
    [18_643n, 37_720n, '0.494247083775'],
    [999_999_999_999_5n, 10n, '1000000000000'],
    [999_999_999_999_4n, 10n, '999999999999'],
    [123_456_789_012_345n, 2n, '61728394506173'],
    [100n, 1n, '100'],
    [1n, 8n, '0.125'],
  ])('%i/%i is %s', (numerator, denominator, text) => {
    expect(decimalText({ numerator, denominator })).toBe(text);
  });
});
