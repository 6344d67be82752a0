import type { Instant } from '../time.ts';

/** A redemption that a person must let go or block before anything is ordered. */
export interface Review {
  readonly redemption: string;
  readonly program: string;
  readonly state: 'waiting' | 'released' | 'blocked';
  /** Ids of the program's rules that asked for it. */
  readonly rules: readonly string[];
  readonly openedAt: Instant;
  /** One more with each decision: a writer names the one it has read. */
  readonly version: number;
  readonly decisions: readonly ReviewDecision[];
}

export interface ReviewDecision {
  readonly actor: string;
  readonly decision: 'release' | 'block';
  readonly reason: string;
  readonly at: Instant;
}
