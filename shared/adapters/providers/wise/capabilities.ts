import type { ProviderCapabilities } from '../../../ports/provider.ts';

/** Apart from the adapter, for who chooses a provider and calls none. */
export const wiseCapabilities: ProviderCapabilities = {
  kinds: ['payout'],
  repeatedReference: 'sameOrder',
  /** Nobody says what a used reference with another body does: it is compared here. */
  detectsConflict: false,
  replaysErrors: false,
  findsByReference: true,
  sendsWebhooks: true,
  /** Thousands that are looked up soon after would use up the requests that others are paid by. */
  decidesLater: true,
  /** Personal tokens have been seen to get 900 requests a minute; an order takes up to seven. */
  requestsPerMinute: 120,
  /** Nothing is sold. */
  catalogueEveryMinutes: 1_440,
  resends: false,
  cancels: true,
  listsSettlements: true,
};
