import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Movement } from '../../../../../shared/domain/member/decision.ts';
import type { Books } from './books.ts';
import { anAward, anEvent, aRule, at } from './fixtures.ts';
import {
  back,
  cashback,
  enrol,
  exchangesIn,
  halfUp,
  march,
  migrate,
  moneyBooks,
  usd,
} from './money-books.ts';

const donation = { charity: 'oaks', percent: 35 };
const done = { type: ['trip.completed'] };
const split = { by: 'data.who', maximumMembers: 3 };
const places = [
  {},
  { vestAfterDays: 14 },
  { split },
  { pending: { until: [{ when: done }] } },
  { split, pending: { until: [{ when: done }] } },
];
const who = ['ann', 'bob'].map((member, index) => ({ member, share: index + 1 }));

/** Parts that an amount comes back in: the last one brings all that is left. */
function partsOf(amount: bigint, cuts: readonly bigint[]): bigint[] {
  const ends = [...cuts.filter((cut) => cut < amount).sort((a, b) => Number(a - b)), amount];
  return ends.map((end, index) => end - (ends[index - 1] ?? 0n));
}

const anyCuts = fc.uniqueArray(fc.bigInt({ min: 1n, max: 400_000n }), { maxLength: 5 });
/** Often so little that an award keeps nothing of it. */
const anyAmount = fc.oneof(
  fc.bigInt({ min: 1n, max: 500_000n }),
  fc.bigInt({ min: 1n, max: 2_000n }),
);
const anyJourney = fc.record({
  chosen: fc.array(
    fc.record({
      place: fc.constantFrom(...places),
      basisPoints: fc.integer({ min: 1, max: 999 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  ...{ amount: anyAmount, cuts: anyCuts, percent: fc.integer({ min: 0, max: 100 }) },
  currency: fc.constantFrom('USD', 'HUF', 'JPY'),
  first: fc.bigInt({ min: 0n, max: 9_999n }),
  activated: fc.nat({ max: 5 }),
});
const trip = { source: 'shop', id: 'A-1' };

describe('a return of converted cashback', () => {
  it('turns the exchange back at its own rate, in proportion', () => {
    const books = moneyBooks();
    enrol(books, { donation });
    books.book(usd(10_099n));
    expect(books.accounts()['EUR oaks']).toBe(49n);
    const decision = books.book(back(5_000n, 'R-1', { occurredAt: at('2026-09-01T10:00:00Z') }));
    const rate = { numerator: 200n, denominator: 217n };
    const undone = { fromMinor: -74n, toMinor: -68n, wholeMinor: -68n };
    expect(decision.movements).toEqual([
      {
        ...{ kind: 'exchange', member: 'ann', unit: 'EUR', through: 'issued' },
        exchange: {
          ...{ from: 'USD', to: 'EUR', ...undone, rate, asOf: '2026-03-13' },
          ...{ source: 'ecb', rounding: 'halfUp' },
        },
      },
      {
        ...{ kind: 'take', member: 'ann', unit: 'EUR', points: 44n },
        ...{ prefer: '991231', uncovered: 'debt' },
      },
      { kind: 'donate', member: 'ann', unit: 'EUR', points: -24n, charity: 'oaks' },
    ]);
    expect(decision.explanation.inputs).toMatchObject({ 'USD-EUR': expect.stringMatching('ecb') });
  });

  it('of everything, in any parts, leaves nothing anywhere', () => {
    const property = fc.property(
      anyJourney,
      ({ chosen, amount, cuts, percent, currency, first, activated }) => {
        const rules = chosen.map(({ place, basisPoints }, index) =>
          aRule({ id: ruleId(index), ...place, award: { ...cashback, basisPoints } }),
        );
        const books = moneyBooks({ rules, caps: capsOn(chosen, currency) });
        if (percent > 0) enrol(books, { donation: { charity: 'oaks', percent } });
        books.book(usd(first, { id: 'before', currency }));
        const was = books.state();
        books.book(usd(amount, { currency, data: { who } }));
        for (const [index, part] of partsOf(amount, cuts).entries()) {
          if (index === activated) activate(books);
          books.book(back(part, `R-${index}`, { currency }));
          expectBalanced(books, currency);
        }
        expect(books.state()).toEqual(was);
      },
    );
    fc.assert(property, { seed: 43, numRuns: 300 });
  });

  it('that names nothing is converted at the rate of its own day', () => {
    const books = moneyBooks();
    const { refersTo: _, ...plain } = back(10_099n, 'R-1');
    const decision = books.book(plain);
    const [exchange] = exchangesIn(decision);
    expect(exchange).toMatchObject({ fromMinor: -151n, toMinor: -139n, wholeMinor: -139n });
    expect(books.balance('ann', 'EUR').debt).toBe(139n);
    const late = { ...plain, occurredAt: at('2026-06-01T10:00:00Z') };
    expect(books.judge(late)).toEqual({ code: 'RATE_STALE', field: 'currency' });
  });

  it('in another currency than its original is refused', () => {
    const books = moneyBooks();
    books.book(usd(10_099n));
    const pounds = back(10_099n, 'R-1', { currency: 'GBP' });
    expect(books.judge(pounds)).toEqual({ code: 'FOLLOW_UP_CURRENCY_MISMATCH', field: 'currency' });
  });
});

function ruleId(index: number): string {
  return index === 0 ? 'base' : `r${index}`;
}

/** Counters are those of the event's own member, so that split awards have none. */
function capsOn(chosen: readonly { readonly place: object }[], unit: string) {
  const whole = chosen.flatMap(({ place }, index) => ('split' in place ? [] : [ruleId(index)]));
  if (whole.length === 0) return [];
  return [{ id: 'most', per: 'member', rules: whole, window: 'day', points: 1500, unit }];
}

function activate(books: Books): void {
  books.book(usd(0n, { id: 'T', type: 'trip.completed', refersTo: trip }));
}

/** Members and program together have nothing, in each unit. */
function expectBalanced(books: Books, currency: string): void {
  for (const unit of ['EUR', currency]) {
    const own = Object.entries(books.accounts()).filter(([key]) => key.startsWith(unit));
    const program = own.reduce((sum, [, amount]) => sum + amount, 0n);
    expect(program + books.holds('ann', unit) + books.holds('bob', unit)).toBe(0n);
  }
}

describe('donated cashback that waits for an event', () => {
  it('goes to the charity when that comes, and not before', () => {
    const pending = { until: [{ when: done }] };
    const books = moneyBooks({ rules: [aRule({ award: cashback, pending })] });
    enrol(books, { donation });
    books.book(usd(10_099n));
    expect(books.balance('ann', 'EUR').pending).toBe(139n);
    expect(books.accounts()['EUR oaks']).toBeUndefined();
    activate(books);
    expect(books.balance('ann', 'EUR')).toMatchObject({ pending: 0n });
    expect(books.holds('ann', 'EUR')).toBe(90n);
    expect(books.accounts()['EUR oaks']).toBe(49n);
  });

  it('is not of points', () => {
    const books = moneyBooks({ rules: [aRule({ award: anAward() })] });
    enrol(books, { donation });
    const kinds = books.book(anEvent({ occurredAt: march })).movements.map(({ kind }) => kind);
    expect(kinds).toEqual(['credit']);
  });
});

describe('a return of what was kept in a currency that has been replaced', () => {
  const june = at('2021-06-01T10:00:00Z');
  const january = at('2023-01-05T10:00:00Z');
  const kuna = (amountMinor: bigint) => anEvent({ currency: 'HRK', amountMinor, occurredAt: june });
  const home = { money: { walletCurrency: 'member' } };

  it('takes euros by the fixed rate, all that the migration gave and no more', () => {
    const property = fc.property(
      anyAmount,
      anyCuts,
      fc.nat({ max: 4 }),
      fc.boolean(),
      (amount, cuts, early, foreign) => {
        const books = moneyBooks({}, home);
        enrol(books, { currency: 'HRK' });
        const event = foreign ? usd(amount, { occurredAt: june }) : kuna(amount);
        books.book(event);
        const parts = partsOf(amount, cuts);
        let left = amount;
        for (const [index, part] of parts.entries()) {
          if (index === early) migrate(books);
          const isOver = index >= early;
          const currency = foreign ? 'USD' : isOver ? 'EUR' : 'HRK';
          // In euros a part counts by the fixed rate, and what is left counts as all of it.
          const told = foreign || !isOver ? part : halfUp(left * 100_000n, 753_450n);
          const when = { occurredAt: isOver ? january : june, currency };
          books.book(back(told, `R-${index}`, when));
          left -= isOver && !foreign ? left : part;
        }
        expect([books.holds('ann', 'HRK'), books.holds('ann', 'EUR')]).toEqual([0n, 0n]);
        const { 'HRK converted': _, ...accounts } = books.accounts();
        if (parts.length <= early) expect(accounts).toEqual({});
      },
    );
    fc.assert(property, { seed: 47, numRuns: 200 });
  });

  it('turns migration and purchase back, one after the other', () => {
    const books = moneyBooks({}, home);
    enrol(books, { currency: 'HRK' });
    books.book(usd(10_099n, { occurredAt: june }));
    expect(books.holds('ann', 'HRK')).toBe(929n);
    expect(migrate(books)).toBe(123n);
    const decision = books.book(back(10_099n, 'R-1', { occurredAt: january }));
    expect(exchangesIn(decision)).toMatchObject([
      { from: 'USD', fromMinor: -151n, to: 'HRK', toMinor: -929n, asOf: '2021-05-31' },
      { from: 'HRK', fromMinor: -929n, to: 'EUR', toMinor: -123n, asOf: '2023-01-01' },
    ]);
    const take = decision.movements.find(({ kind }): boolean => kind === 'take') as Movement;
    expect(take).toMatchObject({ unit: 'EUR', points: 123n, prefer: '991231' });
  });

  it('counts euros against kuna by the fixed rate', () => {
    const books = moneyBooks({}, home);
    enrol(books, { currency: 'HRK' });
    books.book(kuna(100_000n));
    expect(migrate(books)).toBe(199n);
    const part = { currency: 'EUR', occurredAt: january };
    books.book(back(6_636n, 'R-1', part));
    expect(books.holds('ann', 'EUR')).toBe(100n);
    // 132.72 euros are 999.98 kuna: what was paid, as near as a cent comes.
    books.book(back(6_636n, 'R-2', part));
    expect(books.holds('ann', 'EUR')).toBe(0n);
  });
});
