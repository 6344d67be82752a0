import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { createSecretReader } from '../../shared/adapters/aws/secrets.ts';
import type { AdapterContext, ProviderAdapter } from '../../shared/adapters/providers/registry.ts';
import { createUnopened } from '../../shared/adapters/providers/unopened.ts';
import { errorFields } from '../../shared/app/logging/error-fields.ts';
import { invariant } from '../../shared/domain/result.ts';
import type { RewardProvider } from '../../shared/ports/provider.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

/** To write down the answer. */
const writingMs = 5000;

export interface ProviderSettings {
  readonly adapters: ReadonlyMap<string, ProviderAdapter>;
  /** Providers of no account. */
  readonly own?: readonly RewardProvider[];
  /**
   * What one claim may need, each within the time-out: a look-up, a new link and an order, or two
   * to call an order off and a look-up with its link.
   */
  readonly callsPerClaim?: number;
}

export interface ConnectedProviders {
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly callBudgetMs: number;
}

export interface Providers {
  /** The accounts with the credentials that are valid now. */
  connect(): Promise<ConnectedProviders>;
}

/** The accounts that the function is given, and providers that are `own`. */
export function composeProviders(
  { clock, logger }: Runtime,
  { adapters, own = [], callsPerClaim = 4 }: ProviderSettings,
): Providers {
  const { PROVIDER_SECRET_ARNS, PROVIDER_TIMEOUT_MS } = readEnvironment(
    'PROVIDER_SECRET_ARNS',
    'PROVIDER_TIMEOUT_MS',
  );
  const client = new SecretsManagerClient({});
  const context: AdapterContext = { clock, timeoutMs: PROVIDER_TIMEOUT_MS };
  const accounts = Object.entries(PROVIDER_SECRET_ARNS).map(([name, secretArn]) => {
    // Each adapter knows the form of its own secret.
    const read = createSecretReader({ client, clock, secretArn, schema: z.unknown() });
    return { name, open: openedOnce(adapters.get(name), context), read };
  });
  const callBudgetMs = callsPerClaim * PROVIDER_TIMEOUT_MS + writingMs;
  const unopened = new Set<string>();
  return {
    async connect() {
      const opened = accounts.map(async ({ name, open, read }) => {
        try {
          return open(await read());
        } catch (error) {
          // One account that was not set up, or was wrongly, must not stop the others. It is told
          // once; an order that meets it says so for itself.
          if (!unopened.has(name)) {
            logger.warn('PROVIDER_UNOPENED', { provider: name, ...errorFields(error) });
          }
          unopened.add(name);
          return createUnopened(name);
        }
      });
      const all = [...(await Promise.all(opened)), ...own];
      return { providers: new Map(all.map((each) => [each.name, each])), callBudgetMs };
    },
  };
}

/** An account is opened again only with another secret: its access tokens live on meanwhile. */
function openedOnce(
  adapter: ProviderAdapter | undefined,
  context: AdapterContext,
): (secret: unknown) => RewardProvider {
  let opened: { readonly secret: string; readonly provider: RewardProvider } | undefined;
  return (secret) => {
    const text = JSON.stringify(secret);
    if (opened?.secret !== text) {
      invariant(
        adapter !== undefined,
        'This function has no adapter for a provider of the region.',
      );
      opened = { secret: text, provider: adapter.open(secret, context) };
    }
    return opened.provider;
  };
}
