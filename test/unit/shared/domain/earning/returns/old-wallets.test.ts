import { describe, expect, it } from 'vitest';
import { anEvent, aRule, at, returnsOf } from '../fixtures.ts';
import { back, cashback, enrol, exchangesIn, migrate, moneyBooks } from '../money-books.ts';

const december = at('2022-12-30T10:00:00Z');
const january = at('2023-01-05T10:00:00Z');
const home = { money: { walletCurrency: 'purchase' } };
const tenth = { ...cashback, basisPoints: 1000 };

function kuna(amountMinor: bigint, id = 'A-1') {
  return anEvent({ id, currency: 'HRK', amountMinor, occurredAt: december });
}

function euros(amountMinor: bigint, id: string, of = 'A-1') {
  const refersTo = { source: 'shop', id: of };
  return back(amountMinor, id, { currency: 'EUR', occurredAt: january, refersTo });
}

function kunaBooks(uncovered = 'debt', rule = {}) {
  const returns = returnsOf('base').map((it) => ({ ...it, uncovered }));
  const books = moneyBooks({ rules: [aRule({ award: tenth, ...rule })], returns }, home);
  enrol(books, {});
  return books;
}

describe('a return of what has come late into a wallet in a replaced currency', () => {
  it.each(['debt', 'case'])('takes it from there (%s)', (uncovered) => {
    const books = kunaBooks(uncovered);
    const was = books.state();
    books.book(kuna(100_000n), january);
    const decision = books.book(euros(13_272n, 'R-1'));
    const take = { kind: 'take', member: 'ann', unit: 'HRK', points: 10_000n };
    expect(decision.movements).toMatchObject([{ ...take, prefer: '991231', uncovered }]);
    expect(books.state()).toEqual(was);
  });

  it('in parts, before and after it migrates, takes what the migration gave', () => {
    const books = kunaBooks();
    books.book(kuna(100_000n), january);
    books.book(euros(5_000n, 'R-1'));
    const left = books.holds('ann', 'HRK');
    expect(left).toBe(6_233n);
    expect(migrate(books)).toBe(827n);
    books.book(euros(4_000n, 'R-2'));
    books.book(euros(4_272n, 'R-3'));
    expect([books.holds('ann', 'HRK'), books.holds('ann', 'EUR')]).toEqual([0n, 0n]);
  });

  it('takes from the successor only what is not there any more', () => {
    const books = kunaBooks();
    books.book(kuna(9_290n), december);
    expect(migrate(books)).toBe(123n);
    books.book(kuna(5_000n, 'A-2'), january);
    const decision = books.book(euros(1_233n, 'R-1'));
    // 4.29 of 9.29 kuna: what 9.29 - 5.00 kuna are in euros.
    expect(decision.movements).toMatchObject([
      { kind: 'exchange', exchange: { fromMinor: -429n, toMinor: -57n, wholeMinor: -56n } },
      { kind: 'take', unit: 'HRK', points: 500n },
      { kind: 'take', unit: 'EUR', points: 57n },
    ]);
    books.book(euros(664n, 'R-2', 'A-2'));
    expect([books.holds('ann', 'HRK'), books.holds('ann', 'EUR')]).toEqual([0n, 0n]);
  });

  it('takes what still vests there', () => {
    const books = kunaBooks('case', { vestAfterDays: 14 });
    const was = books.state();
    books.book(kuna(100_000n), january);
    const { movements } = books.book(euros(13_272n, 'R-1'));
    expect(movements).toMatchObject([{ unit: 'HRK', points: 10_000n, vestOn: '230113' }]);
    expect(books.state()).toEqual(was);
  });

  it('that names nothing takes the rest from the successor, too', () => {
    const books = kunaBooks('case');
    books.book(kuna(9_290n), december);
    migrate(books);
    books.book(kuna(5_000n, 'A-2'), january);
    const plain = { id: 'R-1', type: 'order.returned', currency: 'HRK', occurredAt: december };
    const decision = books.book(anEvent({ ...plain, amountMinor: 14_290n }), january);
    expect(decision.movements).toMatchObject([
      { kind: 'exchange', exchange: { from: 'HRK', fromMinor: -929n, to: 'EUR', toMinor: -123n } },
      { kind: 'take', unit: 'HRK', points: 500n },
      { kind: 'take', unit: 'EUR', points: 123n },
    ]);
    expect([books.holds('ann', 'HRK'), books.holds('ann', 'EUR')]).toEqual([0n, 0n]);
  });

  it('asks each member of a split for what they still have there', () => {
    const split = { by: 'data.who', maximumMembers: 2 };
    const books = kunaBooks('case', { split });
    const who = ['ann', 'bob'].map((member) => ({ member, share: 1 }));
    books.book({ ...kuna(100_000n), data: { who } });
    expect(migrate(books)).toBe(664n);
    const decision = books.book(euros(13_272n, 'R-1'));
    expect(exchangesIn(decision)).toMatchObject([{ fromMinor: -5_000n, toMinor: -664n }]);
    for (const member of ['ann', 'bob']) {
      expect([books.holds(member, 'HRK'), books.holds(member, 'EUR')]).toEqual([0n, 0n]);
    }
  });
});
