import { RateBook } from '../../../shared/domain/rates/rate-book.ts';
import {
  monthOf,
  type RateSnapshot,
  type RateSource,
} from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';

/** The rates of a source up to a day, and the days that have any, oldest first. */
export interface KeptRates {
  readonly book: RateBook;
  readonly days: readonly LocalDate[];
}

export async function readRatesUntil(
  store: RateStore,
  source: RateSource,
  until: LocalDate,
): Promise<KeptRates> {
  const snapshots: RateSnapshot[] = [];
  for await (const { month, snapshots: kept } of store.months(source)) {
    if (month > monthOf(until)) continue;
    for (const snapshot of kept.values()) if (snapshot.date <= until) snapshots.push(snapshot);
  }
  const days = snapshots.map(({ date }) => date).sort();
  return { book: new RateBook(source, snapshots), days };
}
