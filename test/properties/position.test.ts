import fc from 'fast-check';
import { expect, it } from 'vitest';
import { positionReport } from '../../infra/cli/fx/position.ts';
import type { PositionReport } from '../../infra/cli/fx/position-report.ts';
import { keepGivenRates } from '../../infra/cli/replay/given-rates.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../shared/adapters/memory/rate-store.ts';
import type { Entry, ExchangeRecord } from '../../shared/domain/ledger/entry.ts';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import { addDays, type LocalDate, startOfDay } from '../../shared/domain/time.ts';
import { richProgramJson } from '../unit/infra/cli/replay/rich-program.ts';
import { runs } from './runs.ts';

/*
 * Every row of the report against the same thing worked out with rationals that share no code with
 * it, around the day on which the lev became a euro.
 */

interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}
const ratio = (over: bigint, under = 1n): Ratio =>
  under < 0n ? { over: -over, under: -under } : { over, under };
const add = (a: Ratio, b: Ratio) => ratio(a.over * b.under + b.over * a.under, a.under * b.under);
const times = (a: Ratio, b: Ratio) => ratio(a.over * b.over, a.under * b.under);
const minus = (a: Ratio, b: Ratio) => add(a, ratio(-b.over, b.under));
const isWithin = (a: Ratio, b: bigint, limit: bigint) => {
  const { over, under } = minus(a, ratio(b));
  return (over < 0n ? -over : over) <= limit * under;
};
const floor = ({ over, under }: Ratio) =>
  over >= 0n || over % under === 0n ? over / under : over / under - 1n;
const halfUp = (value: Ratio) => floor(add(value, ratio(1n, 2n)));

const currencies = ['EUR', 'USD', 'JPY', 'BGN'] as const;
type Currency = (typeof currencies)[number];
const minor: Record<Currency, bigint> = { EUR: 100n, USD: 100n, JPY: 1n, BGN: 100n };
const first = '2025-12-20' as LocalDate;
const levEnds = '2026-01-01' as LocalDate;
const span = 30;
const dayAt = (index: number) => addDays(first, index);

/** Ten-thousandths of a currency for one euro, by day; `undefined` on days without rates. */
const lastRates = { USD: 10_937, JPY: 1_613_300, BGN: 19_558 };
type Rates = readonly (Readonly<Record<Exclude<Currency, 'EUR'>, number>> | undefined)[];
const anyRates: fc.Arbitrary<Rates> = fc
  .array(
    fc.option(
      fc.record({
        USD: fc.integer({ min: 5_000, max: 30_000 }),
        JPY: fc.integer({ min: 500_000, max: 3_000_000 }),
        BGN: fc.integer({ min: 10_000, max: 30_000 }),
      }),
      { nil: undefined, freq: 3 },
    ),
    { minLength: span, maxLength: span },
  )
  // The first and the last day have rates, or there would be none, and stale ones in the end.
  .map((days) => [{ USD: 11_000, JPY: 1_600_000, BGN: 19_558 }, ...days.slice(1, -1), lastRates]);

const anyExchange = fc.record({
  from: fc.constantFrom(...currencies),
  to: fc.constantFrom<Currency>('EUR', 'USD', 'JPY'),
  /** Of the rate; the posting comes later. */
  on: fc.integer({ min: 0, max: span - 1 }),
  later: fc.integer({ min: 0, max: 6 }),
  amount: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1_000_000_000 })),
  undone: fc.boolean(),
});

/** Euros for one of a currency, and the day of the rate. */
function euros(rates: Rates, currency: Currency, index: number): { worth: Ratio; at: LocalDate } {
  const day = dayAt(index);
  if (currency === 'EUR') return { worth: ratio(1n), at: day };
  if (currency === 'BGN' && day >= levEnds)
    return { worth: ratio(100_000n, 195_583n), at: levEnds };
  for (let back = index; back >= 0; back -= 1) {
    const found = rates[back]?.[currency];
    if (found !== undefined) return { worth: ratio(10_000n, BigInt(found)), at: dayAt(back) };
  }
  throw new Error('The first day has rates.');
}

interface Booked {
  readonly record: ExchangeRecord;
  readonly postedOn: LocalDate;
  readonly given: Ratio;
  readonly got: Ratio;
}

function booked(rates: Rates, wish: typeof anyExchange extends fc.Arbitrary<infer W> ? W : never) {
  const { from, to, on, later, amount, undone } = wish;
  if (from === to) return undefined;
  const [left, right] = [euros(rates, from, on), euros(rates, to, on)];
  const perMajor = times(left.worth, ratio(right.worth.under, right.worth.over));
  const exact = times(perMajor, ratio(BigInt(amount) * minor[to], minor[from]));
  const sign = undone ? -1n : 1n;
  const isLaw = from === 'BGN' && dayAt(on) >= levEnds;
  const asOf = isLaw && to === 'EUR' ? levEnds : newest(rates, on);
  const law = 'Council Regulation (EU) 2025/1409';
  const postedOn = dayAt(on + later);
  const record: ExchangeRecord = {
    ...{ from, to, fromMinor: sign * BigInt(amount), toMinor: sign * halfUp(exact) },
    wholeMinor: sign * floor(exact),
    rate: lowest(perMajor),
    ...{ asOf, rounding: 'halfUp' },
    source: isLaw ? (to === 'EUR' ? law : `${law} + ecb`) : 'ecb',
  };
  const perMinor = (worth: Ratio, currency: Currency) => times(worth, ratio(100n, minor[currency]));
  const given = perMinor(left.worth, from);
  return { record, postedOn, given, got: perMinor(right.worth, to) };
}

