import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs } from '../../../../../shared/domain/time.ts';
import { anAward, anEvent, aRule, pointsIn } from './fixtures.ts';
import { cashback, enrol, exchangesIn, halfUp, march, moneyBooks, usd } from './money-books.ts';

describe('cashback', () => {
  it('is judged in the currency of the purchase and kept in the wallet', () => {
    const books = moneyBooks();
    const decision = books.book(usd(10_099n));
    // 1.5 % of 100.99 is 1.51 dollars; at 1.0850 for a euro they are 1.3917 euros.
    const exchange = {
      ...{ from: 'USD', fromMinor: 151n, to: 'EUR', toMinor: 139n, wholeMinor: 139n },
      ...{ rate: { numerator: 200n, denominator: 217n }, asOf: '2026-03-13' },
      ...{ source: 'ecb', rounding: 'halfUp' },
    };
    expect(decision.movements).toEqual([
      { kind: 'exchange', member: 'ann', unit: 'EUR', through: 'issued', exchange },
      { kind: 'credit', member: 'ann', unit: 'EUR', points: 139n, lot: '991231' },
    ]);
    expect(decision.awards).toMatchObject([
      {
        ...{ unit: 'EUR', points: 139n, judged: { unit: 'USD', points: 151n, wholeMinor: 139n } },
        ...{ parts: [{ member: 'ann', points: 139n }], lot: '991231' },
        arithmetic: '10099*150/10000=151 USD=139 EUR',
      },
    ]);
    expect(decision.explanation.inputs).toMatchObject({
      'USD-EUR': '1.51 USD*200/217=1.39 EUR halfUp, ecb 2026-03-13',
    });
  });

  it('converts the sum of an event once, and leaves what rounding gave on its own account', () => {
    const rules = ['a', 'b', 'c'].map((id) => aRule({ id, award: cashback }));
    const property = fc.property(fc.bigInt({ min: 100n, max: 10n ** 12n }), (amount) => {
      const books = moneyBooks({ rules, returns: [] });
      const decision = books.book(usd(amount));
      const each = (amount * 150n) / 10_000n;
      const kept = halfUp(each * 3n * 10_000n, 10_850n);
      const whole = (each * 3n * 10_000n) / 10_850n;
      if (kept === 0n) return;
      expect(pointsIn(decision, 'EUR')).toBe(kept);
      expect(books.holds('ann', 'EUR')).toBe(kept);
      const judged = decision.awards.map((award) => award.judged);
      expect(judged.map((of) => of?.points)).toEqual([each, each, each]);
      expect(judged.reduce((sum, of) => sum + (of?.wholeMinor ?? 0n), 0n)).toBe(whole);
      const accounts = {
        ...{ 'EUR position': -whole, 'USD issued': -3n * each, 'USD position': 3n * each },
        ...(kept > whole && { 'EUR rounding': whole - kept }),
      };
      expect(books.accounts()).toEqual(accounts);
    });
    fc.assert(property, { seed: 41, numRuns: 200 });
  });

  it('exchanges nothing in the currency of the wallet', () => {
    const books = moneyBooks();
    const decision = books.book(anEvent({ amountMinor: 10_099n, occurredAt: march }));
    expect(exchangesIn(decision)).toEqual([]);
    expect(decision.awards[0]?.judged).toBeUndefined();
    expect(books.holds('ann', 'EUR')).toBe(151n);
  });

  it.each([
    ['the purchase', { walletCurrency: 'purchase' }, {}, { USD: 151n }],
    ['the program', { walletCurrency: 'program', programCurrency: 'GBP' }, {}, { GBP: 116n }],
    ['the member', { walletCurrency: 'member' }, { currency: 'JPY' }, { JPY: 225n }],
    ['a member who names none', { walletCurrency: 'member' }, {}, { EUR: 139n }],
    ['a member, no wallet', { walletCurrency: 'member' }, { currency: 'HUF' }, { EUR: 139n }],
    ['a retired currency', { walletCurrency: 'member' }, { currency: 'HRK' }, { EUR: 139n }],
  ])('is kept in the currency of %s', (_, money, facts, wallets) => {
    const books = moneyBooks({}, { money });
    enrol(books, facts);
    books.book(usd(10_099n));
    for (const [unit, points] of Object.entries(wallets)) {
      expect(books.holds('ann', unit)).toBe(points);
    }
  });

  it('names its own currency where the award does', () => {
    const books = moneyBooks({ rules: [aRule({ award: { ...cashback, unit: 'GBP' } })] });
    books.book(usd(10_099n));
    expect(books.holds('ann', 'GBP')).toBe(116n);
  });

  it('goes elsewhere where no rate leads to the wallet, and says so', () => {
    const wallets = ['EUR', 'GBP', 'ARS'];
    const money = { walletCurrency: 'member', otherwise: 'GBP', wallets };
    const books = moneyBooks({}, { money });
    enrol(books, { currency: 'ARS' });
    const decision = books.book(usd(10_099n));
    expect(books.holds('ann', 'GBP')).toBe(116n);
    expect(decision.explanation.inputs).toMatchObject({ ARS: 'no rate, kept in GBP' });
  });

  it('is refused where no fresh rate leads anywhere, and only where money comes of it', () => {
    const books = moneyBooks();
    const late = usd(10_099n, { occurredAt: addMs(march, 9 * 86_400_000) });
    expect(books.judge(late)).toEqual({ code: 'RATE_STALE', field: 'currency' });
    const nothing = books.judge({ ...late, amountMinor: 1n });
    expect(nothing).toMatchObject({ decision: { awards: [] } });
  });

  it('that rounds to nothing leaves an award of nothing and no exchange', () => {
    const books = moneyBooks({}, { money: { walletCurrency: 'program' } });
    const decision = books.book(anEvent({ currency: 'HUF', amountMinor: 100n, occurredAt: march }));
    expect(decision.movements).toEqual([]);
    expect(decision.awards).toMatchObject([{ unit: 'EUR', points: 0n }]);
    expect(decision.explanation.inputs?.['HUF-EUR']).toMatch('=0.00 EUR');
    expect(books.accounts()).toEqual({});
  });

  it('keeps to caps and budgets in the currency that it is judged in', () => {
    const caps = [{ id: 'most', per: 'member', window: 'day', points: 100, unit: 'USD' }];
    const books = moneyBooks({ caps });
    books.book(usd(10_099n));
    const second = books.book(usd(10_099n, { id: 'A-2' }));
    expect(second.explanation.inputs).toMatchObject({ base: 'CAP_REACHED most' });
    expect(books.holds('ann', 'EUR')).toBe(92n);
    expect([...books.balance('ann').standing.counters.values()]).toEqual([100n]);
  });

  it('asks what the wallet that it goes to asks for', () => {
    const requires = ['data.vat'];
    const wallets = { business: { units: ['EUR'], owner: 'member', requires } };
    const books = moneyBooks({}, { members: { wallets } });
    const told = { base: 'WALLET_REQUIRES data.vat' };
    expect(books.book(usd(10_099n)).explanation.inputs).toMatchObject(told);
    books.book(usd(10_099n, { id: 'A-2', data: { vat: 'DE1' } }));
    expect(books.holds('ann', 'EUR')).toBe(139n);
  });

  it('is split in the wallet currency of the event', () => {
    const split = { by: 'data.who', maximumMembers: 3 };
    const books = moneyBooks({ rules: [aRule({ award: cashback, split })] });
    const who = ['ann', 'bob', 'cem'].map((member) => ({ member, share: 1 }));
    books.book(usd(10_099n, { data: { who } }));
    const held = ['ann', 'bob', 'cem'].map((member) => books.holds(member, 'EUR'));
    expect(held).toEqual([47n, 46n, 46n]);
  });

  it("is donated in part by the event's own member, half up of all of it", () => {
    const split = { by: 'data.who', maximumMembers: 2 };
    const rules = ['a', 'b'].map((id) => aRule({ id, award: cashback, split }));
    const books = moneyBooks({ rules, returns: [] });
    for (const member of ['ann', 'bob']) {
      enrol(books, { donation: { charity: 'oaks', percent: 50 } }, member);
    }
    const who = ['ann', 'bob'].map((member) => ({ member, share: 1 }));
    const { awards } = books.book(usd(10_099n, { data: { who } }));
    // Twice 151 cents of a dollar are 278 of a euro; ann's half is 139, and half of that 70.
    expect(awards.map(({ points }) => points)).toEqual([139n, 139n]);
    expect(awards.map(({ donated }) => donated?.points)).toEqual([35n, 35n]);
    expect([books.holds('ann', 'EUR'), books.holds('bob', 'EUR')]).toEqual([70n, 138n]);
  });
});

