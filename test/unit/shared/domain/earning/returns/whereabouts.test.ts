import { describe, expect, it } from 'vitest';
import { addMs } from '../../../../../../shared/domain/time.ts';
import { aRule, at, returnsOf } from '../fixtures.ts';
import { back, cashback, enrol, exchangesIn, march, moneyBooks, usd } from '../money-books.ts';

const pending = { until: [{ when: { type: ['trip.completed'] } }] };
const refersTo = { source: 'shop', id: 'A-1' };
const huf = { currency: 'HUF' };

describe('a return of an award that waits', () => {
  const rules = [
    aRule({ pending, award: { ...cashback, basisPoints: 80 } }),
    aRule({ id: 'more', pending, award: cashback }),
  ];

  it.each([
    ['at once', [40_000n]],
    ['in parts', [13_333n, 20_000n, 6_667n]],
  ])('turns back also what has kept nothing, %s', (_, parts) => {
    const books = moneyBooks({ rules });
    const was = books.state();
    const { awards } = books.book(usd(40_000n, huf));
    expect(awards.map(({ points }) => points)).toEqual([0n, 2n]);
    for (const [index, part] of parts.entries()) books.book(back(part, `R-${index}`, huf));
    expect(books.state()).toEqual(was);
  });

  it('turns nothing back of what has been forfeited', () => {
    const late = { until: [{ when: { type: ['trip.completed'] }, withinDays: 1 }] };
    const books = moneyBooks({ rules: [aRule({ pending: late, award: cashback })] });
    books.book(usd(10_099n));
    const occurredAt = at('2026-03-20T10:00:00Z');
    books.book(usd(0n, { id: 'T', type: 'trip.completed', refersTo, occurredAt }));
    const { movements } = books.book(back(10_099n, 'R-1'));
    expect(movements).toEqual([]);
  });

  it('is told by the record what was activated, when all that still waited is taken', () => {
    const lines = ['wine', 'bread'].map((sku) => ({ sku, quantity: 1, amountMinor: 5_000n }));
    const [wine, bread] = lines.map((line) => [line]);
    const of = (sku: string, type: string) => ({
      pending: { until: [{ when: { type: [type] } }] },
      award: { ...cashback, lines: { only: { skus: [sku] } } },
    });
    const [first, second] = [of('wine', 'trip.completed'), of('bread', 'app.opened')];
    const books = moneyBooks({ rules: [aRule(first), aRule({ id: 'more', ...second })] });
    const was = books.state();
    books.book(usd(10_000n, { lines }));
    books.book(usd(0n, { id: 'T', type: 'trip.completed', refersTo }));
    expect(books.balance('ann', 'EUR')).toMatchObject({ pending: 69n });
    books.book(back(5_000n, 'R-1', { ...(bread && { lines: bread }) }));
    expect(books.holds('ann', 'EUR')).toBe(69n);
    books.book(back(5_000n, 'R-2', { ...(wine && { lines: wine }) }));
    expect(books.state()).toEqual(was);
  });
});

describe('a return of what had expired before it was booked', () => {
  const expiry = [
    { unit: 'PTS', kind: 'never' },
    { unit: 'EUR', kind: 'monthsAfterEndOfMonth', months: 1 },
  ];
  const june = at('2026-06-15T12:00:00Z');

  it.each([
    ['at once', [10_099n]],
    ['in parts', [3_333n, 3_333n, 3_433n]],
  ])("takes the charity's part back with its share of the exchange, %s", (_, parts) => {
    const books = moneyBooks({ returns: returnsOf('base') }, { expiry });
    enrol(books, { donation: { charity: 'oaks', percent: 35 } });
    books.book(usd(10_099n), june);
    expect(books.accounts()).toMatchObject({ 'EUR breakage': 90n, 'EUR oaks': 49n });
    for (const [index, part] of parts.entries()) {
      const occurredAt = addMs(march, index + 1);
      const decision = books.book(back(part, `R-${index}`, { occurredAt }), june);
      expect(exchangesIn(decision)).toHaveLength(1);
    }
    // 1.51 dollars were 1.39 euros, of which 0.90 are gone and nothing else is left.
    expect(books.accounts()).toEqual({
      ...{ 'EUR breakage': 90n, 'EUR position': -90n },
      ...{ 'USD issued': -98n, 'USD position': 98n },
    });
  });
});
