import { currentCurrency } from '../../../shared/domain/money/currency.ts';
import { type Fraction, product, rounded } from '../../../shared/domain/money/fraction.ts';
import { programCurrencyOf } from '../../../shared/domain/program/schema.ts';
import { noRates, RateBook } from '../../../shared/domain/rates/rate-book.ts';
import { failure, type Result, success } from '../../../shared/domain/result.ts';
import { type LocalDate, localDateAt } from '../../../shared/domain/time.ts';
import type { Flow } from './day-figures.ts';
import { nothing, percentOf, plus, wholeMinor, worthMinor } from './ratio.ts';
import type { ProgramSimulation } from './simulate-program.ts';
import { itself, type Worth } from './worth.ts';

/** What a program has cost in one currency, by what was spent. Amounts are texts. */
export interface Valuation {
  readonly cost: {
    /** The program's, or what has replaced it. */
    readonly currency: string;
    /** All that was issued, at the rates of the days. */
    readonly issuedMinor: string | null;
    /** Without what was given back. */
    readonly keptMinor: string | null;
  };
  readonly effectiveReturn: {
    /** The value of all points and money issued, by what was spent. */
    readonly percent: string | null;
    /** Both without what came back. */
    readonly percentAfterReturns: string | null;
    /** Why there is no percentage. */
    readonly unknownBecause: string | null;
  };
}

/** Conversions are added up in millionths of a minor unit. */
const fineness = 1_000_000n;

export function valuationOf(simulation: ProgramSimulation, told: readonly Worth[]): Valuation {
  const { program, asOf, rates } = simulation;
  const today = localDateAt(asOf, program.timeZone);
  const currency = currentCurrency(programCurrencyOf(program), today);
  const book = rates === undefined ? noRates : new RateBook(rates.source, rates.snapshots);
  const terms = { currency, book };
  const given = (flow: Flow) => valueOfFlow(simulation, flow, { ...terms, told });
  const paid = (flow: Flow) => valueOfFlow(simulation, flow, { ...terms, told: 'money' });
  const [issued, returned] = [given('issued'), given('returned')];
  const [spent, spentBack] = [paid('spent'), paid('spentBack')];
  const kept = less(issued, returned);
  return {
    cost: { currency, issuedMinor: minorOf(issued), keptMinor: minorOf(kept) },
    effectiveReturn: {
      percent: share(issued, spent),
      percentAfterReturns: share(kept, less(spent, spentBack)),
      unknownBecause: whyUnknown([issued, spent, returned, spentBack]),
    },
  };
}

/** An exact amount, or why nobody knows it. */
type Value = Result<Fraction, string>;

function less(one: Value, other: Value): Value {
  if (!one.ok || !other.ok) return one.ok ? other : one;
  const { numerator, denominator } = other.value;
  return success(plus(one.value, { numerator: -numerator, denominator }));
}

function minorOf(value: Value): string | null {
  return value.ok ? `${wholeMinor(value.value)}` : null;
}

function share(part: Value, whole: Value): string | null {
  return part.ok && whole.ok ? (percentOf(part.value, whole.value) ?? null) : null;
}

function whyUnknown(values: readonly [issued: Value, spent: Value, ...Value[]]): string | null {
  for (const value of values) if (!value.ok) return value.failure;
  const [, spent] = values;
  return spent.ok && spent.value.numerator === 0n ? 'nothing was spent' : null;
}

interface Terms {
  /** What units are worth; `money`: all of them are currencies. */
  readonly told: readonly Worth[] | 'money';
  readonly currency: string;
  readonly book: RateBook;
}

/** In minor units of the currency; what nothing says the worth of is left out. */
function valueOfFlow(
  simulation: ProgramSimulation,
  flow: Flow,
  { told, ...terms }: Terms,
): Result<Fraction, string> {
  if (told.length === 0) return failure('nothing says what its points are worth');
  let sum = nothing;
  for (const [unit, days] of simulation.days.sums.get(flow) ?? []) {
    const worth = told === 'money' ? itself(unit) : told.find((it) => it.unit === unit);
    if (worth === undefined) continue;
    const value = valueOfDays(simulation, days, { ...terms, worth });
    if (!value.ok) return value;
    sum = plus(sum, value.value);
  }
  return success(sum);
}

function valueOfDays(
  { program, rates }: ProgramSimulation,
  days: ReadonlyMap<LocalDate, bigint>,
  { worth, currency, book }: Omit<Terms, 'told'> & { readonly worth: Worth },
): Result<Fraction, string> {
  const { currency: from } = worth;
  if (from === currency) {
    return success(
      worthMinor(
        [...days.values()].reduce((all, one) => all + one, 0n),
        worth,
      ),
    );
  }
  let fine = 0n;
  for (const [on, amount] of days) {
    if (amount === 0n) continue;
    const { staleDays } = program.money;
    const rate = book.rateAt({ from, to: currency, on, staleDays });
    if (!rate.ok) {
      const known = rates === undefined ? 'no rates are given (--rates FILE)' : rate.failure.code;
      return failure(`no rate from ${from} to ${currency} on ${on}: ${known}`);
    }
    const { numerator, denominator } = product(worthMinor(amount, worth), rate.value.perMinor);
    fine += rounded({ numerator: numerator * fineness, denominator }, 'halfUp');
  }
  return success({ numerator: fine, denominator: fineness });
}
