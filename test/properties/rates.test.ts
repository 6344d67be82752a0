import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RateBook } from '../../shared/domain/rates/rate-book.ts';
import type { LocalDate } from '../../shared/domain/time.ts';
import { decimal, Rational } from './rational.ts';
import { runs } from './runs.ts';

/** The kuna became euro on day 12, the lev on day 1108. */
const firstDay = Date.UTC(2022, 11, 20);

function dateOf(day: number): LocalDate {
  return new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10) as LocalDate;
}

/** Currencies that ended: what for, at what rate, and on which day. */
const ended: Readonly<Record<string, readonly [into: string, rate: string, day: number]>> = {
  HRK: ['EUR', '7.53450', 12],
  BGN: ['EUR', '1.95583', 1108],
  ROL: ['RON', '10000', -9_999],
  SKK: ['EUR', '30.1260', -9_999],
};
const bases = { ecb: 'EUR', openExchangeRates: 'USD' } as const;
const unknown = 'XAU';
const codes = ['EUR', 'USD', 'JPY', 'RON', 'HRK', 'BGN', 'ROL', 'SKK', unknown];

interface Published {
  readonly day: number;
  readonly rates: Readonly<Record<string, string>>;
}

interface Asked {
  readonly source: keyof typeof bases;
  readonly from: string;
  readonly to: string;
  readonly on: number;
  readonly staleDays: number;
}

/** By looking at one snapshot after the other, from the day asked for backwards. */
function search(published: readonly Published[], { source, from, to, on, staleDays }: Asked) {
  if ([from, to].includes(unknown)) return 'UNKNOWN_CURRENCY';
  const isOver = (code: string) => (ended[code]?.[2] ?? Number.POSITIVE_INFINITY) <= on;
  if (isOver(to)) return 'CURRENCY_RETIRED';
  const [into = '', fixed = '1'] = ended[from] ?? [];
  const start = isOver(from) ? new Rational(1n).over(decimal(fixed)) : new Rational(1n);
  const left = isOver(from) ? into : from;
  if (left === to) return { rate: start.text() };
  const needed = [left, to].filter((code) => code !== bases[source]);
  for (let day = on; day >= 0; day -= 1) {
    const rates = published.find((one) => one.day === day)?.rates;
    if (rates === undefined || needed.some((code) => rates[code] === undefined)) continue;
    if (on - day > staleDays) return 'RATE_STALE';
    const perBase = (code: string) => decimal(code === bases[source] ? '1' : (rates[code] ?? ''));
    const [per, times] = [perBase(left), perBase(to)];
    return { rate: start.times(times).over(per).text(), asOf: dateOf(day) };
  }
  return 'RATE_MISSING';
}

const anyRate = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 99_999 }))
  .map(([whole, decimals]) => `${whole}.${String(decimals).padStart(5, '0')}`);
/** Around the ends of both, or years from them. */
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 1_090, max: 1_125 }),
  fc.integer({ min: 0, max: 1_200 }),
);
/** Often nothing for weeks, and some currencies only now and then. */
const anyPublished = fc.uniqueArray(
  fc.record({
    day: anyDay,
    rates: fc.dictionary(fc.constantFrom('USD', 'EUR', 'JPY', 'RON', 'HRK', 'BGN'), anyRate),
  }),
  { minLength: 0, maxLength: 40, selector: ({ day }) => day },
);
const anyAsked = fc.record({
  source: fc.constantFrom('ecb' as const, 'openExchangeRates' as const),
  from: fc.constantFrom(...codes),
  to: fc.constantFrom(...codes),
  on: anyDay,
  staleDays: fc.constantFrom(0, 1, 5, 7, 30),
});

it('the rate of a day is what a search from that day backwards finds', () => {
  const property = fc.property(
    anyPublished,
    fc.array(anyAsked, { minLength: 8, maxLength: 8 }),
    (published, questions) => {
      for (const asked of questions) {
        const { source, from, to, on, staleDays } = asked;
        const snapshots = published.map(({ day, rates }) => {
          const kept = Object.entries(rates).filter(([code]) => code !== bases[source]);
          return { date: dateOf(day), rates: new Map(kept) };
        });
        const found = new RateBook(source, snapshots).rateAt({
          from,
          to,
          on: dateOf(on),
          staleDays,
        });
        const expected = search(published, asked);
        if (typeof expected === 'string') {
          expect(found).toMatchObject({ ok: false, failure: { code: expected } });
          continue;
        }
        if (!found.ok) throw new Error(`${found.failure.code} for ${JSON.stringify(asked)}`);
        const { numerator, denominator, asOf, path } = found.value;
        expect(`${numerator}/${denominator}`).toBe(expected.rate);
        if (expected.asOf !== undefined) expect(asOf).toBe(expected.asOf);
        expect([path[0], path.at(-1)]).toEqual([from, to]);
      }
    },
  );
  fc.assert(property, runs(500));
});
