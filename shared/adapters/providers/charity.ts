import { invariant } from '../../domain/result.ts';
import type { ProviderCapabilities, RewardProvider } from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';

export const charityName = 'charity';

export const charityCapabilities: ProviderCapabilities = {
  ...{ kinds: ['donation'], repeatedReference: 'sameOrder', detectsConflict: false },
  ...{ replaysErrors: false, findsByReference: true, sendsWebhooks: false },
  ...{ catalogueEveryMinutes: 1440, resends: false, cancels: false, listsSettlements: false },
};

const notOffered = { kind: 'refused', detail: 'NOT_OFFERED' } as const;

/**
 * Takes what members give away of their money: nobody outside is asked, and the charity is owed it
 * in the books from the moment it is settled. It keeps nothing, so that it may be asked again.
 */
export function createCharity(): RewardProvider {
  return {
    ...{ name: charityName, capabilities: charityCapabilities },
    async *catalogue() {},
    product: async () => undefined,
    async placeOrder({ kind, reference, value }) {
      invariant(kind === 'donation', 'Only what is given away goes to a charity.');
      const charge = { ...value, amountMinor: 0n };
      return { kind: 'accepted', providerOrder: reference, final: true, charge };
    },
    findOrder: async () => ({ kind: 'notFound' }),
    referenceOf: async () => {
      throw new ProviderUnavailableError(charityName);
    },
    readWebhook: () => ({ kind: 'refused' }),
    balances: async () => [],
    async *settlements() {},
    resend: async () => notOffered,
    cancel: async () => notOffered,
  };
}
