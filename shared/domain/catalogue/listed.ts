import type { Money } from '../money/money.ts';
import type { Program, Reward } from '../program/schema.ts';
import type { RewardSource } from '../redemption/terms.ts';
import { invariant } from '../result.ts';
import type { Offer, OfferedProduct, OfferPrice, OfferSource, Viewer } from './offer.ts';
import { type Band, type CatalogueProduct, isOffered } from './product.ts';

/** By provider, what it sells; one that is absent has never been read. */
export type Catalogues = ReadonlyMap<string, readonly CatalogueProduct[]>;

/** A day, where neither program nor provider says how long it takes. */
const usualMinutes = 1440;

/**
 * A listed reward as it can be had now, or `undefined` where nobody sells it. Where a provider's
 * catalogue has been read, only what stands in it counts; else the program's word does.
 */
export function listedOffer(
  program: Program,
  reward: Reward,
  viewer: Pick<Viewer, 'country' | 'language'>,
  catalogues: Catalogues,
): Offer | undefined {
  const all = [reward, ...(reward.alternatives ?? [])];
  const found = all.flatMap(({ provider, products }) => {
    const read = catalogues.get(provider);
    const sold = read?.filter((product) => isSold(product, reward.currency, viewer.country));
    return soldProducts(provider, products, sold);
  });
  const bands = bandsOf(
    reward,
    found.map(({ source }) => source),
  );
  const sources = found.filter(({ source }) => isUseful(source, bands));
  if (sources.length === 0 || (bands?.length === 0 && reward.amountsMinor !== undefined)) {
    return undefined;
  }
  const told = sources.flatMap(({ facts }) => facts);
  const disclosure = reward.disclosure ?? told.find((each) => each.disclosure)?.disclosure;
  const image = told.find((each) => each.image)?.image;
  return {
    ...{ rewardId: reward.id, kind: reward.kind, currency: reward.currency, unit: reward.unit },
    ...{ name: nameIn(program, reward, viewer.language), countries: reward.countries },
    ...{ price: priceOf(reward), minimumPoints: BigInt(reward.minimumPoints) },
    ...(bands && { bands }),
    sources: sources.map(({ source }) => source),
    promisedMinutes: reward.promisedMinutes ?? longest(told),
    ...(disclosure !== undefined && { disclosure }),
    ...(image !== undefined && { image }),
  };
}

/** A product that can be ordered for somebody in a country now. */
export function isSold(product: CatalogueProduct, currency: string, country: string): boolean {
  const { countries, orderable } = product;
  const isThere = countries.length === 0 || countries.includes(country);
  return orderable && isThere && product.currency === currency;
}

/** The longest that any of them takes: whoever is chosen keeps the promise. */
export function longest(products: readonly CatalogueProduct[]): number {
  const minutes = products.map(({ deliveryMinutes }) => deliveryMinutes);
  return minutes.length === 0 ? usualMinutes : Math.max(1, ...minutes);
}

/** Of agreed sources, what is still sold; a provider that was never read keeps its own. */
export function stillSold(
  sources: readonly RewardSource[],
  { value, country }: { readonly value: Money; readonly country: string },
  catalogues: Catalogues,
): RewardSource[] {
  return sources.flatMap(({ provider, products }): RewardSource[] => {
    const sold = catalogues
      .get(provider)
      ?.filter((product) => isSold(product, value.currency, country));
    if (sold === undefined) return [{ provider, products }];
    const kept = products.filter((product) => {
      const offered = offeredProduct(product, sold);
      return offered !== undefined && takes(offered, value.amountMinor);
    });
    return kept.length === 0 ? [] : [{ provider, products: kept }];
  });
}

interface Found {
  readonly source: OfferSource;
  readonly facts: readonly CatalogueProduct[];
}

function soldProducts(
  provider: string,
  products: readonly string[],
  sold: readonly CatalogueProduct[] | undefined,
): Found[] {
  if (sold === undefined) {
    return [
      { source: { provider, products: products.map((product) => ({ product })) }, facts: [] },
    ];
  }
  const facts = sold.filter(({ product }) => products.includes(product));
  const kept = products.flatMap((product) => offeredProduct(product, facts) ?? []);
  return kept.length === 0 ? [] : [{ source: { provider, products: kept }, facts }];
}

