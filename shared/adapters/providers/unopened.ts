import type { RewardProvider } from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';

const detail = 'CREDENTIALS_UNREADABLE';

/**
 * Stands for an account whose credentials are missing or cannot be right: its orders wait until ops
 * has mended them, and no other account is touched.
 */
export function createUnopened(name: string): RewardProvider {
  const unavailable = () => new ProviderUnavailableError(name);
  const unreadable = () => {
    throw unavailable();
  };
  return {
    name,
    capabilities: {
      kinds: [],
      repeatedReference: 'sameOrder',
      detectsConflict: false,
      replaysErrors: false,
      findsByReference: true,
      sendsWebhooks: false,
      catalogueEveryMinutes: 60,
      resends: false,
      cancels: false,
      listsSettlements: false,
    },
    catalogue: unreadable,
    product: async () => unreadable(),
    placeOrder: async () => ({ kind: 'rejected', reason: 'configuration', detail }),
    findOrder: async () => ({ kind: 'unknown', detail }),
    referenceOf: async () => unreadable(),
    readWebhook: () => ({ kind: 'refused' }),
    balances: async () => unreadable(),
    settlements: unreadable,
    resend: async () => ({ kind: 'unknown', detail }),
    cancel: async () => ({ kind: 'unknown', detail }),
  };
}
