import type { Money } from '../domain/money/money.ts';
import type { Instant, LocalDate } from '../domain/time.ts';

/** A provider account's breaker, shared by all workers: written on change, read every few seconds. */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'halfOpen';
  /** Failures in a row. */
  readonly failures: number;
  readonly openUntil: Instant;
  readonly version: number;
}

/** What the account held when it was last asked, and what it has used, by day (UTC). */
export interface Float {
  readonly balances: readonly Money[];
  readonly readAt: Instant;
  /** Positive amounts by day and currency, the last 14 days. */
  readonly used: readonly { readonly day: LocalDate; readonly amount: Money }[];
  /** Orders wait until the account is funded again. */
  readonly outOfFundsSince?: Instant;
  readonly version: number;
}

export interface ProviderHealthStore {
  /** Takes up to `wanted` calls out of the minute that `at` lies in; 0: the minute is spent. */
  lease(account: {
    readonly provider: string;
    readonly at: Instant;
    readonly perWindow: number;
    readonly windowMs: number;
    readonly wanted: number;
  }): Promise<number>;
  readBreaker(provider: string): Promise<Breaker | undefined>;
  writeBreaker(provider: string, next: Breaker): Promise<'done' | 'lost'>;
  readFloat(provider: string): Promise<Float | undefined>;
  writeFloat(provider: string, next: Float): Promise<'done' | 'lost'>;
}

/** Webhooks that were taken already, for some days. */
export interface WebhookMemory {
  remember(webhook: {
    readonly provider: string;
    readonly webhookId: string;
    readonly at: Instant;
  }): Promise<'new' | 'seen'>;
}
