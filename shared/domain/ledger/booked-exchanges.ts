import { formatFraction } from '../money/fraction.ts';
import type { LocalDate } from '../time.ts';
import type { ExchangeRecord } from './entry.ts';

/** Conversions of one posting day from one currency into another at one rate, summed up. */
export interface BookedExchange extends Omit<ExchangeRecord, 'rounding'> {
  readonly postedOn: LocalDate;
}

/** Sums conversions up; memory grows with days and pairs of currencies, not with entries. */
export class BookedExchanges {
  readonly #sums = new Map<string, BookedExchange>();

  add(exchange: ExchangeRecord, postedOn: LocalDate): void {
    const { from, to, rate, asOf, source } = exchange;
    const key = [from, to, formatFraction(rate), asOf, source, postedOn].join(' ');
    const sum = this.#sums.get(key) ?? { fromMinor: 0n, toMinor: 0n, wholeMinor: 0n };
    this.#sums.set(key, {
      ...{ from, to, rate, asOf, source, postedOn },
      fromMinor: sum.fromMinor + exchange.fromMinor,
      toMinor: sum.toMinor + exchange.toMinor,
      wholeMinor: sum.wholeMinor + exchange.wholeMinor,
    });
  }

  /** In the order in which they were met. */
  sums(): readonly BookedExchange[] {
    return [...this.#sums.values()];
  }
}
