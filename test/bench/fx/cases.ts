import { SeededRandom } from '../../../infra/cli/sample/random.ts';
import type { RateSnapshot } from '../../../shared/domain/rates/snapshot.ts';
import { addDays, type LocalDate } from '../../../shared/domain/time.ts';

/** What one conversion is asked to do. */
export interface FxCase {
  readonly from: string;
  readonly to: string;
  readonly on: LocalDate;
  readonly amountMinor: bigint;
  readonly member: string;
}

const days = Array.from({ length: 30 }, (_, index) => addDays('2026-01-01' as LocalDate, index));
/** With decimals as the European Central Bank publishes them. */
const perEuro: readonly (readonly [code: string, about: number, decimals: number])[] = [
  ['USD', 1.0842, 4],
  ['JPY', 162.35, 2],
  ['GBP', 0.84125, 5],
  ['HUF', 391.28, 2],
  ['CHF', 0.9412, 4],
  ['KRW', 1493.22, 2],
  ['ISK', 143.9, 2],
  ['IDR', 17_213.64, 2],
];
const currencies = ['EUR', ...perEuro.map(([code]) => code)];
/** Kept in memory while they are measured, and no more. */
const members = Array.from({ length: 100 }, (_, index) => `m-${index + 1}`) as [
  string,
  ...string[],
];

/** A rate a day for each currency, up to 2 % away from where it began. */
export function benchSnapshots(): RateSnapshot[] {
  const random = new SeededRandom(4);
  return days.map((date) => {
    const rates = perEuro.map(([code, about, decimals]): [string, string] => {
      const moved = about * (1 + random.between(-2_000, 2_000) / 100_000);
      return [code, moved.toFixed(decimals).replace(/\.?0+$/, '')];
    });
    return { date, rates: new Map(rates) };
  });
}

/** Purchases: up to 99,999,999.99, as many of each number of digits. */
export const purchaseDigits = 10;
/** What the contract of events allows. */
export const acceptedDigits = 18;

/** The same cases whenever they are made, whichever is the first. */
export function benchCases(first: number, count: number, amountDigits: number): FxCase[] {
  return Array.from({ length: count }, (_, index) => benchCase(first + index, amountDigits));
}

function anyAmount(random: SeededRandom, amountDigits: number): bigint {
  const digits = `${random.between(1, 999_999_999)}${random.between(100_000_000, 999_999_999)}`;
  return BigInt(digits.slice(0, random.between(1, amountDigits)));
}

function benchCase(number: number, amountDigits: number): FxCase {
  const random = new SeededRandom(number);
  const from = random.between(0, currencies.length - 1);
  const to = (from + random.between(1, currencies.length - 1)) % currencies.length;
  return {
    ...{ from: currencies[from] ?? '', to: currencies[to] ?? '' },
    on: random.pick(days as [LocalDate, ...LocalDate[]]),
    amountMinor: anyAmount(random, amountDigits),
    member: random.pick(members),
  };
}
