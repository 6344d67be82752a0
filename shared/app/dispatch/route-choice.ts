import { type CatalogueProduct, isSoldBy } from '../../domain/catalogue/product.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Candidate, type Choice, chooseProvider } from '../../domain/redemption/routing.ts';
import type { RewardSource } from '../../domain/redemption/terms.ts';
import type { CatalogueStore } from '../../ports/offers.ts';
import type { ProviderCapabilities } from '../../ports/provider.ts';
import type { Clock, Digest, QueueSender } from '../../ports/runtime.ts';
import type { Hold, ProgramStore } from '../../ports/stores.ts';
import type { ProviderGate } from './provider-gate.ts';

export interface ChoiceDependencies {
  readonly clock: Clock;
  readonly programs: ProgramStore;
  readonly gate: Pick<ProviderGate, 'standing'>;
  readonly catalogue: Pick<CatalogueStore, 'state' | 'products'>;
  /** One queue per provider account. */
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
  /** By provider, of those that are known. */
  readonly capabilities: ReadonlyMap<string, Pick<ProviderCapabilities, 'kinds'>>;
}

/** The best source of a redemption among those whose providers have not said no. */
export async function chooseSource(
  dependencies: ChoiceDependencies,
  hold: Hold,
  tried: readonly string[],
): Promise<Choice | undefined> {
  const sources = (await sourcesOf(dependencies.programs, hold)).filter(
    ({ provider }) => !tried.includes(provider),
  );
  const candidates = sources.map((source) => candidateOf(dependencies, hold, source));
  const { kind, promisedBy } = hold.terms;
  const { amountMinor, currency, country } = hold;
  return chooseProvider(await Promise.all(candidates), {
    ...{ kind, promisedBy, country, tried, value: { amountMinor, currency } },
    now: dependencies.clock.now(),
  });
}

/** Those that were agreed; a hold from before has those of the program's reward. */
async function sourcesOf(
  programs: ProgramStore,
  { rewardId, entry, terms }: Hold,
): Promise<readonly RewardSource[]> {
  if (terms.sources.length > 0) return terms.sources;
  const program = programAt(await programs.load(entry.program), entry.occurredAt);
  const reward = program?.rewards.find(({ id }) => id === rewardId);
  if (reward === undefined) return [];
  const { provider, products, alternatives = [] } = reward;
  return [{ provider, products }, ...alternatives];
}

async function candidateOf(
  { capabilities, catalogue, dispatchQueues, gate }: ChoiceDependencies,
  { currency, entry }: Hold,
  source: RewardSource,
): Promise<Candidate> {
  const { provider } = source;
  const kinds = capabilities.get(provider)?.kinds;
  const { outOfFunds, shutUntil } = await gate.standing(provider);
  const known = {
    ...{ ...source, enabled: dispatchQueues.has(provider), outOfFunds },
    ...{ failing: shutUntil !== undefined, ...(kinds !== undefined && { kinds }) },
  };
  if ((await catalogue.state(provider)) === undefined) return known;
  const all = await catalogue.products(provider, currency);
  const products = all.filter((product) => isSoldBy(product, entry.program));
  const sold = new Map<string, CatalogueProduct>(products.map((each) => [each.product, each]));
  return { ...known, sold };
}

/** What a provider is asked for, hashed: one reference never carries another body. */
export function payloadHash(digest: Digest, hold: Hold, products: readonly string[]): string {
  const { amountMinor, country, currency, sealedAddress = '', sealedEmail, terms } = hold;
  const { kind, language, sources } = terms;
  const agreed = sources.length === 0 ? [] : [kind, country, language, sealedAddress];
  const payload = [products, amountMinor.toString(), currency, sealedEmail, ...agreed];
  return digest.sha256Short(JSON.stringify(payload));
}
