import type { BreakerState } from '../domain/redemption/breaker.ts';
import type { FloatState } from '../domain/redemption/float.ts';
import type { Instant } from '../domain/time.ts';

/** Shared by all workers: written on change, read every few seconds. */
export interface Breaker extends BreakerState {
  /** One more with each write; 0: there is none yet. */
  readonly version: number;
}

export interface Float extends FloatState {
  readonly version: number;
}

/** Until when the books of an account were looked through for what came back. */
export interface Look {
  readonly until: Instant;
  readonly version: number;
}

export interface ProviderHealthStore {
  /**
   * Takes `wanted` turns to call the provider: the first is the answer, not before `at`, each
   * further one `spacingMs` later. Nobody else gets them, and the next caller's come after them;
   * with none wanted, nobody's comes before `at`.
   */
  lease(turns: {
    readonly provider: string;
    readonly at: Instant;
    readonly spacingMs: number;
    readonly wanted: number;
  }): Promise<Instant>;
  readBreaker(provider: string): Promise<Breaker | undefined>;
  /** On condition that `next` is one version newer than what stands. */
  writeBreaker(provider: string, next: Breaker): Promise<'done' | 'lost'>;
  readFloat(provider: string): Promise<Float | undefined>;
  /** As `writeBreaker`. */
  writeFloat(provider: string, next: Float): Promise<'done' | 'lost'>;
  readLook(provider: string): Promise<Look | undefined>;
  /** As `writeBreaker`. */
  writeLook(provider: string, next: Look): Promise<'done' | 'lost'>;
}

export interface Webhook {
  readonly provider: string;
  readonly webhookId: string;
}

/** Webhooks that were taken already, for some days. */
export interface WebhookMemory {
  knows(webhook: Webhook): Promise<boolean>;
  /** After what it says is in safe hands. */
  remember(webhook: Webhook & { readonly at: Instant }): Promise<void>;
}
