import type { ProviderCapabilities } from '../../../ports/provider.ts';

/** Apart from the adapter, for who chooses a provider and calls none. */
export const payPalPayoutsCapabilities: ProviderCapabilities = {
  kinds: ['payout'],
  /** Refused, with a link to the first: it is followed. */
  repeatedReference: 'sameOrder',
  /** Whatever the second body says, the first batch stands; the adapter compares the two. */
  detectsConflict: true,
  replaysErrors: false,
  findsByReference: false,
  sendsWebhooks: true,
  referenceLifeDays: 30,
  /** Of new batches; no limit on reading is published. */
  requestsPerMinute: 400,
  /** There is none. */
  catalogueEveryMinutes: 1_440,
  resends: false,
  cancels: true,
  listsSettlements: true,
};