/** The day of the snapshot that all currencies come from. */
function newest(rates: Rates, index: number): LocalDate {
  for (let back = index; back >= 0; back -= 1) if (rates[back] !== undefined) return dayAt(back);
  throw new Error('The first day has rates.');
}

function lowest({ over, under }: Ratio) {
  let [a, b] = [over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: over / a, denominator: under / a };
}

const parsed = parseProgram(richProgramJson);
if ('findings' in parsed) throw new Error('The program is valid.');
const { program } = parsed;

async function report(rates: Rates, exchanges: readonly Booked[], on: LocalDate) {
  const store = createMemoryRateStore(new MemoryTable());
  const snapshots = rates.flatMap((day, index) => {
    if (day === undefined) return [];
    const texts = Object.entries(day).map(([currency, rate]): [string, string] => {
      return [currency, (rate / 10_000).toFixed(4).replace(/\.?0+$/, '')];
    });
    return [{ date: dayAt(index), rates: new Map(texts) }];
  });
  await keepGivenRates(store, { source: 'ecb', snapshots });
  const entries = exchanges.map(({ record, postedOn }, index): Entry => {
    const at = startOfDay(postedOn, program.timeZone);
    const { from, fromMinor, to, toMinor, wholeMinor } = record;
    return {
      key: { at: 'event', program: 'rich', hash: `${index}`, part: '0' },
      ...{ kind: 'accrual', program: 'rich', member: 'ann', bodyHash: '', occurredAt: at },
      ...{ postedAt: at, explanation: { reason: '' }, exchanges: [record] },
      legs: [
        { account: { kind: 'fxPosition' }, unit: from, amount: fromMinor },
        { account: { kind: 'fxPosition' }, unit: to, amount: -wholeMinor },
        { account: { kind: 'rounding' }, unit: to, amount: wholeMinor - toMinor },
      ],
    };
  });
  const scan = {
    async *items() {
      for (const entry of entries) yield { entry };
    },
    async *balances() {},
  };
  const asOf = startOfDay(on, program.timeZone);
  return positionReport({ scan, rates: store, program, asOf });
}

/** Exact gains of one currency on one day. */
function exactDay(rates: Rates, exchanges: readonly Booked[], currency: Currency, day: LocalDate) {
  const index = (Date.parse(day) - Date.parse(first)) / 86_400_000;
  const at = (which: number) =>
    times(euros(rates, currency, which).worth, ratio(100n, minor[currency]));
  let [opening, booking, rounding] = [0n, ratio(0n), ratio(0n)];
  for (const { record, postedOn, given, got } of exchanges) {
    const sides = [
      ...(record.from === currency ? [{ flow: record.fromMinor, worth: given }] : []),
      ...(record.to === currency ? [{ flow: -record.wholeMinor, worth: got }] : []),
    ];
    for (const { flow, worth } of sides) {
      if (postedOn < day) opening += flow;
      if (postedOn !== day) continue;
      booking = add(booking, times(ratio(flow), minus(at(index), worth)));
    }
    if (record.to !== currency || postedOn !== day) continue;
    const worth = times(ratio(record.fromMinor), given);
    rounding = add(rounding, minus(worth, times(ratio(record.wholeMinor), got)));
  }
  const change = times(ratio(opening), minus(at(index), at(Math.max(0, index - 1))));
  return { opening, change, booking, rounding };
}

function checkRows(found: PositionReport, rates: Rates, exchanges: readonly Booked[]) {
  for (const row of found.days) {
    const currency = row.currency as Currency;
    const exact = exactDay(rates, exchanges, currency, row.day);
    expect(BigInt(row.openingMinor)).toBe(exact.opening);
    expect(isWithin(exact.change, BigInt(row.rateChangeMinor), 1n)).toBe(true);
    expect(isWithin(exact.booking, BigInt(row.bookingMinor), 1n)).toBe(true);
    expect(isWithin(exact.rounding, BigInt(row.roundingMinor), 1n)).toBe(true);
    if (currency === 'BGN' && row.day > levEnds) expect(row.rateChangeMinor).toBe('0');
  }
}

it('explains every position to the cent, and each row within one', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRates,
      fc.array(anyExchange, { minLength: 1, maxLength: 12 }),
      async (rates, wishes) => {
        const last = span - 1;
        const exchanges = wishes
          .flatMap((wish) => booked(rates, wish) ?? [])
          .filter(({ postedOn }) => postedOn <= dayAt(last));
        const found = await report(rates, exchanges, dayAt(last));
        checkRows(found, rates, exchanges);
        let value = ratio(0n);
        for (const row of found.positions) {
          if (!('valueMinor' in row)) throw new Error(`${row.currency} is ${row.refused}.`);
          const days = found.days.filter(({ currency }) => currency === row.currency);
          const gains = days.reduce((sum, day) => {
            const { rateChangeMinor, bookingMinor, roundingMinor } = day;
            return sum + BigInt(rateChangeMinor) + BigInt(bookingMinor) + BigInt(roundingMinor);
          }, 0n);
          expect(gains).toBe(BigInt(row.valueMinor) - BigInt(row.costMinor));
          expect(`${gains}`).toBe(row.differenceMinor);
          const currency = row.currency as Currency;
          const worth = times(euros(rates, currency, last).worth, ratio(100n, minor[currency]));
          const exact = times(ratio(BigInt(row.positionMinor)), worth);
          expect(row.valueMinor).toBe(`${halfUp(exact)}`);
          value = add(value, exact);
        }
        const rows = BigInt(found.positions.length);
        expect(isWithin(value, BigInt(found.totals.valueMinor), rows)).toBe(true);
        // Both sides of each conversion cost the same.
        expect(isWithin(ratio(0n), BigInt(found.totals.costMinor), rows)).toBe(true);
      },
    ),
    runs(150),
  );
});
