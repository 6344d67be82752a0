import { retirementOf } from '../money/currency.ts';
import { type Fraction, rounded } from '../money/fraction.ts';
import { howeverOld, type Valuation, type Worth } from '../rates/valuation.ts';
import type { Refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { LocalDate } from '../time.ts';
import { type CurrencyFlows, commonDenominator, type DayFlow, sumOver } from './position-flows.ts';

/*
 * Why an open position is worth something else than it has cost, exactly and in whole minor units.
 *
 * Of one currency, with P(d) its position at the end of day d, R(d) the newest rate of that day and
 * K(d) what the conversions of day d cost, everything exact, the running total
 *
 *     T = (position so far) * (rate so far) + (cost of the days to come)
 *
 * begins as the whole cost and ends as the value. Each row moves it by exactly what it explains:
 *
 *     rate change:  P(d-1) * (R(d) - R(d-1))
 *     booking:      the day's flow, each part * (R(d) - the rate of its own conversion)
 *     rounding:     the day's flow at the rates of its conversions - K(d): fractions of a minor
 *                   unit that the position was spared
 *
 * A row shows the difference of T rounded half up after and before it. So it is within one minor
 * unit of what it explains, and all rows of a currency add up to rounded value - rounded cost.
 */

/** Whole minor units of the currency that everything is valued in; positive is a gain. */
export interface Gains {
  readonly rateChangeMinor: bigint;
  readonly bookingMinor: bigint;
  readonly roundingMinor: bigint;
}

export interface PositionDay extends Gains {
  readonly day: LocalDate;
  /** Minor units of the position's own currency. */
  readonly openingMinor: bigint;
  readonly flowMinor: bigint;
  /** Absent on the first day. */
  readonly before?: Worth;
  readonly after: Worth;
}

export interface ExplainedPosition {
  readonly positionMinor: bigint;
  readonly value: Worth;
  readonly valueMinor: bigint;
  readonly costMinor: bigint;
  /** Days on which anything changed, oldest first. */
  readonly days: readonly PositionDay[];
}

export interface PositionQuestion {
  readonly currency: string;
  readonly flows: CurrencyFlows;
  readonly on: LocalDate;
  /** The value is refused where the rate of `on` is older. */
  readonly staleDays: number;
  /** Days with new rates, in order; those after `on` are passed over. */
  readonly rateDays: readonly LocalDate[];
}

/** Refusals are those of a rate: of `on`, of a conversion, or of a day between. */
export function explainPosition(
  question: PositionQuestion,
  valuation: Valuation,
): Result<ExplainedPosition, Refusal> {
  const { currency, flows, on, staleDays } = question;
  if (flows.refused !== undefined) return failure(flows.refused);
  const value = valuation.worthOn(currency, on, staleDays);
  if (!value.ok) return value;
  const total = new RunningTotal(flows);
  const costMinor = total.minor();
  const days: PositionDay[] = [];
  for (const day of daysOf(question)) {
    const flow = flows.days.get(day);
    if (flow === undefined && total.positionMinor === 0n) continue;
    const worth = valuation.worthOn(currency, day, howeverOld);
    if (!worth.ok) return worth;
    if (flow === undefined && total.isAt(worth.value.worth)) continue;
    days.push(total.pass(day, worth.value, flow));
  }
  const { positionMinor } = total;
  return success({
    ...{ positionMinor, value: value.value, costMinor, days },
    valueMinor: rounded(times(positionMinor, value.value.worth), 'halfUp'),
  });
}

/** On its last day a retired currency gets its fixed rate, published or not. */
function daysOf({ currency, flows, rateDays, on }: PositionQuestion): LocalDate[] {
  const retirement = retirementOf(currency);
  const fixedSince = retirement === undefined ? [] : [retirement.from];
  const days = new Set([...flows.days.keys(), ...rateDays, ...fixedSince]);
  return [...days].filter((day) => day <= on).sort();
}

/** T of the comment above. */
class RunningTotal {
  positionMinor = 0n;
  #worth: Worth | undefined;
  /** Cost of the days to come, over the denominator. */
  #toCome: bigint;
  readonly #denominator: bigint;

  constructor(flows: CurrencyFlows) {
    this.#denominator = commonDenominator(flows);
    const costs = [...flows.days.values()].flatMap(({ cost }) => [...cost.values()]);
    this.#toCome = sumOver(this.#denominator, costs);
  }

  isAt({ numerator, denominator }: Fraction): boolean {
    const worth = this.#worth?.worth;
    return worth?.numerator === numerator && worth.denominator === denominator;
  }

  /** Rounded. */
  minor(atOwnRates = 0n): bigint {
    const held = this.#worth ? times(this.positionMinor, this.#worth.worth) : nothing;
    return rounded(this.#plus(held, this.#toCome + atOwnRates), 'halfUp');
  }

  pass(day: LocalDate, after: Worth, flow: DayFlow | undefined): PositionDay {
    const [start, openingMinor, before] = [this.minor(), this.positionMinor, this.#worth];
    this.#worth = after;
    const changed = this.minor();
    const flowMinor = flow?.amountMinor ?? 0n;
    this.positionMinor += flowMinor;
    const ownRates = sumOver(this.#denominator, flow?.atOwnRate.values() ?? []);
    const booked = this.minor(-ownRates);
    this.#toCome -= sumOver(this.#denominator, flow?.cost.values() ?? []);
    return {
      ...{ day, openingMinor, flowMinor, after, ...(before && { before }) },
      rateChangeMinor: changed - start,
      bookingMinor: booked - changed,
      roundingMinor: this.minor() - booked,
    };
  }

  #plus({ numerator, denominator }: Fraction, over: bigint): Fraction {
    return {
      numerator: numerator * this.#denominator + over * denominator,
      denominator: denominator * this.#denominator,
    };
  }
}

const nothing: Fraction = { numerator: 0n, denominator: 1n };

function times(amountMinor: bigint, { numerator, denominator }: Fraction): Fraction {
  return { numerator: amountMinor * numerator, denominator };
}
