import type { Money } from '../money/money.ts';
import type { Instant } from '../time.ts';

/** One of the rewards that can be chosen, as it was when it was offered. */
export interface ChoiceOffer {
  readonly rewardId: string;
  readonly value: Money;
  readonly name: string;
  readonly disclosure?: string;
}

/**
 * A set of rewards of which a member picks one. It costs the member nothing: whoever offers it has
 * the program pay, so that it is held with no points and costs what every reward costs.
 */
export interface Choice {
  readonly program: string;
  readonly member: string;
  /** A UUID. */
  readonly id: string;
  /** Who gives it, as the member is told. */
  readonly sender: string;
  /** Whoever made it, for the record. */
  readonly actor: string;
  /** From two to ten. */
  readonly offers: readonly ChoiceOffer[];
  readonly country: string;
  /** ISO 639-1. */
  readonly language: string;
  /** Where mails about it go to, sealed under the choice's id; without it, the member's contact. */
  readonly sealedEmail?: string;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  /** Number of the offer, from 0; with `redemption` once it is ordered. */
  readonly chosen?: { readonly offer: number; readonly at: Instant; readonly redemption?: string };
  /** One more with each write. */
  readonly version: number;
}
