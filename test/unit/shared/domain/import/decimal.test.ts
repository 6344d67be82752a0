import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  decimalReader,
  isWhole,
  multiply,
  negate,
  oneMinus,
  toWhole,
} from '../../../../../shared/domain/import/decimal.ts';

const read = decimalReader({ decimalSeparator: '.' });

function decimal(text: string) {
  const value = read(text);
  if (value === undefined) throw new Error(`${text} is no decimal`);
  return value;
}

test('reads signs, fractions and exponents exactly', () => {
  expect(decimal('12.50')).toEqual({ digits: 1250n, scale: 2 });
  expect(decimal('-0.1')).toEqual({ digits: -1n, scale: 1 });
  expect(decimal('+.5')).toEqual({ digits: 5n, scale: 1 });
  expect(decimal('5e-2')).toEqual({ digits: 5n, scale: 2 });
  expect(decimal('1.5E3')).toEqual({ digits: 1500n, scale: 0 });
});

test.each(['', '-', '.', '1.', '1,5', '1 000', '0x10', 'NaN', 'Infinity', '1e999', '1'.repeat(41)])(
  'does not read %j',
  (text) => expect(read(text)).toBeUndefined(),
);

test('reads the separators that the format names, groups of three only', () => {
  const german = decimalReader({ decimalSeparator: ',', groupSeparator: '.' });
  expect(german('1.234.567,89')).toEqual({ digits: 123456789n, scale: 2 });
  expect(german('12,5')).toEqual({ digits: 125n, scale: 1 });
  expect(german('1.23,5')).toBeUndefined();
  expect(german('1.5')).toBeUndefined();
});

test('rounds half away from zero, so that a cancellation is worth its order', () => {
  expect(toWhole(decimal('10.005'), 2)).toBe(1001n);
  expect(toWhole(decimal('-10.005'), 2)).toBe(-1001n);
  expect(toWhole(decimal('10.00499'), 2)).toBe(1000n);
  expect(toWhole(decimal('7'), 3)).toBe(7000n);
  expect(toWhole(decimal('7.5'), 0)).toBe(8n);
});

test('a discount leaves the exact rest', () => {
  const value = multiply(multiply(decimal('14.40'), decimal('3')), oneMinus(decimal('0.15')));
  expect(toWhole(value, 4)).toBe(367200n);
  expect(isWhole(value, 2)).toBe(true);
  expect(isWhole(decimal('0.001'), 2)).toBe(false);
});

test('sums and products agree with whole numbers, whatever the scales', () => {
  const value = fc.record({
    digits: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    scale: fc.integer({ min: 0, max: 6 }),
  });
  fc.assert(
    fc.property(value, value, (left, right) => {
      const at6 = (one: typeof left) => one.digits * 10n ** BigInt(6 - one.scale);
      expect(toWhole(add(left, right), 6)).toBe(at6(left) + at6(right));
      expect(toWhole(multiply(left, right), 12)).toBe(at6(left) * at6(right));
      expect(toWhole(negate(left), 2)).toBe(-toWhole(left, 2));
      const errorAt6 = toWhole(left, 2) * 10_000n - at6(left);
      expect(errorAt6 <= 5_000n && errorAt6 >= -5_000n).toBe(true);
    }),
  );
});
