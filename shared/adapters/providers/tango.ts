import type { ProviderCapabilities, RewardProvider } from '../../ports/provider.ts';
import { accountSecret } from './account-secret.ts';
import { requireTimeout } from './http.ts';
import type { AdapterContext, ProviderAdapter } from './registry.ts';
import { cancelOrder, resendOrder } from './tango/acts.ts';
import { authorisationOf } from './tango/authorisation.ts';
import { checkedBase } from './tango/base.ts';
import { tangoCalls } from './tango/calls.ts';
import type { Listing } from './tango/listing.ts';
import { findOrder, placeOrder, referenceOf } from './tango/orders.ts';
import { paceOf, type Sleep } from './tango/pace.ts';
import { balances, catalogue, readProduct } from './tango/reads.ts';
import { credentialsOf, type TangoSecret, tangoSecretSchema } from './tango/secret.ts';
import { settlementsOf } from './tango/settlements.ts';
import { readWebhook } from './tango/webhook.ts';

export type TangoSettings = TangoSecret & AdapterContext & { readonly sleep?: Sleep };

export const tangoCapabilities: ProviderCapabilities = {
  kinds: ['eGiftCard', 'prepaidCard', 'donation'],
  repeatedReference: 'sameOrder',
  detectsConflict: false,
  replaysErrors: false,
  findsByReference: true,
  sendsWebhooks: true,
  referenceLifeDays: 90,
  requestsPerMinute: 60,
  catalogueEveryMinutes: 720,
  resends: true,
  cancels: true,
  listsSettlements: true,
};

/**
 * Tango, RaaS version 2: one reward an order, by code or link, nobody mailed. Outcomes are the
 * provider's word and nothing else; a call is never repeated here, except once for a token that has
 * gone stale. Throws `InvariantError` for settings or orders that cannot be right.
 */
export function createTango(settings: TangoSettings): RewardProvider {
  const { clock, timeoutMs, fetch, customerIdentifier, accountIdentifier } = settings;
  const { base, tokenUrl, spacingMs } = checkedBase(settings.baseUrl);
  requireTimeout(timeoutMs);
  const limits = { timeoutMs, fetch };
  const authorisation = authorisationOf(credentialsOf(settings), { tokenUrl, clock, limits });
  const pace = paceOf({ spacingMs, clock, sleep: settings.sleep });
  const calls = tangoCalls({ base, authorisation, limits, pace });
  const listing: Listing = { calls, account: { customerIdentifier, accountIdentifier } };
  const secrets = { key: settings.webhookKey, hmacSecret: settings.webhookSecret };
  return {
    name: 'tango',
    capabilities: tangoCapabilities,
    catalogue: () => catalogue(listing),
    product: (product) => readProduct(listing, product),
    placeOrder: (order) => placeOrder(listing, order),
    findOrder: (reference, asked) => findOrder(listing, { reference, asked, now: clock.now() }),
    referenceOf: (reading) => referenceOf(listing, reading),
    readWebhook: (webhook) => readWebhook(secrets, webhook),
    balances: () => balances(listing),
    settlements: (period) => settlementsOf(listing, period),
    resend: (order) => resendOrder(calls, order),
    cancel: (order) => cancelOrder(calls, order),
  };
}

/** Its secret is the JSON of `tangoSecretSchema`. */
export const tangoAdapter: ProviderAdapter = {
  name: 'tango',
  capabilities: tangoCapabilities,
  open: (secret, context) =>
    createTango({ ...accountSecret('Tango', tangoSecretSchema, secret), ...context }),
};
