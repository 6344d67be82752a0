import { booksByRates } from '../../domain/program/rates-needed.ts';
import type { Program } from '../../domain/program/schema.ts';
import { RateBook } from '../../domain/rates/rate-book.ts';
import { type Month, monthOf } from '../../domain/rates/snapshot.ts';
import { addDays, type Instant, type LocalDate, localDateAt } from '../../domain/time.ts';
import type { RateReader } from '../../ports/rates.ts';

/** As `readRates`; `undefined` for a program that converts nothing when it books. */
export async function ratesAround(
  store: RateReader,
  program: Program,
  instants: Iterable<Instant>,
): Promise<RateBook | undefined> {
  return booksByRates(program) ? readRates(store, program, instants) : undefined;
}

/**
 * The rates that a program may use for things of these instants: those of their days, and as far
 * before as it lets a rate be old.
 */
export async function readRates(
  store: RateReader,
  program: Program,
  instants: Iterable<Instant>,
): Promise<RateBook> {
  const { rateSource, staleDays } = program.money;
  const months = [...instants].flatMap((instant) => {
    const day = localDateAt(instant, program.timeZone);
    return monthsBetween(addDays(day, -staleDays), day);
  });
  const read = await store.readMonths(rateSource, [...new Set(months)]);
  return new RateBook(
    rateSource,
    [...read.values()].flatMap(({ snapshots }) => [...snapshots.values()]),
  );
}

/** Steps of 28 days miss no month. */
function monthsBetween(first: LocalDate, last: LocalDate): Month[] {
  const months = new Set([monthOf(last)]);
  for (let day = first; day < last; day = addDays(day, 28)) months.add(monthOf(day));
  return [...months];
}
