import type { Alternative } from '../../domain/catalogue/alternatives.ts';
import { alternativesTo, type Wanted } from '../../domain/catalogue/alternatives.ts';
import { type Catalogues, listedOffer } from '../../domain/catalogue/listed.ts';
import { mergedOffers, productsOfReward } from '../../domain/catalogue/merge.ts';
import {
  isFor,
  isForMember,
  isOnSale,
  isSoldIn,
  type Offer,
  type Viewer,
} from '../../domain/catalogue/offer.ts';
import { isSoldBy, type RewardKind } from '../../domain/catalogue/product.ts';
import { isCurrency } from '../../domain/money/currency.ts';
import type { Program, Reward } from '../../domain/program/schema.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { CatalogueStore } from '../../ports/offers.ts';

/** Where rewards are had from. */
export interface OfferDependencies {
  readonly catalogue: Pick<CatalogueStore, 'state' | 'products'>;
  /** Providers that the region has accounts with. */
  readonly providerNames: readonly string[];
}

/** Everything that a viewer may have now, listed rewards first. */
export async function offersOf(
  dependencies: OfferDependencies,
  program: Program,
  viewer: Viewer,
): Promise<Offer[]> {
  const catalogues = await readCatalogues(dependencies, program);
  return offersIn(program, viewer, catalogues);
}

function offersIn(program: Program, viewer: Viewer, catalogues: Catalogues): Offer[] {
  const listed = program.rewards
    .filter((reward) => isFor(program, reward, viewer))
    .flatMap((reward) => listedOffer(program, reward, viewer, catalogues) ?? []);
  const ids = new Set(program.rewards.map(({ id }) => id));
  if (program.catalogue === undefined) return listed;
  const merged = mergedOffers(program.catalogue, catalogues, viewer);
  return [...listed, ...merged.filter(({ rewardId }) => !ids.has(rewardId))];
}

/**
 * One reward for a viewer. Refusals: `UNKNOWN_REWARD`, `REWARD_NOT_IN_COUNTRY`,
 * `REWARD_NOT_FOR_MEMBER`, and `REWARD_UNAVAILABLE` where nobody sells it now.
 */
export async function offerOf(
  dependencies: OfferDependencies,
  program: Program,
  rewardId: string,
  viewer: Viewer,
): Promise<Result<Offer, Refusal>> {
  const reward = rewardIn(program, rewardId);
  if (reward === undefined) return catalogueOffer(dependencies, program, rewardId, viewer);
  if (!isSoldIn(program, reward, viewer.country)) {
    return failure(refusal('REWARD_NOT_IN_COUNTRY', 'country'));
  }
  if (!isForMember(reward, viewer)) return failure(refusal('REWARD_NOT_FOR_MEMBER', 'rewardId'));
  if (!isOnSale(reward, viewer.today)) return failure(refusal('REWARD_UNAVAILABLE', 'rewardId'));
  const catalogues = await readSources(dependencies, program, reward);
  const offer = listedOffer(program, reward, viewer, catalogues);
  return offer === undefined ? failure(refusal('REWARD_UNAVAILABLE', 'rewardId')) : success(offer);
}

async function catalogueOffer(
  dependencies: OfferDependencies,
  program: Program,
  rewardId: string,
  viewer: Viewer,
): Promise<Result<Offer, Refusal>> {
  const selling = program.catalogue;
  const catalogues = await catalogueOf(dependencies, program, rewardId);
  if (selling === undefined) return failure(refusal('UNKNOWN_REWARD', 'rewardId'));
  const offers = mergedOffers(selling, catalogues, viewer);
  const found = offers.find((offer) => offer.rewardId === rewardId);
  if (found !== undefined) return success(found);
  const listed = productsOfReward(selling, catalogues, rewardId);
  if (listed.length === 0) return failure(refusal('UNKNOWN_REWARD', 'rewardId'));
  const isThere = listed.some(
    ({ countries }) => countries.length === 0 || countries.includes(viewer.country),
  );
  return failure(
    isThere
      ? refusal('REWARD_UNAVAILABLE', 'rewardId')
      : refusal('REWARD_NOT_IN_COUNTRY', 'country'),
  );
}

