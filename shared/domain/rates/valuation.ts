import { retirementOf } from '../money/currency.ts';
import { type Fraction, lowestTerms, product } from '../money/fraction.ts';
import { minorPerMajor } from '../money/money.ts';
import type { Refusal } from '../refusal.ts';
import { type Result, success } from '../result.ts';
import type { LocalDate } from '../time.ts';
import type { Rate } from './rate.ts';
import type { RateBook } from './rate-book.ts';
import { type RateSource, rateSources } from './snapshot.ts';

/** What one minor unit of a currency is worth, in minor units of another; in lowest terms. */
export type MinorWorth = Fraction;

export interface Worth {
  readonly rate: Rate;
  readonly worth: MinorWorth;
}

/** For looking back: a rate that nothing newer has replaced, however old it is. */
export const howeverOld = 100_000;

/** Rates of several sources, all into one currency. */
export class Valuation {
  readonly into: string;
  readonly source: RateSource;
  readonly #books: ReadonlyMap<RateSource, RateBook>;

  /** `source` values positions; what was converted at another's rates is worth what they said. */
  constructor(into: string, source: RateSource, books: ReadonlyMap<RateSource, RateBook>) {
    this.into = into;
    this.source = source;
    this.#books = books;
  }

  /** Refusals are those of the rate. */
  worthOn(currency: string, on: LocalDate, staleDays: number): Result<Worth, Refusal> {
    return this.#worth(this.source, { currency, on, staleDays });
  }

  /**
   * What either side of a conversion was worth at the conversion's own rate: of `to` by the rates
   * of its day, of `from` by these and the conversion's own rate, so that both sides are worth the
   * same but for rounding. A fixed rate is as old as its law: it counts on the posting day.
   */
  worthThen({ from, to, rate, asOf, source, postedOn }: ConvertedThen): Result<Sides, Refusal> {
    const isFixed = retirementOf(from)?.law === source;
    const on = isFixed ? postedOn : asOf;
    const query = { currency: to, on, staleDays: howeverOld };
    const got = this.#worth(sourceIn(source) ?? this.source, query);
    if (!got.ok) return got;
    const perMinor = { numerator: minorPerMajor(to), denominator: minorPerMajor(from) };
    const given = product(product(rate, perMinor), got.value.worth);
    return success({ given: lowestTerms(given), got: got.value.worth });
  }

  #worth(
    source: RateSource,
    { currency, on, staleDays }: { currency: string; on: LocalDate; staleDays: number },
  ): Result<Worth, Refusal> {
    const { into } = this;
    const found = this.#books.get(source)?.rateAt({ from: currency, to: into, on, staleDays });
    if (found === undefined) throw new TypeError(`No rates of ${source} were read.`);
    if (!found.ok) return found;
    const scale = { numerator: minorPerMajor(into), denominator: minorPerMajor(currency) };
    return success({ rate: found.value, worth: lowestTerms(product(found.value, scale)) });
  }
}

export interface ConvertedThen {
  readonly from: string;
  readonly to: string;
  readonly rate: Fraction;
  readonly asOf: LocalDate;
  readonly source: string;
  readonly postedOn: LocalDate;
}

export interface Sides {
  readonly given: MinorWorth;
  readonly got: MinorWorth;
}

/** The publisher in what a rate says of its source, such as `LAW + ecb`. */
export function sourceIn(source: string): RateSource | undefined {
  const last = source.split(' + ').at(-1) ?? '';
  return Object.hasOwn(rateSources, last) ? (last as RateSource) : undefined;
}
