const separator = '@';

/**
 * A product that Tremendous sells in several currencies is one product a currency to us: the id
 * with the currency behind it. Where there is one currency, the id stands alone.
 */
export function productIdOf(vendorId: string, currency: string, isOnly: boolean): string {
  return isOnly ? vendorId : `${vendorId}${separator}${currency}`;
}

/** What Tremendous calls it. */
export function vendorIdOf(product: string): string {
  return product.split(separator, 1)[0] ?? product;
}
