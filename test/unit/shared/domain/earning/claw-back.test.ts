import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, instantOf } from '../../../../../shared/domain/time.ts';
import { Books } from './books.ts';
import { anAward, anEvent, aRule, at, programWith, returnsOf } from './fixtures.ts';

const placed = at('2026-03-15T10:00:00Z');
const refersTo = { source: 'shop', id: 'A-1' };
const budgets = [{ id: 'fund', unit: 'PTS', points: 70, shards: 1 }];
const between = { from: '2026-01-01', to: '2027-01-01' };
const promotions = [{ id: 'more', between, percent: 150, budget: 'fund' }];
const caps = [{ id: 'daily', per: 'member', window: 'day', points: 500, times: 9 }];
const fixed = { kind: 'fixed', unit: 'PTS', points: 10 };
const metrics = [
  { id: 'spend', when: { type: ['order.placed'] }, of: 'amount' },
  { id: 'orders', when: { type: ['order.placed'] }, of: 'count' },
];

function aReturn(parts: Parameters<typeof anEvent>[0] = {}) {
  const occurredAt = addMs(placed, 1000);
  return anEvent({ id: 'R-1', type: 'order.returned', refersTo, occurredAt, ...parts });
}

function everything(rule: Record<string, unknown> = {}): Books {
  const rules = [aRule(rule), aRule({ id: 'welcome', award: fixed, plain: true })];
  const earning = { rules, promotions, caps, returns: returnsOf('base') };
  return new Books(programWith(earning, { budgets, metrics, lateDays: 3 }));
}

