import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { createSecretReader } from '../../shared/adapters/aws/secrets.ts';
import { providerAdapter } from '../../shared/adapters/providers/registry.ts';
import type { RewardProvider } from '../../shared/ports/provider.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

/** The secret of a provider account. */
const accountSchema = z.object({
  baseUrl: z.url(),
  apiKey: z.string().check(z.minLength(1)),
  webhookKey: z.string().check(z.minLength(1)),
});

/**
 * A look-up, a new link and an order, each within the time-out, and time to write down the answer.
 */
const callsPerClaim = 4;
const writingMs = 5000;

export interface ConnectedProviders {
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly callBudgetMs: number;
}

export interface Providers {
  /** The accounts with the credentials that are valid now. */
  connect(): Promise<ConnectedProviders>;
}

export function composeProviders({ clock }: Runtime): Providers {
  const { PROVIDER_SECRET_ARNS, PROVIDER_TIMEOUT_MS } = readEnvironment(
    'PROVIDER_SECRET_ARNS',
    'PROVIDER_TIMEOUT_MS',
  );
  const client = new SecretsManagerClient({});
  const accounts = Object.entries(PROVIDER_SECRET_ARNS).map(([name, secretArn]) => ({
    name,
    read: createSecretReader({ client, clock, secretArn, schema: accountSchema }),
  }));
  const callBudgetMs = callsPerClaim * PROVIDER_TIMEOUT_MS + writingMs;
  return {
    async connect() {
      const connected = accounts.map(async ({ name, read }) => {
        const account = { ...(await read()), timeoutMs: PROVIDER_TIMEOUT_MS };
        return [name, providerAdapter(name).create(account)] as const;
      });
      return { providers: new Map(await Promise.all(connected)), callBudgetMs };
    },
  };
}
