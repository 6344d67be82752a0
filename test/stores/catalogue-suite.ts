import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/domain/time.ts';
import type { CatalogueStore } from '../../shared/ports/offers.ts';
import { productOf } from '../support/products.ts';

const at = instantOf(Date.UTC(2026, 3, 1));

/** What every store of catalogues does. */
export function catalogueSuite(open: () => Promise<CatalogueStore>): void {
  let store: CatalogueStore;
  beforeEach(async () => {
    store = await open();
  });
  const everything = productOf({
    ...{ disclosure: 'Terms — 条款 — شروط', image: 'https://cards.example/amazon.png' },
    bands: [
      { minimumMinor: 500n, maximumMinor: 500n },
      { minimumMinor: 1_000n, maximumMinor: 999_999_999_999_999_999n, stepMinor: 500n },
    ],
    fee: { currency: 'USD', amountMinor: 35n },
  });
  const dear = productOf({ product: 'X-JP', currency: 'JPY', bands: [], orderable: false });

  describe('a catalogue', () => {
    it('is not known before it was read', async () => {
      expect(await store.state('runa')).toBeUndefined();
      expect(await store.products('runa', 'GBP')).toEqual([]);
    });

    it('comes back as it was read, by currency', async () => {
      const read = { readAt: at, products: [everything, dear] };
      expect(await store.replace(undefined, read, 'runa')).toBe('done');
      expect(await store.products('runa', 'GBP')).toEqual([everything]);
      expect(await store.products('runa', 'JPY')).toEqual([dear]);
      expect(await store.products('tango', 'GBP')).toEqual([]);
      const state = await store.state('runa');
      expect(state).toMatchObject({ provider: 'runa', readAt: at, version: 1 });
      expect([...(state?.currencies ?? [])].sort()).toEqual(['GBP', 'JPY']);
    });

    it('is replaced whole', async () => {
      await store.replace(undefined, { readAt: at, products: [everything, dear] }, 'runa');
      const state = await store.state('runa');
      const other = productOf({ product: 'OTHER' });
      expect(await store.replace(state, { readAt: at, products: [other] }, 'runa')).toBe('done');
      expect(await store.products('runa', 'GBP')).toEqual([other]);
      expect(await store.products('runa', 'JPY')).toEqual([]);
      expect((await store.state('runa'))?.version).toBe(2);
    });

    it('is replaced by one reader only of those who saw the same', async () => {
      const [first, second] = ['A', 'B'].map((product) => productOf({ product }));
      const replacing = [first, second].map((product) => {
        const products = product === undefined ? [] : [product];
        return store.replace(undefined, { readAt: at, products }, 'runa');
      });
      const outcomes = await Promise.all(replacing);
      expect(outcomes.toSorted()).toEqual(['done', 'lost']);
      expect(await store.products('runa', 'GBP')).toHaveLength(1);
    });
  });
}
