import { invariant } from '../../domain/result.ts';
import type { ProviderCapabilities, RewardProvider } from '../../ports/provider.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { Fetch } from './http.ts';
import { reloadlyAdapter } from './reloadly.ts';
import { runaAdapter } from './runa.ts';
import { tangoAdapter } from './tango.ts';
import { tremendousAdapter } from './tremendous.ts';
import { voucherPoolCapabilities, voucherPoolName } from './voucher-pool.ts';

/** What an adapter is given beside the credentials of its account. */
export interface AdapterContext {
  readonly clock: Clock;
  /** Of each call. */
  readonly timeoutMs: number;
  readonly fetch?: Fetch;
}

export interface ProviderAdapter {
  readonly name: string;
  /** Of any account. */
  readonly capabilities: ProviderCapabilities;
  /**
   * `secret` is the JSON of the account's secret, parsed by the adapter's own schema; a field that
   * is missing or cannot be right throws, and no error quotes a value.
   */
  open(secret: unknown, context: AdapterContext): RewardProvider;
}

const adapters: ReadonlyMap<string, ProviderAdapter> = new Map(
  [tremendousAdapter, runaAdapter, tangoAdapter, reloadlyAdapter].map((adapter) => [
    adapter.name,
    adapter,
  ]),
);

export const providerNames: readonly string[] = [...adapters.keys()];

/** By provider, our own pools of codes among them: for who routes and calls nobody. */
export const providerCapabilities: ReadonlyMap<string, ProviderCapabilities> = new Map([
  ...[...adapters.values()].map(({ name, capabilities }) => [name, capabilities] as const),
  [voucherPoolName, voucherPoolCapabilities],
]);

/** Throws `InvariantError` for a name that no adapter stands behind. */
export function providerAdapter(name: string): ProviderAdapter {
  const adapter = adapters.get(name);
  invariant(adapter !== undefined, `There is no adapter for a provider named ${name}.`);
  return adapter;
}
