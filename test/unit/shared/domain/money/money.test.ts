import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, isCurrency } from '../../../../../shared/domain/money/currency.ts';
import { ceilingDivide, floorDivide } from '../../../../../shared/domain/money/fraction.ts';
import { minorPerMajor, toDecimal } from '../../../../../shared/domain/money/money.ts';

describe('currencies', () => {
  it('know their minor unit', () => {
    expect(['JPY', 'EUR', 'KWD'].map(currencyExponent)).toEqual([0, 2, 3]);
  });

  it.each(['XAU', 'XTS', 'XXX', 'CLF', 'USN', 'DEM', 'eur', 'EURO', ''])('leave out %j', (code) => {
    expect(isCurrency(code)).toBe(false);
  });

  it('refuse to guess a minor unit', () => {
    expect(() => minorPerMajor('XAU')).toThrow('no known minor unit');
  });
});

describe('division', () => {
  it('rounds down or up, never towards zero', () => {
    expect([7n, -7n, 8n, -8n, 0n].map((n) => floorDivide(n, 4n))).toEqual([1n, -2n, 2n, -2n, 0n]);
    expect([7n, -7n, 8n, -8n, 0n].map((n) => ceilingDivide(n, 4n))).toEqual([2n, -1n, 2n, -2n, 0n]);
  });

  it('encloses the fraction', () => {
    const denominator = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const property = fc.property(fc.bigInt(), denominator, (n, d) => {
      const floor = floorDivide(n, d);
      const ceiling = ceilingDivide(n, d);
      expect(floor * d <= n && n < (floor + 1n) * d).toBe(true);
      expect(ceiling - floor).toBe(n % d === 0n ? 0n : 1n);
    });
    fc.assert(property);
  });
});

describe('decimal text', () => {
  it('has exactly the digits of the currency', () => {
    const texts = [
      { amountMinor: 1250n, currency: 'EUR' },
      { amountMinor: 5n, currency: 'EUR' },
      { amountMinor: -5n, currency: 'USD' },
      { amountMinor: 1250n, currency: 'JPY' },
      { amountMinor: 1n, currency: 'KWD' },
      { amountMinor: 0n, currency: 'GBP' },
    ].map(toDecimal);
    expect(texts).toEqual(['12.50', '0.05', '-0.05', '1250', '0.001', '0.00']);
  });

  it('loses nothing', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'BHD');
    const property = fc.property(fc.bigInt(), currency, (amountMinor, code) => {
      const digits = toDecimal({ amountMinor, currency: code }).replace('.', '');
      expect(BigInt(digits)).toBe(amountMinor);
    });
    fc.assert(property);
  });
});
