import { floorDivide } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import { addDays, daysFrom, type Instant, type LocalDate, localDateAt } from '../time.ts';

/** What an account held when it was last asked, and what it has used, by day (UTC). */
export interface FloatState {
  readonly balances: readonly Money[];
  readonly readAt: Instant;
  /** Positive amounts, one for each day and currency. */
  readonly used: readonly DayUse[];
  readonly outOfFundsSince?: Instant;
}

interface DayUse {
  readonly day: LocalDate;
  readonly amount: Money;
}

/** Days of use that are kept. */
export const keptDays = 14;
/** The forecast looks back so far, at most. */
const forecastDays = 7;
/** Fewer days of use than this are a warning. */
export const lowDays = 3;
/** An account whose balance does not tell is tried again after this. */
const retryMs = 3_600_000;

/**
 * A new reading on top of the last one. What was used is what the balances have lost; a top-up
 * between two readings hides a part of it, which makes the forecast too kind until the next one.
 */
export function floatRead(
  before: FloatState | undefined,
  balances: readonly Money[],
  now: Instant,
): FloatState {
  const today = localDateAt(now, 'UTC');
  const oldest = addDays(today, 1 - keptDays);
  const kept = (before?.used ?? []).filter(({ day }) => day >= oldest);
  const used = (before?.balances ?? []).reduce((days, held) => {
    const left = amountIn(balances, held.currency);
    const spent = left === undefined ? 0n : held.amountMinor - left;
    const amount = { currency: held.currency, amountMinor: spent };
    return spent > 0n ? added(days, { day: today, amount }) : days;
  }, kept);
  const since = before?.outOfFundsSince;
  const isBack = since === undefined || areFundsBack(before, balances, now);
  return {
    ...{ balances, readAt: now, used },
    ...(!isBack && since !== undefined && { outOfFundsSince: since }),
  };
}

function areFundsBack(
  before: FloatState | undefined,
  balances: readonly Money[],
  now: Instant,
): boolean {
  const isToppedUp = balances.some(({ currency, amountMinor }) => {
    return amountMinor > (amountIn(before?.balances ?? [], currency) ?? 0n);
  });
  const isEmpty = balances.length > 0 && balances.every(({ amountMinor }) => amountMinor <= 0n);
  const isOld = now - (before?.outOfFundsSince ?? now) >= retryMs;
  return isToppedUp || (isOld && !isEmpty);
}

function added(days: readonly DayUse[], use: DayUse): DayUse[] {
  const isSame = ({ day, amount }: DayUse): boolean =>
    day === use.day && amount.currency === use.amount.currency;
  const earlier = days.find(isSame)?.amount.amountMinor ?? 0n;
  const amount = { ...use.amount, amountMinor: earlier + use.amount.amountMinor };
  return [...days.filter((each) => !isSame(each)), { ...use, amount }];
}

function amountIn(balances: readonly Money[], currency: string): bigint | undefined {
  return balances.find((each) => each.currency === currency)?.amountMinor;
}

export interface Forecast {
  readonly currency: string;
  /** Whole days that the balance lasts at the use of the last days. */
  readonly daysLeft: number;
}

/** Of each currency that was used, over all days since the first of them. */
export function forecastOf({ balances, used, readAt }: FloatState): Forecast[] {
  const today = localDateAt(readAt, 'UTC');
  const oldest = addDays(today, 1 - forecastDays);
  return balances.flatMap(({ currency, amountMinor }) => {
    const own = used.filter(({ day, amount }) => day >= oldest && amount.currency === currency);
    const sum = own.reduce((total, { amount }) => total + amount.amountMinor, 0n);
    if (sum === 0n) return [];
    const first = own.reduce((least, { day }) => (day < least ? day : least), today);
    const days = BigInt(daysFrom(first, today) + 1);
    const left = amountMinor <= 0n ? 0n : floorDivide(amountMinor * days, sum);
    return [{ currency, daysLeft: Number(left > 3650n ? 3650n : left) }];
  });
}
