import type { Band, CatalogueProduct } from './product.ts';

/** What became of a product between two readings, as members are told. */
export type ProductChange =
  | 'delisted'
  | 'unavailable'
  | 'availableAgain'
  | 'amountsChanged'
  | 'countriesChanged';

export interface ChangedProduct {
  readonly change: ProductChange;
  /** As it was before, or as it is now where there was none. */
  readonly product: CatalogueProduct;
}

/**
 * The products that members may count on and that are not what they were. A new product is nobody's
 * yet; a change of name, terms or price to us changes nothing that was promised.
 */
export function productChanges(
  before: readonly CatalogueProduct[],
  after: readonly CatalogueProduct[],
): ChangedProduct[] {
  const now = new Map(after.map((product) => [product.product, product]));
  return before.flatMap((product): ChangedProduct[] => {
    const change = changeOf(product, now.get(product.product));
    return change === undefined ? [] : [{ change, product }];
  });
}

function changeOf(
  before: CatalogueProduct,
  now: CatalogueProduct | undefined,
): ProductChange | undefined {
  if (now === undefined) return before.orderable ? 'delisted' : undefined;
  if (before.orderable && !now.orderable) return 'unavailable';
  if (!before.orderable) return now.orderable ? 'availableAgain' : undefined;
  if (bandsText(before.bands) !== bandsText(now.bands)) return 'amountsChanged';
  const countries = (product: CatalogueProduct) => [...product.countries].sort().join();
  return countries(before) === countries(now) ? undefined : 'countriesChanged';
}

function bandsText(bands: readonly Band[]): string {
  const texts = bands.map(
    ({ minimumMinor, maximumMinor, stepMinor = 1n }) =>
      `${minimumMinor}-${maximumMinor}/${stepMinor}`,
  );
  return texts.sort().join();
}
