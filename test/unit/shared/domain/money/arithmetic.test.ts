import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  allocate,
  allocateWhole,
  compare,
  subtract,
} from '../../../../../shared/domain/money/arithmetic.ts';
import type { Money } from '../../../../../shared/domain/money/money.ts';

const euros = (amountMinor: bigint): Money => ({ amountMinor, currency: 'EUR' });
const huge = 10n ** 30n;

describe('amounts of one currency', () => {
  it('add, subtract and compare exactly, whatever their size and sign', () => {
    expect(add(euros(huge), euros(-1n))).toEqual(euros(huge - 1n));
    expect(subtract(euros(5n), euros(7n))).toEqual(euros(-2n));
    expect(compare(euros(huge), euros(huge - 1n))).toBeGreaterThan(0);
    expect(compare(euros(-2n), euros(-1n))).toBeLessThan(0);
    expect(compare(euros(0n), euros(-0n))).toBe(0);
  });

  it.each(['JPY', 'KWD', 'HRK'])('in %s as well', (currency) => {
    const money = (amountMinor: bigint): Money => ({ amountMinor, currency });
    expect(add(money(1n), money(1n))).toEqual(money(2n));
  });

  it('never meet those of another, nor of no currency', () => {
    const yen: Money = { amountMinor: 1n, currency: 'JPY' };
    const mixed = 'EUR and JPY do not go together.';
    expect(() => add(euros(1n), yen)).toThrow(mixed);
    expect(() => subtract(euros(1n), yen)).toThrow(mixed);
    expect(() => compare(euros(1n), yen)).toThrow(mixed);
    const points: Money = { amountMinor: 1n, currency: 'PTS' };
    expect(() => add(points, points)).toThrow('Currency PTS has no known minor unit.');
  });
});

describe('parts by weight', () => {
  it('keep the currency', () => {
    expect(allocate(euros(100n), [1n, 3n])).toEqual([euros(25n), euros(75n)]);
  });

  it('give what is left to the largest remainders, the first of equals first', () => {
    expect(allocateWhole(9n, [5n, 3n, 2n])).toEqual([4n, 3n, 2n]);
    expect(allocateWhole(2n, [1n, 1n, 1n])).toEqual([1n, 1n, 0n]);
    expect(allocateWhole(1n, [1n, 2n])).toEqual([0n, 1n]);
    const many = Array.from({ length: 100 }, () => 1n);
    expect(allocateWhole(137n, many)).toEqual(many.map((_, index) => (index < 37 ? 2n : 1n)));
  });

  it('are negative for a negative whole, and nothing for a weight of zero', () => {
    expect(allocateWhole(-9n, [5n, 0n, 3n, 2n])).toEqual([-4n, -0n, -3n, -2n]);
    expect(allocateWhole(0n, [0n, 1n])).toEqual([0n, 0n]);
    expect(allocateWhole(1n, [0n, 1n, 0n])).toEqual([0n, 1n, 0n]);
  });

  it('take weights of which one is more than zero and none is less', () => {
    for (const weights of [[], [0n], [0n, 0n], [2n, -1n]]) {
      expect(() => allocateWhole(1n, weights)).toThrow('Weights are zero or more.');
    }
  });

  it('are those of the method of largest remainders', () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const weights = fc.array(fc.bigInt({ min: 0n, max: 50n }), { minLength: 1, maxLength: 60 });
    const property = fc.property(whole, weights, (amount, shares) => {
      const all = shares.reduce((sum, share) => sum + share, 0n);
      fc.pre(all > 0n);
      const expected = shares.map((share) => (amount * share) / all);
      const byRemainder = shares
        .map((share, index) => ({ index, rest: (amount * share) % all }))
        .sort((left, right) => Number(right.rest - left.rest) || left.index - right.index);
      const left = amount - expected.reduce((sum, part) => sum + part, 0n);
      for (const { index } of byRemainder.slice(0, Number(left))) {
        expected[index] = (expected[index] ?? 0n) + 1n;
      }
      expect(allocateWhole(amount, shares)).toEqual(expected);
    });
    fc.assert(property, { seed: 4, numRuns: 500 });
  });
});
