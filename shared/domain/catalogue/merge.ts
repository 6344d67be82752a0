import type { Program } from '../program/schema.ts';
import { type Catalogues, distinct, isSold, longest, offeredProduct } from './listed.ts';
import type { Offer, OfferSource, Viewer } from './offer.ts';
import { type CatalogueProduct, catalogueRewardId } from './product.ts';

type Selling = NonNullable<Program['catalogue']>;

/**
 * What the providers' catalogues hold as rewards of one program: products of one maker, kind and
 * currency are one reward, whoever sells them. The order of what was read decides nothing.
 */
export function mergedOffers(
  selling: Selling,
  catalogues: Catalogues,
  viewer: Pick<Viewer, 'country'>,
): Offer[] {
  const groups = new Map<string, CatalogueProduct[]>();
  for (const product of sellable(selling, catalogues, viewer.country)) {
    const id = catalogueRewardId(product);
    if (selling.leaveOut.includes(id)) continue;
    groups.set(id, [...(groups.get(id) ?? []), product]);
  }
  const ids = [...groups.keys()].sort();
  return ids.map((id) => mergedOffer(id, selling, (groups.get(id) ?? []).toSorted(inOrder)));
}

/** What is sold as a reward, also where it cannot be ordered now, or not everywhere. */
export function productsOfReward(
  selling: Selling,
  catalogues: Catalogues,
  rewardId: string,
): CatalogueProduct[] {
  if (selling.leaveOut.includes(rewardId)) return [];
  const listed = productsOf(selling, catalogues);
  return listed.filter((product) => catalogueRewardId(product) === rewardId);
}

function sellable(selling: Selling, catalogues: Catalogues, country: string): CatalogueProduct[] {
  const listed = productsOf(selling, catalogues);
  return listed.filter((product) => isSold(product, product.currency, country));
}

function productsOf(
  { kinds, providers, brands }: Selling,
  catalogues: Catalogues,
): CatalogueProduct[] {
  return [...catalogues.values()].flat().filter((product) => {
    if (kinds !== undefined && !kinds.includes(product.kind)) return false;
    if (providers !== undefined && !providers.includes(product.provider)) return false;
    if (brands !== undefined && !brands.includes(product.brand)) return false;
    // A reward of the catalogue is priced by its face value.
    return product.bands.length > 0;
  });
}

/** The cheapest to us first. */
function inOrder(left: CatalogueProduct, right: CatalogueProduct): number {
  if (left.costBasisPoints !== right.costBasisPoints) {
    return left.costBasisPoints - right.costBasisPoints;
  }
  const [one, other] = [left, right].map(({ provider, product }) => `${provider} ${product}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

function mergedOffer(id: string, selling: Selling, products: readonly CatalogueProduct[]): Offer {
  const [first] = products;
  if (first === undefined) throw new TypeError('A group holds a product.');
  const disclosure = products.find((each) => each.disclosure)?.disclosure;
  const image = products.find((each) => each.image)?.image;
  return {
    ...{ rewardId: id, kind: first.kind, name: first.name, currency: first.currency },
    countries: everywhere(products) ? [] : countriesOf(products),
    ...{ unit: selling.unit, minimumPoints: BigInt(selling.minimumPoints) },
    price: { kind: 'byWorth', marginBasisPoints: selling.marginBasisPoints },
    bands: distinct(products.flatMap(({ bands }) => bands)),
    sources: sourcesOf(products),
    promisedMinutes: longest(products),
    ...(disclosure !== undefined && { disclosure }),
    ...(image !== undefined && { image }),
  };
}

/** Each product by itself: what is ordered together, only a program can say. */
function sourcesOf(products: readonly CatalogueProduct[]): OfferSource[] {
  const keys = new Map(products.map((each) => [`${each.provider} ${each.product}`, each]));
  return [...keys.values()].flatMap(({ provider, product }): OfferSource[] => {
    const facts = products.filter((each) => each.provider === provider);
    const offered = offeredProduct(product, facts);
    return offered === undefined ? [] : [{ provider, products: [offered] }];
  });
}

function everywhere(products: readonly CatalogueProduct[]): boolean {
  return products.some(({ countries }) => countries.length === 0);
}

function countriesOf(products: readonly CatalogueProduct[]): string[] {
  return [...new Set(products.flatMap(({ countries }) => countries))].sort();
}