/** Some providers list one product once for each of its face values. */
export function offeredProduct(
  product: string,
  facts: readonly CatalogueProduct[],
): OfferedProduct | undefined {
  const own = facts.filter((each) => each.product === product);
  if (own.length === 0) return undefined;
  const costBasisPoints = Math.max(...own.map((each) => each.costBasisPoints));
  return { product, bands: own.flatMap(({ bands }) => bands), costBasisPoints };
}

/** What is on the program's list and some provider has; without a list, what any of them has. */
function bandsOf(reward: Reward, sources: readonly OfferSource[]): readonly Band[] | undefined {
  const products = sources.flatMap(({ products: each }) => each);
  const isKnown = products.every(({ bands }) => bands !== undefined);
  if (reward.amountsMinor !== undefined) {
    const listed = reward.amountsMinor.map((amount) => fixedBand(BigInt(amount)));
    return listed.filter(({ minimumMinor }) => products.some((each) => takes(each, minimumMinor)));
  }
  if (!isKnown) return reward.points === undefined ? undefined : [];
  return distinct(products.flatMap(({ bands = [] }) => bands));
}

function isUseful({ products }: OfferSource, bands: readonly Band[] | undefined): boolean {
  if (bands === undefined || bands.length === 0) return true;
  return products.some((product) => bands.some((band) => meets(product, band)));
}

function meets(product: OfferedProduct, { minimumMinor, maximumMinor }: Band): boolean {
  if (minimumMinor === maximumMinor) return takes(product, minimumMinor);
  return product.bands === undefined || product.bands.length > 0;
}

/** Whether a product can be ordered for a face value; where none is named, for any. */
export function takes({ bands }: OfferedProduct, amountMinor: bigint): boolean {
  return bands === undefined || bands.length === 0 || isOffered(bands, amountMinor);
}

function fixedBand(amountMinor: bigint): Band {
  return { minimumMinor: amountMinor, maximumMinor: amountMinor };
}

export function distinct(bands: readonly Band[]): Band[] {
  const bounded = bands
    .filter(({ minimumMinor }) => minimumMinor <= largestMinor)
    .map(({ maximumMinor, ...band }) => ({
      ...{ ...band, maximumMinor: maximumMinor < largestMinor ? maximumMinor : largestMinor },
    }));
  const key = ({ minimumMinor, maximumMinor, stepMinor = 1n }: Band) =>
    `${minimumMinor}-${maximumMinor}/${stepMinor}`;
  const sorted = bounded.toSorted((left, right) =>
    left.minimumMinor < right.minimumMinor ? -1 : 1,
  );
  const each = [...new Map(sorted.map((band) => [key(band), band])).values()];
  return each.filter((band) => !each.some((other) => other !== band && covers(other, band)));
}

/** Amounts on the wire have at most 18 digits. */
const largestMinor = 10n ** 18n - 1n;

/** Whether everything that one allows is allowed by a wider one, too. */
function covers(wide: Band, { minimumMinor, maximumMinor }: Band): boolean {
  const { stepMinor = 1n } = wide;
  return stepMinor === 1n && wide.minimumMinor <= minimumMinor && wide.maximumMinor >= maximumMinor;
}

function nameIn({ languages }: Program, { name, names }: Reward, language: string): string {
  return names?.[language] ?? names?.[languages[0] ?? ''] ?? name;
}

function priceOf({ id, pointsPerMajorUnit, points, marginBasisPoints }: Reward): OfferPrice {
  if (points !== undefined) return { kind: 'fixed', points };
  if (pointsPerMajorUnit !== undefined) return { kind: 'perMajorUnit', points: pointsPerMajorUnit };
  invariant(marginBasisPoints !== undefined, `Reward ${id} was checked to have a price.`);
  return { kind: 'byWorth', marginBasisPoints };
}
