import type { ExchangeRecord } from '../ledger/entry.ts';
import { exchangeRecord } from '../ledger/exchange.ts';
import type { Retirement } from '../money/currency.ts';
import type { Rate } from '../rates/rate.ts';
import { noRates } from '../rates/rate-book.ts';
import { invariant } from '../result.ts';

/**
 * Amounts of a retired currency that become its successor's one after the other: the sum so far is
 * rounded, never an amount by itself, so that what each gives sums to what all give.
 */
export class RunningExchange {
  readonly #rate: Rate;
  #takenMinor = 0n;
  #givenMinor = 0n;

  constructor({ currency, into, from }: Retirement) {
    const rate = noRates.rateAt({ from: currency, to: into, on: from, staleDays: 1 });
    invariant(rate.ok, `The law fixes the rate of ${currency}.`);
    this.#rate = rate.value;
  }

  /** What the next amount gives; at most one minor unit from its own exact result. */
  next(amountMinor: bigint): bigint {
    this.#takenMinor += amountMinor;
    const sumMinor = this.record().toMinor;
    const givenMinor = sumMinor - this.#givenMinor;
    this.#givenMinor = sumMinor;
    return givenMinor;
  }

  /** All of it so far as one exchange. */
  record(): ExchangeRecord {
    return exchangeRecord(this.#takenMinor, this.#rate, 'halfUp');
  }
}
