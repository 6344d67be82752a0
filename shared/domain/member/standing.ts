import type { Instant, LocalDate } from '../time.ts';

/** The level that a member is on, and since when. */
export interface TierStanding {
  readonly level: string;
  readonly since: Instant;
  /** Counts changes, so that two writers cannot both make the next one. */
  readonly version: bigint;
  readonly reason: TierReason;
  /** Levels before this one, newest first, at most three: late events are judged by them. */
  readonly earlier: readonly { readonly level: string; readonly since: Instant }[];
  /** The review that has been held last; none before it is held again. */
  readonly reviewedOn?: LocalDate;
  /** Not earned any more: lost on this day, unless earned again before. */
  readonly graceUntil?: LocalDate;
  /** Set by a person: reviews leave it alone until this day. */
  readonly overrideUntil?: LocalDate;
  /** A life event: reviews take nothing until this day. */
  readonly heldUntil?: LocalDate;
}

export type TierReason = 'joined' | 'qualified' | 'placed' | 'review' | 'override' | 'hold';

/**
 * Figures of a member that decide what an event earns. Keys are those of
 * `member/figure-key.ts`: short, with the window they belong to.
 */
export interface Standing {
  /** Points or times used of a cap. */
  readonly counters: ReadonlyMap<string, bigint>;
  /** Sums of a metric in a month; an average has a second key for how many were reported. */
  readonly metrics: ReadonlyMap<string, bigint>;
  /** Epoch seconds of the last award of a rule with a cooldown. */
  readonly cooldowns: ReadonlyMap<string, bigint>;
  readonly tier?: TierStanding;
}

export const emptyStanding: Standing = {
  counters: new Map(),
  metrics: new Map(),
  cooldowns: new Map(),
};
