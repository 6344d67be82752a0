import type { CatalogueProduct } from '../../domain/catalogue/product.ts';
import type { CatalogueState, CatalogueStore } from '../../ports/offers.ts';

interface Reading {
  readonly state: CatalogueState;
  readonly products: readonly CatalogueProduct[];
}

export function createMemoryCatalogue(): CatalogueStore {
  const readings = new Map<string, Reading>();
  return {
    async state(provider) {
      return readings.get(provider)?.state;
    },

    async products(provider, currency) {
      const { products = [] } = readings.get(provider) ?? {};
      return products.filter((product) => product.currency === currency);
    },

    async replace(read, { readAt, products }, provider) {
      const standing = readings.get(provider)?.state;
      if (standing?.version !== read?.version) return 'lost';
      const currencies = [...new Set(products.map(({ currency }) => currency))].sort();
      const version = (standing?.version ?? 0) + 1;
      readings.set(provider, { state: { provider, readAt, currencies, version }, products });
      return 'done';
    },
  };
}
