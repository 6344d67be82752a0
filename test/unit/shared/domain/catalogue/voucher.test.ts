import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstUsefulDay,
  productOfPool,
  readPoolProduct,
  sealOfPoolKey,
  sealOfVoucher,
  stockOf,
} from '../../../../../shared/domain/catalogue/voucher.ts';
import { addDays, instantOf, startOfDay } from '../../../../../shared/domain/time.ts';

describe('a pool of vouchers', () => {
  it('is named by its program and its own name, and by nothing else', () => {
    const pool = { program: 'shop', pool: 'spa-day' };
    expect(productOfPool(pool)).toBe('shop/spa-day');
    expect(readPoolProduct('shop/spa-day')).toEqual(pool);
    for (const other of ['shop', 'shop/', '/spa', 'shop/spa/day', 'Shop/spa', 'shop/spa#1', '']) {
      expect(readPoolProduct(other)).toBeUndefined();
    }
  });

  it('is low with fewer codes than it wants, and empty with none', () => {
    expect([0, 1, 19, 20, 21].map((free) => stockOf(free, 20))).toEqual([
      ...(['empty', 'low', 'low', 'plenty', 'plenty'] as const),
    ]);
    expect([0, 1].map((free) => stockOf(free, 0))).toEqual(['empty', 'plenty']);
  });

  it('seals each code, and its key, in a place of its own', () => {
    const pool = { program: 'shop', pool: 'spa-day' };
    const places = [
      ...[sealOfVoucher(pool, 'a'), sealOfVoucher(pool, 'b'), sealOfPoolKey(pool)],
      sealOfPoolKey({ ...pool, pool: 'spa-day/a' }),
    ];
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(4);
  });
});

describe('the first useful day', () => {
  it('leaves every member some hours, wherever they are', () => {
    const latest = 4_102_444_800_000;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: latest }), (nowMs) => {
        const day = firstUsefulDay(instantOf(nowMs));
        const endsFirst = startOfDay(addDays(day, 1), 'Pacific/Kiritimati');
        const hourMs = 3_600_000;
        expect(endsFirst - nowMs).toBeGreaterThanOrEqual(10 * hourMs);
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});