/** What kind of reward an id means, also of one that cannot be had now. */
export async function kindOf(
  dependencies: OfferDependencies,
  program: Program,
  rewardId: string,
): Promise<RewardKind | undefined> {
  const reward = rewardIn(program, rewardId);
  if (reward !== undefined || program.catalogue === undefined) return reward?.kind;
  const catalogues = await catalogueOf(dependencies, program, rewardId);
  return productsOfReward(program.catalogue, catalogues, rewardId)[0]?.kind;
}

/** Where a reward of the catalogue may stand: its id ends with its currency. */
async function catalogueOf(
  dependencies: OfferDependencies,
  program: Program,
  rewardId: string,
): Promise<Catalogues> {
  const currency = rewardId.slice(-3).toUpperCase();
  if (program.catalogue === undefined || !isCurrency(currency)) return new Map();
  return readCatalogues(dependencies, program, currency);
}

/** What is nearest to a reward that cannot be had, among what is sold for its currency. */
export async function nearestOffers(
  dependencies: OfferDependencies,
  program: Program,
  wanted: Wanted,
  viewer: Viewer,
): Promise<Alternative[]> {
  const catalogues = await readCatalogues(dependencies, program, wanted.currency);
  return alternativesTo(offersIn(program, viewer, catalogues), wanted);
}

export function rewardIn({ rewards }: Program, rewardId: string): Reward | undefined {
  return rewards.find(({ id }) => id === rewardId);
}

/** The catalogues that a program's rewards are looked up in; of one currency where it is named. */
export async function readCatalogues(
  dependencies: OfferDependencies,
  { program, rewards, catalogue: selling }: Program,
  currency?: string,
): Promise<Catalogues> {
  const { providerNames } = dependencies;
  const listed = rewards.flatMap((reward) => {
    const isWanted = currency === undefined || reward.currency === currency;
    return isWanted ? sourcesOf(reward).map(({ provider }) => provider) : [];
  });
  const sold = selling === undefined ? [] : (selling.providers ?? providerNames);
  const all = [...new Set([...listed, ...sold])];
  const read = all.map((provider) => readOne(dependencies, { provider, program, currency }));
  return new Map((await Promise.all(read)).flat());
}

/** The catalogues of one reward's providers. */
export async function readSources(
  dependencies: OfferDependencies,
  { program }: Program,
  reward: Pick<Reward, 'provider' | 'alternatives' | 'currency'>,
): Promise<Catalogues> {
  const providers = [...new Set(sourcesOf(reward).map(({ provider }) => provider))];
  const { currency } = reward;
  const read = providers.map((provider) => readOne(dependencies, { provider, program, currency }));
  return new Map((await Promise.all(read)).flat());
}

function sourcesOf({ provider, alternatives = [] }: Pick<Reward, 'provider' | 'alternatives'>) {
  return [{ provider }, ...alternatives];
}

type Read = readonly [string, Awaited<ReturnType<CatalogueStore['products']>>];

interface Looked {
  readonly provider: string;
  readonly program: string;
  readonly currency: string | undefined;
}

/**
 * What can be ordered of a provider: whatever a program says where its catalogue has never been
 * read, and nothing where the region has no account with it.
 */
async function readOne(
  { catalogue, providerNames }: OfferDependencies,
  { provider, program, currency }: Looked,
): Promise<Read[]> {
  const isEnabled = providerNames.includes(provider);
  const state = await catalogue.state(provider);
  if (state === undefined) return isEnabled ? [] : [[provider, []]];
  const currencies = state.currencies.filter((one) => currency === undefined || one === currency);
  const lists = currencies.map((one) => catalogue.products(provider, one));
  const products = (await Promise.all(lists)).flat();
  const sold = products.filter((product) => isSoldBy(product, program));
  return [[provider, isEnabled ? sold : sold.map((each) => ({ ...each, orderable: false }))]];
}
