import { BookedExchanges } from '../../../shared/domain/ledger/booked-exchanges.ts';
import { RateBook } from '../../../shared/domain/rates/rate-book.ts';
import {
  monthOf,
  type RateSnapshot,
  type RateSource,
} from '../../../shared/domain/rates/snapshot.ts';
import { type Instant, type LocalDate, localDateAt } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';

/** What entries say of conversions; amounts are minor units by currency. */
export interface PositionBooks {
  readonly exchanges: BookedExchanges;
  /** On the position accounts. */
  readonly positions: ReadonlyMap<string, bigint>;
  /** On the rounding accounts. */
  readonly roundings: ReadonlyMap<string, bigint>;
}

interface PositionQuestion {
  readonly postedBy: Instant;
  /** The day of the question: what was posted a little after it is of that day too. */
  readonly day: LocalDate;
  readonly timeZone: string;
}

/** Of every entry that was posted up to an instant; days are those of the zone. */
export async function readPositionBooks(
  scan: LedgerScan,
  { postedBy, day, timeZone }: PositionQuestion,
): Promise<PositionBooks> {
  const exchanges = new BookedExchanges();
  const [positions, roundings] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const sums = new Map([
    ['fxPosition', positions],
    ['rounding', roundings],
  ]);
  for await (const { entry } of scan.items()) {
    if (entry.postedAt > postedBy) continue;
    for (const { account, unit, amount } of entry.legs) {
      const sum = sums.get(account.kind);
      sum?.set(unit, (sum.get(unit) ?? 0n) + amount);
    }
    if (entry.exchanges === undefined) continue;
    const postedOn = earlier(day, localDateAt(entry.postedAt, timeZone));
    for (const exchange of entry.exchanges) exchanges.add(exchange, postedOn);
  }
  return { exchanges, positions, roundings };
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}

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
