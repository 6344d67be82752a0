import { type Month, plainDecimal, type RateSnapshot } from '../../domain/rates/snapshot.ts';
import { invariant } from '../../domain/result.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';

/*
 * Snapshots of one month as a text. The first line lists currencies; each further line is a day of
 * the month and a rate for each of them, `-` where it has none:
 *
 *     GBP HRK USD
 *     02 0.8843 - 1.0683
 */

const none = '-';
const day = /^\d{2}$/;
const code = /^[A-Z]{3}$/;

/** Oldest day and first code first: equal snapshots make equal texts. */
export function writeRateText(snapshots: Iterable<RateSnapshot>): string {
  const days = [...snapshots].sort((left, right) => (left.date < right.date ? -1 : 1));
  const currencies = [...new Set(days.flatMap(({ rates }) => [...rates.keys()]))].sort();
  const lines = days.map(({ date, rates }) =>
    [date.slice(-2), ...currencies.map((currency) => rates.get(currency) ?? none)].join(' '),
  );
  return [currencies.join(' '), ...lines].join('\n');
}

/** Throws on a text that `writeRateText` has not written. */
export function readRateText(month: Month, text: string): Map<LocalDate, RateSnapshot> {
  const [head = '', ...lines] = text.split('\n');
  const currencies = head === '' ? [] : head.split(' ');
  const isSound = currencies.every((currency) => code.test(currency));
  invariant(isSound, `The stored rates of ${month} have a column without a currency.`);
  const snapshots = lines.map((line) => readDay(month, currencies, line.split(' ')));
  return new Map(snapshots.map((snapshot) => [snapshot.date, snapshot]));
}

function readDay(
  month: Month,
  currencies: readonly string[],
  [number = '', ...cells]: readonly string[],
): RateSnapshot {
  const date = day.test(number) ? parseLocalDate(`${month}-${number}`) : undefined;
  invariant(date !== undefined, `The stored rates of ${month} have a line without a day.`);
  invariant(cells.length === currencies.length, `The stored rates of ${date} are cut off.`);
  const rates = new Map<string, string>();
  for (const [index, currency] of currencies.entries()) {
    const cell = cells[index] ?? none;
    if (cell === none) continue;
    const isRate = plainDecimal(cell) === cell && cell !== '0';
    invariant(isRate, `The stored rate of ${currency} on ${date} is no rate.`);
    rates.set(currency, cell);
  }
  return { date, rates };
}
