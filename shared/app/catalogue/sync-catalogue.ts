import { productChanges } from '../../domain/catalogue/changes.ts';
import type { CatalogueProduct } from '../../domain/catalogue/product.ts';
import { invariant } from '../../domain/result.ts';
import { addMs } from '../../domain/time.ts';
import type { CatalogueState, CatalogueStore } from '../../ports/offers.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { Logger } from '../../ports/runtime.ts';
import { type TellDependencies, tellChanges } from './tell-changes.ts';

export interface SyncDependencies extends TellDependencies {
  readonly logger: Logger;
  readonly catalogue: CatalogueStore;
}

export type Synced = 'kept' | 'early' | 'changed' | 'unreadable' | 'lost';

/** A provider that sells more than this is read by something else than one function. */
const maximumProducts = 50_000;
/** A reading that has lost more than half of the products is believed when it is read again. */
const believedPercent = 50;
const minuteMs = 60_000;

/**
 * Reads what one provider sells, whole, and keeps it; what is kept stays where it cannot be read.
 * Members who count on a reward that has changed are told. `always`: also before it is due, since
 * something told us of a change.
 */
export async function syncCatalogue(
  dependencies: SyncDependencies,
  provider: RewardProvider,
  { always = false }: { readonly always?: boolean } = {},
): Promise<Synced> {
  const { catalogue, clock, logger } = dependencies;
  const { name } = provider;
  const state = await catalogue.state(name);
  const everyMs = provider.capabilities.catalogueEveryMinutes * minuteMs;
  // A schedule never comes to the very minute.
  const isEarly = state !== undefined && clock.now() < addMs(state.readAt, everyMs - 5 * minuteMs);
  if (isEarly && !always) return 'early';
  const before = await productsOf(catalogue, state);
  const products = await believable(provider, before.length, logger);
  if (products === undefined) return 'unreadable';
  const changes = productChanges(before, products);
  // First told, then kept: a death in between tells it twice, where it would never be told.
  await tellChanges(dependencies, name, changes);
  const next = { readAt: clock.now(), products };
  if ((await catalogue.replace(state, next, name)) === 'lost') return 'lost';
  logger.info('CATALOGUE_READ', {
    ...{ provider: name, count: products.length, applied: changes.length },
  });
  return changes.length === 0 ? 'kept' : 'changed';
}

/** Everything that is kept of a provider. */
export async function productsOf(
  catalogue: CatalogueStore,
  state: CatalogueState | undefined,
): Promise<readonly CatalogueProduct[]> {
  if (state === undefined) return [];
  const lists = state.currencies.map((currency) => catalogue.products(state.provider, currency));
  return (await Promise.all(lists)).flat();
}

/** What is sold, or `undefined`: it cannot be read, or what was read cannot be true. */
async function believable(
  provider: RewardProvider,
  countBefore: number,
  logger: Logger,
): Promise<readonly CatalogueProduct[] | undefined> {
  const isEnough = (count: number) => count * 100 >= countBefore * believedPercent && count > 0;
  const first = await read(provider, logger);
  // Nothing was sold before either: what programs say of the provider goes on to count.
  if (first?.length === 0 && countBefore === 0) return undefined;
  if (first === undefined || isEnough(first.length)) return first;
  const again = await read(provider, logger);
  if (again !== undefined && again.length > 0 && again.length === first.length) return again;
  logger.error('CATALOGUE_DOUBTFUL', { provider: provider.name, count: first.length });
  return undefined;
}

async function read(
  provider: RewardProvider,
  logger: Logger,
): Promise<readonly CatalogueProduct[] | undefined> {
  const products = new Map<string, CatalogueProduct>();
  try {
    for await (const product of provider.catalogue()) {
      products.set(product.product, product);
      invariant(products.size <= maximumProducts, 'A catalogue has more products than are read.');
    }
    return [...products.values()];
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    logger.warn('CATALOGUE_UNREADABLE', { provider: provider.name });
    return undefined;
  }
}
