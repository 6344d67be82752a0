import type { CatalogueProduct } from '../../../domain/catalogue/product.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import type { RunaCalls } from './calls.ts';
import { productsOf } from './catalogue.ts';
import { isAbsent } from './outcome.ts';
import { maximumPages } from './pages.ts';

/**
 * Page by page to the empty one that is the last, what cannot be ordered now included. Throws
 * `ProviderUnavailableError`, also half way.
 */
export async function* catalogue(calls: RunaCalls): AsyncGenerator<CatalogueProduct> {
  let after: string | undefined;
  for (let page = 0; page < maximumPages; page += 1) {
    const { catalog, pagination } = answerOf('runa', await calls.listProducts(after));
    if (catalog.length === 0) return;
    for (const value of catalog) yield* productsOf(value);
    const next = pagination?.cursors.after ?? undefined;
    if (next === undefined || next === after) break;
    after = next;
  }
  throw new ProviderUnavailableError('runa');
}

/**
 * Only products have an address of their own: the plans of a subscription are looked for in the
 * whole catalogue, as is a product that there is none of any more.
 */
export async function product(
  calls: RunaCalls,
  code: string,
): Promise<CatalogueProduct | undefined> {
  const reply = await calls.getProduct(code);
  if (reply.kind === 'answer') {
    if (reply.body.code !== code) throw new ProviderUnavailableError('runa');
    return productsOf(reply.body).find((offered) => offered.product === code);
  }
  if (!isAbsent(reply)) throw new ProviderUnavailableError('runa');
  for await (const offered of catalogue(calls)) if (offered.product === code) return offered;
  return undefined;
}
