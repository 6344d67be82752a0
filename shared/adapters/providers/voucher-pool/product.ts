import type { CatalogueProduct } from '../../../domain/catalogue/product.ts';
import { productOfPool } from '../../../domain/catalogue/voucher.ts';
import type { VoucherPool } from '../../../ports/vouchers.ts';

/** The code is here already: what takes time is our own queue. */
const deliveryMinutes = 1;

export function productOf(provider: string, pool: VoucherPool): CatalogueProduct {
  const { program, name, kind, currency, faceValueMinor, countries, costBasisPoints, stock } = pool;
  const band = { minimumMinor: faceValueMinor, maximumMinor: faceValueMinor };
  return {
    ...{ provider, product: productOfPool(pool), name, brand: name, kind, currency },
    bands: faceValueMinor === 0n ? [] : [band],
    ...{ countries, languages: [], deliveryMinutes, costBasisPoints },
    ...{ orderable: stock !== 'empty', program },
  };
}
