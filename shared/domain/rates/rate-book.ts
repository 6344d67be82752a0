import { currentCurrency, isCurrency, isRetired, retirementOf } from '../money/currency.ts';
import { type Fraction, one, product, reciprocal } from '../money/fraction.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { daysFrom, type LocalDate } from '../time.ts';
import { type Rate, rateOf } from './rate.ts';
import { type RateSnapshot, type RateSource, rateFraction, rateSources } from './snapshot.ts';

export interface RateQuery {
  readonly from: string;
  readonly to: string;
  /** The day whose rate is wanted. */
  readonly on: LocalDate;
  /** Rates that are older on that day are refused. */
  readonly staleDays: number;
}

/** Without a program's own limit: a long weekend with holidays has five days without rates. */
export const usualStaleDays = 7;

/** The rate of a pair and a day, worked out once. */
interface Found {
  readonly rate: ReturnType<typeof success<Rate>>;
  /** What it is made of was published so long before the day. */
  readonly ageDays: number;
}

/** What a source has published, as far as it was read; pure. */
export class RateBook {
  readonly #source: RateSource;
  /** Oldest first. */
  readonly #snapshots: readonly RateSnapshot[];
  readonly #fractions = new Map<string, Fraction>();
  /** By day, and the currencies from and to. */
  readonly #found = new Map<LocalDate, Map<string, Map<string, Found>>>();

  constructor(source: RateSource, snapshots: Iterable<RateSnapshot>) {
    this.#source = source;
    this.#snapshots = [...snapshots].sort((left, right) => (left.date < right.date ? -1 : 1));
  }

  /**
   * The rate of a day: of the newest snapshot of that day or before that has every currency on the
   * way. Refusals: `UNKNOWN_CURRENCY`; `CURRENCY_RETIRED`, nobody can get it any more;
   * `RATE_STALE`, nothing was published within the limit; `RATE_MISSING`, nor ever before.
   */
  rateAt({ from, to, on, staleDays }: RateQuery): Result<Rate, Refusal> {
    const known = this.#found.get(on)?.get(from)?.get(to);
    if (known !== undefined) return unlessStale(known, staleDays);
    const found = this.#find(from, to, on);
    return found.ok ? unlessStale(found.value, staleDays) : found;
  }

  #find(from: string, to: string, on: LocalDate): Result<Found, Refusal> {
    const found = this.#workOut(from, to, on);
    if (!found.ok) return found;
    const ofDay = this.#found.get(on) ?? new Map<string, Map<string, Found>>();
    const ofCurrency = ofDay.get(from) ?? new Map<string, Found>();
    this.#found.set(on, ofDay.set(from, ofCurrency.set(to, found.value)));
    return found;
  }

  #workOut(from: string, to: string, on: LocalDate): Result<Found, Refusal> {
    if (!isCurrency(from)) return failure(refusal('UNKNOWN_CURRENCY', 'from'));
    if (!isCurrency(to)) return failure(refusal('UNKNOWN_CURRENCY', 'to'));
    if (isRetired(to, on)) return failure(refusal('CURRENCY_RETIRED', 'to'));
    const left = currentCurrency(from, on);
    const fixed = left === from ? undefined : retirementOf(from);
    const start = fixed === undefined ? one : reciprocal(fixed.rate);
    const path = [...new Set([from, ...this.#way(left, to)])];
    if (left === to) {
      const [asOf, source] = [fixed?.from ?? on, fixed?.law ?? 'identity'];
      const rate = success(rateOf(start, { from, to, asOf, source, path }));
      return success({ rate, ageDays: 0 });
    }
    const found = this.#snapshot([left, to], on);
    if (found === undefined) return failure(refusal('RATE_MISSING'));
    const { date: asOf } = found;
    const market = product(reciprocal(this.#perBase(found, left)), this.#perBase(found, to));
    const source = [...(fixed ? [fixed.law] : []), this.#source].join(' + ');
    const rate = success(rateOf(product(start, market), { from, to, asOf, source, path }));
    return success({ rate, ageDays: daysFrom(asOf, on) });
  }

  #way(from: string, to: string): string[] {
    const { base } = rateSources[this.#source];
    return from === to ? [to] : [from, base, to];
  }

  #snapshot(currencies: readonly string[], on: LocalDate): RateSnapshot | undefined {
    const { base } = rateSources[this.#source];
    const wanted = currencies.filter((currency) => currency !== base);
    for (let at = this.#lastBy(on); at >= 0; at -= 1) {
      const snapshot = this.#snapshots[at];
      if (wanted.every((currency) => snapshot?.rates.has(currency) === true)) return snapshot;
    }
    return undefined;
  }

  /** Index of the newest snapshot of `on` or before; -1 if there is none. */
  #lastBy(on: LocalDate): number {
    let [low, high] = [0, this.#snapshots.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const date = this.#snapshots[middle]?.date;
      if (date !== undefined && date <= on) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #perBase({ rates }: RateSnapshot, currency: string): Fraction {
    const text = rates.get(currency);
    if (text === undefined) return one;
    const known = this.#fractions.get(text);
    if (known !== undefined) return known;
    const fraction = rateFraction(text);
    this.#fractions.set(text, fraction);
    return fraction;
  }
}

function unlessStale({ rate, ageDays }: Found, staleDays: number): Result<Rate, Refusal> {
  return ageDays > staleDays ? failure(refusal('RATE_STALE')) : rate;
}

/** For who converts nothing: knows fixed rates only. */
export const noRates = new RateBook('ecb', []);
