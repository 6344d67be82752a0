import type { RateFinding } from '../domain/rates/admission.ts';
import type { Month, RateMonth, RateSnapshot, RateSource } from '../domain/rates/snapshot.ts';
import type { Instant, LocalDate } from '../domain/time.ts';

/** A snapshot that somebody must look at before it is used. */
export interface QuarantinedSnapshot {
  readonly source: RateSource;
  readonly snapshot: RateSnapshot;
  /** Why it waits. */
  readonly findings: readonly RateFinding[];
  readonly since: Instant;
}

/** Rates by source and day, packed by month. Conflicts are retried inside. */
export interface RateStore {
  /** Those of the months that exist. */
  readMonths(source: RateSource, months: readonly Month[]): Promise<ReadonlyMap<Month, RateMonth>>;
  /** Every month of a source, newest first. */
  months(source: RateSource): AsyncIterable<RateMonth>;
  /**
   * Replaces months, each over the version that was read; a hundred at a time are one transaction.
   * `stale`: somebody else was faster; earlier hundreds may stand.
   */
  writeMonths(months: readonly RateMonth[]): Promise<'written' | 'stale'>;
  /** Keeps one for each source and day: the latest. */
  quarantine(snapshot: QuarantinedSnapshot): Promise<void>;
  /** Oldest day first. */
  quarantined(source: RateSource): AsyncIterable<QuarantinedSnapshot>;
  /** One transaction: the month with the snapshot in it, and the quarantine without it. */
  release(released: QuarantinedSnapshot, month: RateMonth): Promise<'written' | 'stale'>;
  /** Removes a snapshot that is not to be used. */
  dismiss(source: RateSource, date: LocalDate): Promise<'dismissed' | 'absent'>;
}
