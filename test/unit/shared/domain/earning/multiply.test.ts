import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Books } from './books.ts';
import { anAward, anEvent, aRule, at, pointsIn, programWith } from './fixtures.ts';

const always = { from: '2026-01-01', to: '2027-01-01' };

function promotion(id: string, parts: Record<string, unknown>) {
  return { id, between: always, ...parts };
}

function books(earning: Record<string, unknown>, parts: Record<string, unknown> = {}): Books {
  return new Books(programWith({ rules: [aRule()], ...earning }, parts));
}

describe('stacking', () => {
  const promotions = [promotion('half', { percent: 150 }), promotion('double', { percent: 200 })];
  const order = ['tier', 'segment', 'window', 'promotion'];

  it.each([
    ['add', 250n],
    ['multiply', 300n],
    ['best', 200n],
  ])('by %s makes %s of 100', (mode, points) => {
    const decision = books({ promotions, stacking: { order, mode } }).book(anEvent());
    expect(pointsIn(decision)).toBe(points);
  });

  it('rounds once at the end, exactly', () => {
    const percents = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 4 });
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 13n });
    const modes = fc.constantFrom('add', 'multiply', 'best');
    const property = fc.property(percents, amounts, modes, (list, amountMinor, mode) => {
      const many = list.map((percent, index) => promotion(`p-${index}`, { percent }));
      const earning = { promotions: many, stacking: { order, mode } };
      const factors: Readonly<Record<string, readonly [bigint, bigint]>> = {
        add: [list.reduce((sum, percent) => sum + BigInt(percent - 100), 100n), 100n],
        multiply: [
          list.reduce((product, percent) => product * BigInt(percent), 1n),
          100n ** BigInt(list.length),
        ],
        best: [BigInt(Math.max(...list)), 100n],
      };
      const [factor, of] = factors[mode] ?? [0n, 1n];
      const expected = factor < 0n ? 0n : (amountMinor * factor) / (100n * of);
      expect(pointsIn(books(earning).book(anEvent({ amountMinor })))).toBe(expected);
    });
    fc.assert(property, { seed: 5, numRuns: 120 });
  });

  it('leaves a plain rule alone', () => {
    const rules = [aRule({ plain: true })];
    expect(pointsIn(books({ rules, promotions }).book(anEvent()))).toBe(100n);
  });
});

describe('a multiplier', () => {
  it('of a window holds on its days of the week', () => {
    const multipliers = [{ id: 'weekend', daysOfWeek: [6, 7], percent: 200 }];
    const on = (day: string) => {
      const event = anEvent({ occurredAt: at(`${day}T23:59:59Z`) });
      return pointsIn(books({ multipliers }).book(event));
    };
    expect(['2026-03-13', '2026-03-14', '2026-03-15', '2026-03-16'].map(on)).toEqual([
      ...[100n, 200n, 200n, 100n],
    ]);
  });

  it('holds between its days', () => {
    const between = { from: '2026-03-10', to: '2026-03-12' };
    const multipliers = [{ id: 'spring', between, percent: 300 }];
    const on = (time: string) =>
      pointsIn(books({ multipliers }).book(anEvent({ occurredAt: at(time) })));
    const times = ['2026-03-09T23:59:59Z', '2026-03-10T00:00:00Z', '2026-03-12T00:00:00Z'];
    expect(times.map(on)).toEqual([100n, 300n, 100n]);
  });
});

describe('a promotion', () => {
  it('gives its points on top once an event', () => {
    const rules = [aRule(), aRule({ id: 'second' })];
    const promotions = [promotion('gift', { points: 7 })];
    const decision = books({ rules, promotions }).book(anEvent());
    expect(decision.awards.map(({ points }) => points)).toEqual([107n, 100n]);
  });

  it('holds for its rules and the events that its pattern matches', () => {
    const rules = [aRule(), aRule({ id: 'second' })];
    const when = { country: ['DE'] };
    const promotions = [promotion('gift', { percent: 200, rules: ['second'], when })];
    const points = (country: string) =>
      books({ rules, promotions })
        .book(anEvent({ country }))
        .awards.map((award) => award.points);
    expect(points('DE')).toEqual([100n, 200n]);
    expect(points('FR')).toEqual([100n, 100n]);
  });
});

describe('a hard budget', () => {
  const budgets = [{ id: 'fund', unit: 'PTS', points: 250, shards: 1 }];
  const promotions = [promotion('double', { percent: 200, budget: 'fund' })];

  it('pays what it has left and no more, and says so', () => {
    const funded = books({ promotions }, { budgets });
    const decisions = [1, 2, 3, 4].map((n) => funded.book(anEvent({ id: `A-${n}` })));
    expect(decisions.map((it) => pointsIn(it))).toEqual([200n, 200n, 150n, 100n]);
    expect(decisions.map((it) => it.budgets.map(({ points }) => points))).toEqual([
      ...[[100n], [100n], [50n], []],
    ]);
    expect(decisions[2]?.awards[0]?.arithmetic).toContain('budget fund left=50');
    expect(funded.budgets.get('fund')).toBe(0n);
  });

  it('is drawn for no more than a cap has left of the promotion', () => {
    const caps = [{ id: 'each', per: 'event', points: 130 }];
    const funded = books({ promotions, caps }, { budgets });
    const decision = funded.book(anEvent());
    expect(pointsIn(decision)).toBe(130n);
    expect(decision.budgets).toEqual([{ budget: 'fund', points: 30n, award: 0 }]);
  });

  it('is never overdrawn, in any mode, by any events', () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 30_000n }), { maxLength: 12 });
    const modes = fc.constantFrom('add', 'multiply', 'best');
    const when = { type: ['order.placed'] };
    const other = promotion('other', { percent: 130, points: 9, budget: 'fund', when });
    const more = [...promotions, other];
    const property = fc.property(amounts, modes, (list, mode) => {
      const stacking = { order: ['promotion'], mode };
      const rules = [aRule(), aRule({ id: 'second', award: anAward({ points: 2 }) })];
      const funded = books({ rules, promotions: more, stacking }, { budgets });
      const plain = books({ rules });
      for (const [index, amountMinor] of list.entries()) {
        const event = anEvent({ id: `A-${index}`, amountMinor });
        const decision = funded.book(event);
        const drawn = decision.budgets.reduce((sum, { points }) => sum + points, 0n);
        // Everything beyond the plain points has been paid by the budget.
        expect(pointsIn(decision)).toBe(pointsIn(plain.book(event)) + drawn);
        expect(funded.budgets.get('fund') ?? -1n).toBeGreaterThanOrEqual(0n);
      }
    });
    fc.assert(property, { seed: 17, numRuns: 40 });
  });
});