describe('a return of an event', () => {
  it('takes in proportion from the lot that was earned', () => {
    const books = everything();
    books.book(anEvent({ occurredAt: placed }));
    expect(books.balance('ann').lots).toEqual(new Map([['280401', 160n]]));
    const decision = books.book(aReturn({ amountMinor: 2500n }));
    // A quarter of 150, and of the 10 points that the event gave whatever its amount.
    expect(decision.movements).toEqual([
      {
        kind: 'take',
        unit: 'PTS',
        member: 'ann',
        points: 37n,
        prefer: '280401',
        uncovered: 'debt',
      },
      {
        kind: 'take',
        unit: 'PTS',
        member: 'ann',
        points: 2n,
        prefer: '280401',
        uncovered: 'debt',
      },
    ]);
    expect(decision.explanation).toMatchObject({ rule: 'back', reason: 'RETURNED' });
    expect(decision.budgets).toEqual([{ budget: 'fund', shard: 0, points: -12n }]);
  });

  it('stops at what was earned', () => {
    const books = everything();
    books.book(anEvent({ occurredAt: placed }));
    books.book(aReturn({ amountMinor: 6000n }));
    books.book(aReturn({ id: 'R-2', amountMinor: 6000n }));
    const third = books.book(aReturn({ id: 'R-3', amountMinor: 6000n }));
    expect(books.balance('ann')).toMatchObject({ debt: 0n, lots: new Map([['280401', 0n]]) });
    expect(third).toMatchObject({ movements: [], explanation: { reason: 'NOTHING_TO_TAKE' } });
  });

  it('of everything, in any parts, restores all that stood before', () => {
    const cut = fc.uniqueArray(fc.bigInt({ min: 1n, max: 9999n }), { maxLength: 5 });
    const before = fc.bigInt({ min: 0n, max: 20_000n });
    const amount = fc.bigInt({ min: 0n, max: 10_000n });
    const vesting = fc.constantFrom(
      {},
      { vestAfterDays: 30 },
      {
        pending: {
          until: [
            {
              when: {
                type: ['trip.completed'],
              },
            },
          ],
        },
      },
    );
    const property = fc.property(cut, before, amount, vesting, (cuts, first, value, rule) => {
      const books = everything(rule);
      books.book(anEvent({ id: 'before', occurredAt: placed, amountMinor: first }));
      const was = books.state();
      books.book(anEvent({ occurredAt: placed, amountMinor: value }));
      const ends = [...cuts.filter((it) => it < value).sort((a, b) => Number(a - b)), value];
      for (const [index, end] of ends.entries()) {
        const amountMinor = end - (ends[index - 1] ?? 0n);
        books.book(aReturn({ id: `R-${index}`, amountMinor }));
      }
      expect(books.state()).toEqual(was);
    });
    fc.assert(property, { seed: 31, numRuns: 150 });
  });

  it('counts its lines as the rule did', () => {
    const lines = [
      { sku: 'wine', quantity: 1, amountMinor: 6000n, category: 'drinks' },
      { sku: 'fee', quantity: 1, amountMinor: 4000n, category: 'service' },
    ];
    const [wine, fee] = lines;
    const award = anAward({ lines: { except: { categories: ['service'] } } });
    const rules = [aRule({ award })];
    const books = new Books(programWith({ rules, returns: returnsOf('base') }));
    const points = () => [...books.balance('ann').lots.values()];
    books.book(anEvent({ occurredAt: placed, lines }));
    books.book(aReturn({ id: 'R-1', amountMinor: 4000n, lines: fee ? [fee] : [] }));
    expect(points()).toEqual([60n]);
    books.book(aReturn({ id: 'R-2', amountMinor: 3000n }));
    expect(points()).toEqual([42n]);
    books.book(aReturn({ id: 'R-3', amountMinor: 6000n, lines: wine ? [wine] : [] }));
    expect(points()).toEqual([0n]);
  });

  it('takes what has vested from the lots', () => {
    const books = everything({ vestAfterDays: 30, plain: true });
    books.book(anEvent({ occurredAt: placed }));
    expect(books.balance('ann').vesting).toEqual(new Map([['260414', 100n]]));
    const [vestOn] = books.balance('ann').vesting.keys();
    const points = 100n;
    const lot = '280501' as NonNullable<typeof vestOn>;
    const vest = { kind: 'vest' as const, member: 'ann', unit: 'PTS', points, lot };
    const sweep = anEvent({ id: 'sweep', type: 'app.opened' });
    const nothing = books.book(sweep);
    books.apply({ ...nothing, movements: [{ ...vest, ...(vestOn && { vestOn }) }] }, sweep);
    const decision = books.book(aReturn({ amountMinor: 5000n }));
    expect(decision.movements[0]).toMatchObject({ kind: 'take', points: 50n, prefer: '280501' });
  });

  it('waits for an event that has not come', () => {
    expect(everything().judge(aReturn())).toEqual({ kind: 'waits' });
  });

  it('of another member, or of a return, is refused', () => {
    const books = everything();
    books.book(anEvent({ occurredAt: placed }));
    expect(books.judge(aReturn({ member: 'bob' }))).toEqual({
      ...{ code: 'FOLLOW_UP_MEMBER_MISMATCH', field: 'refersTo' },
    });
    books.book(aReturn({ amountMinor: 100n }));
    const second = aReturn({ id: 'R-2', refersTo: { source: 'shop', id: 'R-1' } });
    expect(books.judge(second)).toEqual({ code: 'FOLLOW_UP_NOT_AN_ORIGINAL', field: 'refersTo' });
  });
});

describe('a return that names nothing', () => {
  it('takes what the rule would give, without caps and multipliers', () => {
    const books = everything();
    const { refersTo: _, ...plain } = aReturn({ amountMinor: 90_050n });
    const decision = books.book(plain);
    expect(decision.kind).toBe('return');
    expect(decision.explanation.reason).toBe('RETURNED_BY_RATE');
    expect(books.balance('ann').debt).toBe(900n);
    expect(decision.counters).toEqual([]);
  });

  it('may come whenever', () => {
    const books = everything();
    const { refersTo: _, ...plain } = aReturn({ occurredAt: instantOf(Date.UTC(2001, 0, 1)) });
    expect(books.book(plain).movements).toHaveLength(1);
  });
});
