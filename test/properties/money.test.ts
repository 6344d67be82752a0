import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, allocate } from '../../shared/domain/money/arithmetic.ts';
import { type Fraction, roundings } from '../../shared/domain/money/fraction.ts';
import type { Money } from '../../shared/domain/money/money.ts';
import { convert, type Rate, rateOf, residualOf } from '../../shared/domain/rates/rate.ts';
import type { LocalDate } from '../../shared/domain/time.ts';
import { Rational, roundedBy } from './rational.ts';
import { runs } from './runs.ts';

/** With the digits of their minor units, as ISO 4217 has them. */
const digits = { JPY: 0, KRW: 0, ISK: 0, EUR: 2, USD: 2, HRK: 2, TRL: 0, KWD: 3, TND: 3, BHD: 3 };
type Code = keyof typeof digits;

const anyCode = fc.constantFrom(...(Object.keys(digits) as Code[]));
const anyRounding = fc.constantFrom(...roundings);
const anyAmount = fc.oneof(
  fc.bigInt({ min: -1_000n, max: 1_000n }),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
);
const anyPart = fc.oneof(
  fc.bigInt({ min: 1n, max: 20n }),
  fc.bigInt({ min: 1n, max: 10n ** 15n }),
  fc.constantFrom(1n, 10n, 10n ** 6n, 10n ** 20n),
);
const anyConversion = fc.record({
  from: anyCode,
  to: anyCode,
  fraction: fc.record({ numerator: anyPart, denominator: anyPart }),
  amountMinor: anyAmount,
  rounding: anyRounding,
});

function rateFrom(from: string, to: string, fraction: Fraction): Rate {
  const asOf = '2026-03-02' as LocalDate;
  return rateOf(fraction, { from, to, asOf, source: 'ecb', path: [from, to] });
}

/** Minor units of `to` for one of `from`. */
function perMinor(from: Code, to: Code, { numerator, denominator }: Fraction): Rational {
  const scale = new Rational(10n ** BigInt(digits[to]), 10n ** BigInt(digits[from]));
  return new Rational(numerator, denominator).times(scale);
}

describe('a conversion', () => {
  it('is the exact product, rounded once', () => {
    const property = fc.property(anyConversion, ({ from, to, fraction, amountMinor, rounding }) => {
      const conversion = convert(amountMinor, rateFrom(from, to, fraction), rounding);
      const exact = new Rational(amountMinor).times(perMinor(from, to, fraction));
      expect(conversion.amount).toEqual({
        amountMinor: roundedBy(exact, rounding),
        currency: to,
      });
      expect(conversion.wholeMinor).toBe(exact.floor());
      expect(conversion.rounding).toBe(rounding);
      const { numerator, denominator } = conversion.exact;
      expect(new Rational(numerator, denominator).text()).toBe(exact.text());
    });
    fc.assert(property, runs(2_000));
  });

  it('leaves what the result is above the exact value', () => {
    const property = fc.property(anyConversion, ({ from, to, fraction, amountMinor, rounding }) => {
      const conversion = convert(amountMinor, rateFrom(from, to, fraction), rounding);
      const exact = new Rational(amountMinor).times(perMinor(from, to, fraction));
      const residual = residualOf(conversion);
      const expected = new Rational(conversion.amount.amountMinor).minus(exact);
      expect(new Rational(residual.numerator, residual.denominator).text()).toBe(expected.text());
      const most = new Rational(1n, rounding === 'halfUp' ? 2n : 1n);
      expect(expected.size().isAtMost(most)).toBe(true);
    });
    fc.assert(property, runs(1_000));
  });

  /*
   * There, the result is off by e1 minor units of `to`, which are e1/r of `from` (r: minor units of
   * `to` for one of `from`); back, by another e2. Rounded half up both are at most 1/2; rounded
   * down they are less than one, and always against the owner; rounded up for the owner.
   */
  it('there and back loses at most what two roundings lose', () => {
    const property = fc.property(anyConversion, ({ from, to, fraction, amountMinor, rounding }) => {
      const turned = { numerator: fraction.denominator, denominator: fraction.numerator };
      const there = convert(amountMinor, rateFrom(from, to, fraction), rounding);
      const back = convert(there.amount.amountMinor, rateFrom(to, from, turned), rounding);
      const gain = new Rational(back.amount.amountMinor - amountMinor);
      const one = new Rational(1n);
      const both = one.plus(one.over(perMinor(from, to, fraction)));
      const most = rounding === 'halfUp' ? both.over(new Rational(2n)) : both;
      expect(gain.size().isAtMost(most)).toBe(true);
      if (rounding === 'down') expect(gain.sign()).toBeLessThanOrEqual(0);
      if (rounding === 'up') expect(gain.sign()).toBeGreaterThanOrEqual(0);
    });
    fc.assert(property, runs(2_000));
  });
});

describe('an allocation over members', () => {
  it('sums exactly, and is nowhere a whole minor unit away from an exact share', () => {
    const weights = fc.array(fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 5n }), anyPart), {
      minLength: 1,
      maxLength: 40,
    });
    const property = fc.property(anyCode, anyAmount, weights, (currency, amountMinor, shares) => {
      const all = shares.reduce((sum, share) => sum + share, 0n);
      fc.pre(all > 0n);
      const parts = allocate({ amountMinor, currency }, shares);
      const nothing: Money = { amountMinor: 0n, currency };
      expect(parts.reduce((sum, part) => add(sum, part), nothing)).toEqual({
        amountMinor,
        currency,
      });
      for (const [index, share] of shares.entries()) {
        const part = new Rational(parts[index]?.amountMinor ?? 0n);
        const away = part.minus(new Rational(amountMinor * share, all)).size();
        expect(away.minus(new Rational(1n)).sign()).toBeLessThan(0);
        if (share === 0n) expect(part.sign()).toBe(0);
      }
    });
    fc.assert(property, runs(1_000));
  });
});
