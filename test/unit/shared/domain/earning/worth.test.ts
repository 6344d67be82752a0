import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rounding, rounded } from '../../../../../shared/domain/money/fraction.ts';
import { Books } from './books.ts';
import { anAward, anEvent, aRule, pointsIn, programWith } from './fixtures.ts';

type Parts = Parameters<typeof anEvent>[0];

function earned(award: Record<string, unknown>, event: Parts, parts = {}): bigint {
  const books = new Books(programWith({ rules: [aRule({ award })] }, parts));
  return pointsIn(books.book(anEvent(event)));
}

const lines = [
  { sku: 'wine', quantity: 2, amountMinor: 4000n, category: 'drinks' },
  { sku: 'fee', quantity: 1, amountMinor: 1000n, category: 'service' },
  { sku: 'bread', quantity: 3, amountMinor: 599n },
];
const productLists = {
  offers: { version: '1', products: { wine: { points: 3, basisPoints: 450 }, bread: {} } },
};
const counted = { lines, amountMinor: 5599n };

describe('an award per amount', () => {
  it.each([
    ['down', 50n],
    ['halfUp', 51n],
    ['up', 51n],
  ])('is rounded %s once', (rounding, points) => {
    expect(earned(anAward({ rounding }), { amountMinor: 5050n })).toBe(points);
  });

  it('counts by the minor unit of the currency', () => {
    const parts = { currencies: ['JPY', 'KWD', 'EUR'] };
    const points = ['JPY', 'KWD', 'EUR'].map((currency) =>
      earned(anAward(), { currency, amountMinor: 12_345n }, parts),
    );
    expect(points).toEqual([12_345n, 12n, 123n]);
  });

  it.each([
    [{ only: { categories: ['drinks'] } }, 40n],
    [{ only: { skus: ['bread'] } }, 5n],
    [{ only: { productList: 'offers' } }, 45n],
    [{ only: { productList: 'offers', categories: ['service'] } }, 55n],
    [{ except: { categories: ['service'] } }, 45n],
    [{ only: { productList: 'offers' }, except: { skus: ['bread'] } }, 40n],
  ])('counts lines by %j', (filter, points) => {
    expect(earned(anAward({ lines: filter }), counted, { productLists })).toBe(points);
  });

  it('counts nothing of an event without lines where only some count, else all', () => {
    const only = { only: { categories: ['drinks'] } };
    expect(earned(anAward({ lines: only }), {})).toBe(0n);
    const except = { except: { categories: ['drinks'] } };
    expect(earned(anAward({ lines: except }), {})).toBe(100n);
  });

  it('has a rate for each line, summed before it is rounded', () => {
    const points = { by: 'category', rows: { drinks: 3, service: 0 }, otherwise: 1 };
    // 4000 * 3 + 1000 * 0 + 599 * 1 = 12,599 hundredths.
    expect(earned(anAward({ points }), counted)).toBe(125n);
  });

  it('has the rate of a product list', () => {
    const points = { by: 'productList', list: 'offers', otherwise: 1 };
    // 4000 * 3 + 1000 + 599.
    expect(earned(anAward({ points }), counted, { productLists })).toBe(135n);
  });

  it('has the rate of how it was paid', () => {
    const points = { by: 'data.method', rows: { card: 1, wallet: 2 }, otherwise: 0 };
    const by = (method: string) => earned(anAward({ points }), { data: { method } });
    expect(['card', 'wallet', 'cheque', 'toString'].map(by)).toEqual([100n, 200n, 0n, 0n]);
  });

  it('below its minimum counts nothing at all', () => {
    const award = anAward({ minimumAmountMinor: { EUR: 5000 } });
    expect(earned(award, { amountMinor: 5000n })).toBe(50n);
    const books = new Books(programWith({ rules: [aRule({ award })] }));
    const { awards, explanation } = books.book(anEvent({ amountMinor: 4999n }));
    expect(awards).toEqual([]);
    expect(explanation).toMatchObject({ rule: 'base', reason: 'BELOW_MINIMUM_AMOUNT' });
  });
});

describe('an award per quantity', () => {
  const perQuantity = { kind: 'perQuantity', unit: 'PTS', points: 5, per: 2, rounding: 'down' };

  it('counts pieces of the counted lines', () => {
    const filter = { except: { categories: ['service'] } };
    expect(earned({ ...perQuantity, quantity: 'lines', lines: filter }, counted)).toBe(12n);
  });

  it('counts a field that holds a whole number', () => {
    const award = { ...perQuantity, quantity: 'data.nights' };
    const by = (nights: unknown) => earned(award, { data: { nights } });
    expect([4, 7, 0, 1.5, -2, '4', undefined].map(by)).toEqual([10n, 17n, 0n, 0n, 0n, 0n, 0n]);
  });
});

describe('a table', () => {
  it('gives once by a field', () => {
    const points = { by: 'data.cabin', rows: { inside: 500, suite: 1500 }, otherwise: 100 };
    const award = { kind: 'table', unit: 'PTS', points };
    expect(earned(award, { data: { cabin: 'suite' } })).toBe(1500n);
    expect(earned(award, {})).toBe(100n);
  });

  it('gives for each piece of a line', () => {
    const points = { by: 'sku', rows: { wine: 10, fee: 0 }, otherwise: 1 };
    expect(earned({ kind: 'table', unit: 'PTS', points }, counted)).toBe(23n);
  });
});

describe('a percentage', () => {
  const percentage = { kind: 'percentage', unit: 'PTS', rounding: 'halfUp' };

  it('is one of minor units', () => {
    expect(earned({ ...percentage, basisPoints: 250 }, { amountMinor: 1299n })).toBe(32n);
  });

  it('has a rate by product', () => {
    const basisPoints = { by: 'productList', list: 'offers', otherwise: 100 };
    // 4000 * 4.5 % + 1599 * 1 % = 195.99.
    expect(earned({ ...percentage, basisPoints }, counted, { productLists })).toBe(196n);
  });
});

describe('a choice', () => {
  const options = {
    points: { kind: 'fixed', unit: 'PTS', points: 3 },
    more: { kind: 'fixed', unit: 'PTS', points: 4 },
  };
  const award = { kind: 'choice', by: 'data.earn', options, otherwise: 'points' };

  it.each([
    ['more', 4n],
    ['points', 3n],
    ['unheard', 3n],
    ['constructor', 3n],
    [undefined, 3n],
    [7, 3n],
  ])('of %s gives %s', (earn, points) => {
    expect(earned(award, { data: { earn } })).toBe(points);
  });
});

describe('rounding', () => {
  it('is that of the exact fraction', () => {
    const numerator = fc.bigInt({ min: 0n, max: 10n ** 24n });
    const denominator = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const property = fc.property(numerator, denominator, (n, d) => {
      const by = (mode: Rounding) => rounded({ numerator: n, denominator: d }, mode);
      const [down, halfUp, up] = [by('down'), by('halfUp'), by('up')];
      // Without division: the nearest whole numbers bracket the fraction.
      expect(down * d <= n && n < (down + 1n) * d).toBe(true);
      expect(up * d >= n && n > (up - 1n) * d).toBe(true);
      expect(2n * n >= (2n * halfUp - 1n) * d && 2n * n < (2n * halfUp + 1n) * d).toBe(true);
    });
    fc.assert(property, { seed: 3, numRuns: 2000 });
  });
});
