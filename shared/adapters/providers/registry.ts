import { invariant } from '../../domain/result.ts';
import type { ProviderCapabilities, RewardProvider } from '../../ports/provider.ts';
import type { Clock } from '../../ports/runtime.ts';
import { bankFileCapabilities } from './bank-file/capabilities.ts';
import { charityCapabilities, charityName } from './charity.ts';
import type { Fetch } from './http.ts';
import { payPalPayoutsCapabilities } from './paypal-payouts/capabilities.ts';
import { reloadlyAdapter } from './reloadly.ts';
import { runaAdapter } from './runa.ts';
import { tangoAdapter } from './tango.ts';
import { tremendousAdapter } from './tremendous.ts';
import { voucherPoolCapabilities, voucherPoolName } from './voucher-pool.ts';
import { wiseCapabilities } from './wise/capabilities.ts';

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

/** Of those that sell rewards; those that pay out have a registry, and functions, of their own. */
export const rewardAdapters: ReadonlyMap<string, ProviderAdapter> = new Map(
  [tremendousAdapter, runaAdapter, tangoAdapter, reloadlyAdapter].map((adapter) => [
    adapter.name,
    adapter,
  ]),
);

export const providerNames: readonly string[] = [...rewardAdapters.keys()];

/** By provider, those that are no account among them: for who routes and calls nobody. */
export const providerCapabilities: ReadonlyMap<string, ProviderCapabilities> = new Map([
  ...[...rewardAdapters.values()].map(({ name, capabilities }) => [name, capabilities] as const),
  [voucherPoolName, voucherPoolCapabilities],
  [charityName, charityCapabilities],
  ['wise', wiseCapabilities],
  ['paypal-payouts', payPalPayoutsCapabilities],
  ['bank-file', bankFileCapabilities],
]);

/** Throws `InvariantError` for a name that no adapter stands behind. */
export function providerAdapter(name: string): ProviderAdapter {
  const adapter = rewardAdapters.get(name);
  invariant(adapter !== undefined, `There is no adapter for a provider named ${name}.`);
  return adapter;
}
