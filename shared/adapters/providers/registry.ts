import { invariant } from '../../domain/result.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import type { Fetch } from './http.ts';
import { createTremendous } from './tremendous.ts';

export interface ProviderSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookKey: string;
  readonly timeoutMs: number;
  readonly fetch?: Fetch;
}

export interface ProviderAdapter {
  create(settings: ProviderSettings): RewardProvider;
}

const adapters: ReadonlyMap<string, ProviderAdapter> = new Map([
  ['tremendous', { create: createTremendous }],
]);

export const providerNames: readonly string[] = [...adapters.keys()];

/** Throws `InvariantError` for a name that no adapter stands behind. */
export function providerAdapter(name: string): ProviderAdapter {
  const adapter = adapters.get(name);
  invariant(adapter !== undefined, `There is no adapter for a provider named ${name}.`);
  return adapter;
}
