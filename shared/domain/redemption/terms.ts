import type { OrderKind } from '../catalogue/product.ts';
import type { Fraction } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import type { PayoutTerms } from '../payout/terms.ts';
import type { Instant, LocalDate } from '../time.ts';

/** One way to get a reward: a provider and its own product ids. */
export interface RewardSource {
  readonly provider: string;
  readonly products: readonly string[];
}

/** The rate that a price in another currency than that of the points' worth was made at. */
export interface LockedRate {
  readonly from: string;
  readonly to: string;
  readonly rate: Fraction;
  readonly asOf: LocalDate;
  readonly source: string;
}

/**
 * What a redemption was promised, fixed when it was asked for: nothing of it follows the program or
 * the catalogue any more.
 */
export interface AgreedTerms {
  readonly rewardName: string;
  readonly kind: OrderKind;
  /** Where the reward can be had; the router chooses. */
  readonly sources: readonly RewardSource[];
  /** ISO 639-1: of mails and pages about it. */
  readonly language: string;
  readonly promisedBy: Instant;
  readonly rate?: LockedRate;
  readonly marginBasisPoints?: number;
  /** What the member pays to the merchant, beside the points. */
  readonly cash?: Money;
  readonly quote?: string;
  /** What it was chosen from, where somebody else pays for it. */
  readonly choice?: string;
  /** Of money that is paid out: the unit is the wallet's currency, points are its minor units. */
  readonly payout?: PayoutTerms;
}

/** A price that holds for a while. */
export interface Quote {
  readonly id: string;
  readonly program: string;
  readonly member: string;
  readonly rewardId: string;
  readonly country: string;
  readonly value: Money;
  readonly unit: string;
  readonly points: bigint;
  /** Without `promisedBy`: the time runs from the redemption. */
  readonly terms: Omit<AgreedTerms, 'promisedBy' | 'quote' | 'choice' | 'payout'>;
  readonly promisedMinutes: number;
  readonly quotedAt: Instant;
  readonly expiresAt: Instant;
}
