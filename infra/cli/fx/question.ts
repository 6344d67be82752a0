import { formatFraction, lowestTerms } from '../../../shared/domain/money/fraction.ts';
import { convert, type Rate, residualOf } from '../../../shared/domain/rates/rate.ts';
import { type RateSource, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { type Refusal, refusal } from '../../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../../shared/domain/result.ts';
import { type Instant, type LocalDate, localDateAt } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { decimalText } from './decimal-text.ts';
import { readRatesUntil } from './kept-rates.ts';
import type { RefusedQuestion } from './refuse.ts';
import { refusedRateInWords } from './refused-rate.ts';

export interface RateQuestion {
  readonly from: string;
  readonly to: string;
  readonly on: LocalDate;
  readonly source: RateSource;
  readonly staleDays: number;
}

/** As `fx rate` prints it. */
export interface RateAnswer {
  /** Major units of `to` for one of `from`: `n/d` in lowest terms. */
  readonly rate: string;
  /** For readers: see `decimalText`. */
  readonly decimal: string;
  readonly asOf: LocalDate;
  readonly source: string;
  readonly path: readonly string[];
}

/** As `fx convert` prints it, before the rate. */
export interface ConversionAnswer extends RateAnswer {
  readonly amountMinor: string;
  readonly currency: string;
  readonly rounding: 'halfUp';
  /** Minor units of `currency` that rounding gave or took: `n/d` in lowest terms. */
  readonly residual: string;
}

/** The rate of a day as far as the state knows at `now`: what came later is not used. */
export async function findRate(
  { rates, now }: { readonly rates: RateStore; readonly now: Instant },
  question: RateQuestion,
): Promise<Result<Rate, RefusedQuestion>> {
  const { source, on } = question;
  const today = localDateAt(now, rateSources[source].timeZone);
  const kept = await readRatesUntil(rates, source, on < today ? on : today);
  const found = kept.book.rateAt(question);
  if (found.ok) return found;
  const sentence = await refusedRateInWords(found.failure, question, { rates, kept, today });
  return failure({ ...found.failure, ...(sentence !== undefined && { sentence }) });
}

export function rateAnswer(rate: Rate): RateAnswer {
  const { asOf, source, path } = rate;
  return { rate: formatFraction(rate), decimal: decimalText(rate), asOf, source, path };
}

const digits = /^(0|[1-9]\d{0,17})$/;

/** Whole minor units, zero or more; refusal `INVALID_AMOUNT`. */
export function readAmountMinor(text: string): Result<bigint, Refusal> {
  return digits.test(text)
    ? success(BigInt(text))
    : failure(refusal('INVALID_AMOUNT', 'amountMinor'));
}

/** Rounded half up, as cashback is. */
export function conversionAnswer(amountMinor: bigint, rate: Rate): ConversionAnswer {
  const conversion = convert(amountMinor, rate, 'halfUp');
  const residual = lowestTerms(residualOf(conversion));
  return {
    amountMinor: conversion.amount.amountMinor.toString(),
    currency: conversion.amount.currency,
    rounding: 'halfUp',
    residual: formatFraction(residual),
    ...rateAnswer(rate),
  };
}
