import type { Instant } from '../time.ts';

/** An integrator's address that is told what happens in a program. */
export interface Subscription {
  readonly id: string;
  readonly program: string;
  readonly url: string;
  /** Types of events, or `redemption.*` for all that begin so. */
  readonly types: readonly string[];
  /** The signing secret, `whsec_…`, sealed. */
  readonly sealedSecret: string;
  readonly createdAt: Instant;
  /** Nothing has been taken since. */
  readonly failingSince?: Instant;
  /** Nothing is sent any more: the address said so, or has failed for too long. */
  readonly disabledAt?: Instant;
  /** One more with each write. */
  readonly version: number;
}

/** One event for one subscription, with what has come of it. */
export interface Delivery {
  readonly program: string;
  readonly subscription: string;
  /** The webhook's id: the same for the same event, however often it is told. */
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  /** JSON, as it is signed and sent. */
  readonly body: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
}

/** An event as the bus has it. */
export interface ToldEvent {
  readonly type: string;
  readonly at: Instant;
  readonly detail: Readonly<Record<string, unknown>> & { readonly program: string };
}

/** One try of one delivery: ids alone. */
export interface AttemptTask {
  readonly program: string;
  readonly subscription: string;
  readonly delivery: string;
  readonly at: Instant;
  readonly attempt: number;
  readonly notBefore?: Instant;
}

export function isWanted({ types, disabledAt }: Subscription, type: string): boolean {
  if (disabledAt !== undefined) return false;
  return types.some((wanted) =>
    wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type,
  );
}

const secondsByAttempt = [5, 30, 300, 900, 3600, 7200, 14_400, 28_800, 43_200] as const;

/** An address that has failed for so long is left alone. */
export const disabledAfterMs = 5 * 86_400_000;

/**
 * Seconds from attempt number `attempts` (from 1) to the next, up to some 27 hours in all;
 * `undefined` after the last. `jitter` in [0, 1) spreads those that failed together.
 */
export function retryDelaySeconds(attempts: number, jitter: number): number | undefined {
  const seconds = secondsByAttempt[attempts - 1];
  return seconds === undefined ? undefined : Math.ceil(seconds * (1 + jitter / 5));
}
