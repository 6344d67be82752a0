import type { RedemptionRequest } from './price.ts';

/** What a redemption is of. */
export type AskedReward =
  /** At the price of now. */
  | { readonly kind: 'reward'; readonly request: RedemptionRequest }
  /** At a price that was quoted, by the quote's id. */
  | { readonly kind: 'quote'; readonly quote: string }
  /** Chosen from what somebody else pays for: no points are taken. */
  | { readonly kind: 'gift'; readonly request: RedemptionRequest; readonly choice: string };
