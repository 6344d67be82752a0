import type { LotKey } from './entry.ts';

/** What has become of one accrual since: stands beside its entry. */
export interface FollowUp {
  /** Counts the writes; zero where nothing has followed yet. */
  readonly version: number;
  /** Of the event's own amount, in minor units; at most all of it. */
  readonly returnedMinor: bigint;
  /** Of each award's basis, then of each metric, in the order of the entry's. */
  readonly returnedBases: readonly bigint[];
  /** What became of points that waited for an event. */
  readonly pending?: 'activated' | 'forfeited';
  /** Where activated points went, by the place of their award: a return takes them there first. */
  readonly activatedLots?: ReadonlyMap<number, LotKey>;
}

export const nothingFollowed: FollowUp = { version: 0, returnedMinor: 0n, returnedBases: [] };
