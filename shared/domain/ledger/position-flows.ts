import { type Fraction, formatFraction, lowestTerms } from '../money/fraction.ts';
import type { Valuation } from '../rates/valuation.ts';
import type { Refusal } from '../refusal.ts';
import type { LocalDate } from '../time.ts';
import type { BookedExchange } from './booked-exchanges.ts';

/** So many minor units, each worth so much. */
export interface Valued {
  readonly amountMinor: bigint;
  readonly worth: Fraction;
}

/** What conversions did to the position in one currency on one posting day. */
export interface DayFlow {
  amountMinor: bigint;
  /** The flow, each part at the rate of its own conversion. */
  readonly atOwnRate: Map<string, Valued>;
  /** What the conversions were worth: the flow's worth but for what rounding cut off. */
  readonly cost: Map<string, Valued>;
}

export interface CurrencyFlows {
  readonly days: ReadonlyMap<LocalDate, DayFlow>;
  /** Why a conversion cannot be valued: a rate of then is gone. */
  readonly refused?: Refusal;
}

/**
 * Both sides of each conversion, by currency and posting day. What is given and what is got cost
 * the same: what was given at its own rate.
 */
export function positionFlows(
  exchanges: Iterable<BookedExchange>,
  valuation: Valuation,
): Map<string, CurrencyFlows> {
  const flows = new Map<string, { days: Map<LocalDate, DayFlow>; refused?: Refusal }>();
  const flowsOf = (currency: string) => {
    const found = flows.get(currency) ?? { days: new Map<LocalDate, DayFlow>() };
    flows.set(currency, found);
    return found;
  };
  for (const exchange of exchanges) {
    const { fromMinor, wholeMinor, postedOn } = exchange;
    const [from, to] = [flowsOf(exchange.from), flowsOf(exchange.to)];
    const then = valuation.worthThen(exchange);
    if (!then.ok) {
      from.refused = to.refused = then.failure;
      continue;
    }
    const { given, got } = then.value;
    const taken = { amountMinor: fromMinor, worth: given };
    flow(from.days, postedOn, { own: taken, cost: taken });
    flow(to.days, postedOn, {
      own: { amountMinor: -wholeMinor, worth: got },
      cost: { amountMinor: -fromMinor, worth: given },
    });
  }
  return flows;
}

function flow(
  days: Map<LocalDate, DayFlow>,
  day: LocalDate,
  { own, cost }: Readonly<Record<'own' | 'cost', Valued>>,
): void {
  const found = days.get(day) ?? { amountMinor: 0n, atOwnRate: new Map(), cost: new Map() };
  found.amountMinor += own.amountMinor;
  addTo(found.atOwnRate, own);
  addTo(found.cost, cost);
  days.set(day, found);
}

function addTo(sums: Map<string, Valued>, { amountMinor, worth }: Valued): void {
  const key = formatFraction(worth);
  sums.set(key, { worth, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
}

/** A sum of values over a denominator that all of them divide. */
export function sumOver(denominator: bigint, values: Iterable<Valued>): bigint {
  let sum = 0n;
  for (const { amountMinor, worth } of values) {
    sum += amountMinor * worth.numerator * (denominator / worth.denominator);
  }
  return sum;
}

/** The least denominator that all worths of the flows divide. */
export function commonDenominator({ days }: CurrencyFlows): bigint {
  let common = 1n;
  for (const { atOwnRate, cost } of days.values()) {
    for (const { worth } of [...atOwnRate.values(), ...cost.values()]) {
      const rest = lowestTerms({ numerator: common, denominator: worth.denominator });
      common *= rest.denominator;
    }
  }
  return common;
}