describe('points for a purchase in another currency', () => {
  const award = anAward({ amountIn: 'programCurrency', points: 3 });

  it('count its amount at the rate of the day, rounded once', () => {
    const books = moneyBooks({ rules: [aRule({ award })] });
    const decision = books.book(usd(10_099n));
    // 100.99 dollars are 93.078 euros; three points for each of them, whole or not, are 279.23.
    expect(decision.awards).toMatchObject([{ unit: 'PTS', points: 279n, basisMinor: 10_099n }]);
    expect(decision.awards[0]?.arithmetic).toBe('10099*3/100*200/217 ecb 2026-03-13=279');
    expect(exchangesIn(decision)).toEqual([]);
  });

  it('are refused without a rate', () => {
    const books = moneyBooks({ rules: [aRule({ award })] });
    const pesos = anEvent({ currency: 'ARS', occurredAt: march });
    expect(books.judge(pesos)).toEqual({ code: 'RATE_STALE', field: 'currency' });
  });

  it('come back in proportion to the amount, whatever rates are known by then', () => {
    const books = moneyBooks({ rules: [aRule({ award })] });
    books.book(usd(10_099n));
    const refersTo = { source: 'shop', id: 'A-1' };
    books.book(usd(10_099n, { id: 'R', type: 'order.returned', refersTo, occurredAt: march }));
    expect(books.holds('ann', 'PTS')).toBe(0n);
  });
});

describe('a metric in the currency of the program', () => {
  const metric = { id: 'spend', when: { type: ['order.placed'] }, of: 'amount' };
  const metrics = [{ ...metric, amountIn: 'programCurrency' }];

  it('counts at the rate of the day, rounded down once', () => {
    const accelerators = [{ when: { type: ['order.placed'] }, percent: 150 }];
    const books = moneyBooks({ rules: [] }, { metrics: [{ ...metrics[0], accelerators }] });
    const [added] = books.book(usd(10_099n)).metrics;
    expect(added?.add).toBe((10_099n * 10_000n * 150n) / (10_850n * 100n));
  });

  it('is lowered in proportion, and refused without a rate', () => {
    const books = moneyBooks({}, { metrics });
    books.book(usd(10_099n));
    const refersTo = { source: 'shop', id: 'A-1' };
    books.book(usd(10_099n, { id: 'R', type: 'order.returned', refersTo }));
    expect([...books.balance('ann').standing.metrics.values()]).toEqual([0n]);
    const pesos = anEvent({ id: 'P', currency: 'ARS', occurredAt: march });
    expect(books.judge(pesos)).toEqual({ code: 'RATE_STALE', field: 'currency' });
  });
});
