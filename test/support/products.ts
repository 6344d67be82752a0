import type { CatalogueProduct } from '../../shared/domain/catalogue/product.ts';

/** A gift card of ten to a hundred pounds, unless it is said otherwise. */
export function productOf(change: Partial<CatalogueProduct> = {}): CatalogueProduct {
  return {
    ...{ provider: 'runa', product: 'AMZ-GB', name: 'Amazon', brand: 'Amazon', kind: 'eGiftCard' },
    ...{ currency: 'GBP', countries: ['GB'], languages: ['en'], deliveryMinutes: 5 },
    bands: [{ minimumMinor: 1_000n, maximumMinor: 10_000n }],
    ...{ costBasisPoints: 9_600, orderable: true },
    ...change,
  };
}
