import { currentCurrency, retirementOf } from '../money/currency.ts';
import { type Fraction, formatFraction, one, product } from '../money/fraction.ts';
import { minorPerMajor } from '../money/money.ts';
import { programCurrencyOf } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { EventContext } from './event-context.ts';

/** How amounts of a purchase in another currency count; nothing of it is rounded. */
export interface AmountRate {
  /** Major units of the program's currency for one of the purchase's. */
  readonly major: Fraction;
  /** The same in minor units of both. */
  readonly minor: Fraction;
  /** Such as `3/4 ecb 2026-03-13`. */
  readonly told: string;
}

/**
 * The rate of the event's day into the program's currency; `undefined` where the purchase is in it.
 * A program's currency that is retired by then counts as the law says it was worth.
 */
export function programRate(context: EventContext): Result<AmountRate | undefined, Refusal> {
  const { compiled, event, day, rates } = context;
  const { program } = compiled;
  const [from, to] = [event.currency, programCurrencyOf(program)];
  if (from === to) return success(undefined);
  const current = currentCurrency(to, day.date);
  const { staleDays } = program.money;
  const found = rates.rateAt({ from, to: current, on: day.date, staleDays });
  if (!found.ok) return failure(refusal('RATE_STALE', 'currency'));
  const fixed = current === to ? undefined : retirementOf(to);
  const major = product(found.value, fixed?.rate ?? one);
  const exponents = { numerator: minorPerMajor(to), denominator: minorPerMajor(from) };
  const sources = [found.value.source, ...(fixed ? [fixed.law] : [])].join(' + ');
  const told = `${formatFraction(major)} ${sources} ${found.value.asOf}`;
  return success({ major, minor: product(major, exponents), told });
}
