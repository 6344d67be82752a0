import * as z from 'zod/mini';
import type { CatalogueProduct, RewardKind } from '../../../domain/catalogue/product.ts';
import { isCurrency } from '../../../domain/money/currency.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { answerOf } from '../answer-of.ts';
import {
  bandOf,
  countryCodes,
  faceBasisPoints,
  longestName,
  shownWith,
} from '../catalogue-parts.ts';
import { isOwnNo } from '../http.ts';
import { identifier, identifierPattern, wireNumber } from '../wire-schemas.ts';
import type { TremendousCalls } from './calls.ts';
import { productIdOf, vendorIdOf } from './product-id.ts';

/** The link is in the answer to an order; review on Tremendous' side takes longer, and is rare. */
const deliveryMinutes = 5;
/** The catalogue says nothing of fees and discounts: `payment` of each order does. */
const costBasisPoints = faceBasisPoints;

/** Transfers to a bank or wallet are payouts, not rewards: they are left out. */
const kinds: ReadonlyMap<string, RewardKind> = new Map([
  ['merchant_card', 'eGiftCard'],
  ['visa_card', 'prepaidCard'],
  ['charity', 'donation'],
]);

const productSchema = z.object({
  id: identifier,
  name: z.string().check(z.trim(), z.minLength(1)),
  category: z.string(),
  disclosure: z.nullish(z.string()),
  skus: z.array(z.object({ min: wireNumber, max: wireNumber })),
  currency_codes: z.array(z.string()),
  countries: z.array(z.object({ abbr: z.string() })),
  images: z.nullish(z.array(z.object({ src: z.string(), type: z.nullish(z.string()) }))),
});
type Product = z.infer<typeof productSchema>;

/**
 * Everything that is sold; one answer holds it all. Throws `ProviderUnavailableError`, also for a
 * list in which nothing can be read.
 */
export async function* catalogue(calls: TremendousCalls): AsyncGenerator<CatalogueProduct> {
  const { products } = answerOf('tremendous', await calls.listProducts());
  const read = products.map((entry) => z.safeParse(productSchema, entry).data);
  if (products.length > 0 && read.every((product) => product === undefined)) {
    throw new ProviderUnavailableError('tremendous');
  }
  const told = new Set<string>();
  for (const product of read.flatMap((it) => (it === undefined ? [] : inOurWords(it)))) {
    if (told.has(product.product)) continue;
    told.add(product.product);
    yield product;
  }
}

/** One product, also by its plain id where it is sold in several currencies: then in the first. */
export async function product(
  calls: TremendousCalls,
  id: string,
): Promise<CatalogueProduct | undefined> {
  const vendorId = vendorIdOf(id);
  if (!identifierPattern.test(vendorId)) return undefined;
  const reply = await calls.getProduct(vendorId);
  if (isOwnNo(reply, 404)) return undefined;
  const read = z.safeParse(productSchema, answerOf('tremendous', reply).product).data;
  if (read === undefined) return undefined;
  if (read.id !== vendorId) throw new ProviderUnavailableError('tremendous');
  const variants = inOurWords(read);
  return id === vendorId ? variants[0] : variants.find((variant) => variant.product === id);
}

function inOurWords(product: Product): readonly CatalogueProduct[] {
  const kind = kinds.get(product.category);
  const countries = countryCodes(product.countries.map(({ abbr }) => abbr))?.toSorted();
  if (kind === undefined || countries === undefined) return [];
  const { name, currency_codes: currencies } = product;
  const shown = {
    name: name.slice(0, longestName),
    brand: name.slice(0, longestName),
    ...{ countries, languages: [] },
    ...shownWith(product.disclosure ?? '', imagesOf(product)),
  };
  return currencies.filter(isCurrency).flatMap((currency): CatalogueProduct[] => {
    const bands = product.skus.flatMap(({ min, max }) => bandOf(min, max, currency) ?? []);
    if (bands.length === 0) return [];
    const id = productIdOf(product.id, currency, currencies.length === 1);
    const said = { provider: 'tremendous', product: id, kind, currency, bands, ...shown };
    return [{ ...said, deliveryMinutes, costBasisPoints, orderable: true }];
  });
}

/** The card before anything else. */
function imagesOf({ images }: Product): readonly string[] {
  const all = images ?? [];
  return [...all.filter(({ type }) => type === 'card'), ...all].map(({ src }) => src);
}
