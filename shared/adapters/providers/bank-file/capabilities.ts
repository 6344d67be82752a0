import type { ProviderCapabilities } from '../../../ports/provider.ts';

export const bankFileCapabilities: ProviderCapabilities = {
  kinds: ['payout'],
  repeatedReference: 'sameOrder',
  detectsConflict: true,
  replaysErrors: false,
  findsByReference: true,
  /** Answers come as files: whoever reads them tells dispatch. */
  sendsWebhooks: false,
  decidesLater: true,
  catalogueEveryMinutes: 1_440,
  resends: false,
  cancels: true,
  listsSettlements: false,
};
