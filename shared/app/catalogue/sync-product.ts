import { productChanges } from '../../domain/catalogue/changes.ts';
import type { CatalogueProduct } from '../../domain/catalogue/product.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import { productsOf, type SyncDependencies } from './sync-catalogue.ts';
import { tellChanges } from './tell-changes.ts';

const maximumRounds = 5;

/**
 * Reads one product again, of which the provider has said that something changed. A provider whose
 * catalogue was never read is left to its schedule, as is what cannot be read now.
 */
export async function syncProduct(
  dependencies: SyncDependencies,
  provider: RewardProvider,
  id: string,
): Promise<'kept' | 'changed' | 'unread'> {
  const { catalogue, logger } = dependencies;
  const { name } = provider;
  const read = await readProduct(provider, id);
  if (read === 'unread') {
    logger.warn('CATALOGUE_UNREADABLE', { provider: name });
    return 'unread';
  }
  const { now } = read;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const state = await catalogue.state(name);
    if (state === undefined) return 'kept';
    const before = await productsOf(catalogue, state);
    const old = before.filter(({ product }) => product === id);
    const changed: readonly CatalogueProduct[] = now === undefined ? [] : [now];
    const changes = productChanges(old, changed);
    const isNew = old.length === 0 && now !== undefined;
    if (changes.length === 0 && !isNew) return 'kept';
    const products = [...before.filter(({ product }) => product !== id), ...changed];
    // First told, then kept: see `syncCatalogue`.
    await tellChanges(dependencies, name, changes);
    // The whole was read when it was: this is one correction to it.
    const replaced = await catalogue.replace(state, { readAt: state.readAt, products }, name);
    if (replaced === 'lost') continue;
    logger.info('CATALOGUE_READ', { provider: name, count: 1, applied: changes.length });
    return 'changed';
  }
  logger.warn('CATALOGUE_UNREADABLE', { provider: name });
  return 'unread';
}

async function readProduct(
  provider: RewardProvider,
  id: string,
): Promise<{ readonly now: CatalogueProduct | undefined } | 'unread'> {
  try {
    return { now: await provider.product(id) };
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    return 'unread';
  }
}
