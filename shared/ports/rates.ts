import type { RateFinding, RawSnapshot } from '../domain/rates/admission.ts';
import type { Month, RateMonth, RateSnapshot, RateSource } from '../domain/rates/snapshot.ts';
import type { Instant } from '../domain/time.ts';

/** A snapshot that somebody must look at before it is used. */
export interface QuarantinedSnapshot {
  readonly source: RateSource;
  readonly snapshot: RateSnapshot;
  /** Why it waits. */
  readonly findings: readonly RateFinding[];
  readonly since: Instant;
}

/** For whoever converts. */
export interface RateReader {
  /** Those of the months that exist. */
  readMonths(source: RateSource, months: readonly Month[]): Promise<ReadonlyMap<Month, RateMonth>>;
}

/** Rates by source and day, packed by month. Conflicts are retried inside. */
export interface RateStore extends RateReader {
  /** Every month of a source, newest first. */
  months(source: RateSource): AsyncIterable<RateMonth>;
  /**
   * Replaces months, each over the version that was read; a hundred at a time are one transaction.
   * `stale`: somebody else was faster with one of them; other hundreds may stand.
   */
  writeMonths(months: readonly RateMonth[]): Promise<'written' | 'stale'>;
  /** Keeps one for each source and day: the latest. */
  quarantine(snapshot: QuarantinedSnapshot): Promise<void>;
  /** Oldest day first. */
  quarantined(source: RateSource): AsyncIterable<QuarantinedSnapshot>;
  /**
   * One transaction: the month with the snapshot in it, and the quarantine without it. `stale`: the
   * month has changed, or these are not the rates that wait.
   */
  release(released: QuarantinedSnapshot, month: RateMonth): Promise<'written' | 'stale'>;
  /** Removes a snapshot that is not to be used. `stale`: these are not the rates that wait. */
  dismiss(dismissed: QuarantinedSnapshot): Promise<'dismissed' | 'stale'>;
}

export type FeedReply =
  | { readonly kind: 'snapshot'; readonly raw: RawSnapshot }
  /** There is nothing to be had yet. */
  | { readonly kind: 'unpublished' }
  /** What came is not the rates of the day that was asked for; where in it that shows, or why. */
  | {
      readonly kind: 'unreadable';
      readonly line: number;
      readonly field?: string;
      readonly detail?: string;
    }
  /** `reason` is a code: it quotes neither address nor key. */
  | { readonly kind: 'failed'; readonly reason: string; readonly status?: number };

/** Where a source publishes. */
export interface RateFeed {
  readonly source: RateSource;
  /** The newest rates that will not change any more. Asks once, and never throws for an answer. */
  latest(): Promise<FeedReply>;
}
