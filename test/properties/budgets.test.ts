import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perMajor, placed, programOf } from './program-json.ts';
import { runs } from './runs.ts';
import { type Sent, Stage } from './stage.ts';
import { budgetsIn } from './state.ts';
import { anyMix, dealt, hashOf } from './traffic.ts';

/** What the promotion of a run gives beside the base, in points. */
interface Promotion {
  readonly percent?: number;
  readonly points?: number;
}

const anyBudget = fc.record({
  points: fc.integer({ min: 90, max: 900 }),
  shards: fc.integer({ min: 1, max: 5 }),
});
const anyPromotion: fc.Arbitrary<Promotion> = fc.oneof(
  fc.record({ percent: fc.integer({ min: 101, max: 400 }) }),
  fc.record({ points: fc.integer({ min: 1, max: 90 }) }),
);
const anyOrders = fc.array(
  fc.record({
    member: fc.constantFrom('ann', 'bob', 'cem', 'dia'),
    amountMinor: fc.integer({ min: 1, max: 30_000 }),
  }),
  { minLength: 1, maxLength: 20 },
);
type Setting = { readonly budget: typeof anyBudget extends fc.Arbitrary<infer Of> ? Of : never } & {
  readonly promotion: Promotion;
};
const anySetting = fc.record({ budget: anyBudget, promotion: anyPromotion });

function promoting({ budget, promotion }: Setting) {
  return programOf({
    earning: {
      rules: [{ id: 'base', when: placed, award: perMajor }],
      promotions: [{ id: 'spring', between: {}, budget: 'pot', ...promotion }],
    },
    budgets: [{ id: 'pot', unit: 'PTS', ...budget }],
  });
}

/** What the promotion would give without a budget. */
function wanted({ percent, points }: Promotion, amountMinor: number): bigint {
  const amount = BigInt(amountMinor);
  if (percent === undefined) return BigInt(points ?? 0);
  return (amount * BigInt(percent)) / 10_000n - amount / 100n;
}

/** Equal shares, the first ones one more: the largest is how much one shard may give. */
function largestShare({ points, shards }: Setting['budget']): bigint {
  return BigInt(Math.ceil(points / shards));
}

function judgeBudget(stage: Stage, setting: Setting, events: readonly Sent[]): void {
  const byHash = new Map(events.map((event) => [hashOf(event.id), event]));
  let left = BigInt(setting.budget.points);
  const used = new Map<number, bigint>();
  for (const entry of stage.table.entries.values()) {
    const event = entry.key.at === 'event' ? byHash.get(entry.key.hash) : undefined;
    if (event === undefined || entry.kind !== 'accrual') continue;
    const draws = (entry.awards ?? []).flatMap(({ budgets = [] }) => budgets);
    const drawn = draws.reduce((sum, { points }) => sum + points, 0n);
    const asked = wanted(setting.promotion, event.amountMinor ?? 0);
    // Whatever is left anywhere is given before anything is refused.
    expect([event.id, drawn]).toEqual([event.id, asked < left ? asked : left]);
    const base = BigInt(event.amountMinor ?? 0) / 100n;
    const given = (entry.awards ?? []).reduce((sum, { points }) => sum + points, 0n);
    expect([event.id, given]).toEqual([event.id, base + drawn]);
    left -= drawn;
    for (const { shard, points } of draws) used.set(shard, (used.get(shard) ?? 0n) + points);
  }
  expect(left).toBeGreaterThanOrEqual(0n);
  for (const points of used.values()) {
    expect(points).toBeLessThanOrEqual(largestShare(setting.budget));
  }
  const stored = Object.values(budgetsIn(stage.table)).map(BigInt);
  expect(stored.sort()).toEqual([...used.values()].filter((points) => points > 0n).sort());
}

function named(orders: readonly Omit<Sent, 'id'>[]): Sent[] {
  return orders.map((order, index) => ({ ...order, id: `o${index}` }));
}

describe('hard budgets', () => {
  it('give all they have and never more, under two workers', async () => {
    const property = fc.asyncProperty(
      anySetting,
      anyOrders,
      anyMix,
      async (setting, orders, mix) => {
        const stage = new Stage(promoting(setting));
        const events = named(orders);
        await stage.race(mix.seed, dealt(events, mix));
        judgeBudget(stage, setting, events);
        await stage.audit();
      },
    );
    await fc.assert(property, runs(60));
  });

  it('have everything back once every order is cancelled, in parts', async () => {
    const anyParts = fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 2 });
    const anyMany = fc.array(anyParts, { minLength: 20, maxLength: 20 });
    const property = fc.asyncProperty(
      fc.tuple(anySetting, anyOrders, anyMany, anyMix),
      async ([setting, orders, many, mix]) => {
        const stage = new Stage(promoting(setting));
        const events = named(orders);
        const returns = events.flatMap(({ id, member, amountMinor }, index) =>
          [...(many[index] ?? []), amountMinor ?? 0].map(
            (part, at): Sent => ({
              ...{ id: `${id}-r${at}`, type: 'order.returned', of: id, amountMinor: part },
              ...(member !== undefined && { member }),
            }),
          ),
        );
        await stage.race(mix.seed, dealt([...events, ...returns], mix));
        await stage.sweep();
        expect(budgetsIn(stage.table)).toEqual({});
        const again = events.map((event) => ({ ...event, id: `${event.id}-again` }));
        await stage.send(again);
        judgeBudget(stage, setting, again);
        await stage.audit();
      },
    );
    await fc.assert(property, runs(40));
  });

  it('limit all together what several budgets give, each by its own', async () => {
    const property = fc.asyncProperty(anySetting, anyBudget, anyOrders, anyMix, async (...run) => {
      const [{ budget, promotion }, second, orders, mix] = run;
      const program = programOf({
        earning: {
          rules: [{ id: 'base', when: placed, award: perMajor }],
          promotions: [
            { id: 'spring', between: {}, budget: 'pot', ...promotion },
            { id: 'more', between: {}, budget: 'jar', points: 25 },
          ],
        },
        budgets: [
          { id: 'pot', unit: 'PTS', ...budget },
          { id: 'jar', unit: 'PTS', ...second },
        ],
      });
      const stage = new Stage(program);
      await stage.race(mix.seed, dealt(named(orders), mix));
      const sums = new Map<string, bigint>();
      for (const [key, points] of Object.entries(budgetsIn(stage.table))) {
        const [, pot] = JSON.parse(key);
        sums.set(pot, (sums.get(pot) ?? 0n) + BigInt(points));
      }
      expect(sums.get('pot') ?? 0n).toBeLessThanOrEqual(BigInt(budget.points));
      const jar = BigInt(Math.min(second.points, 25 * orders.length));
      expect(sums.get('jar') ?? 0n).toBe(jar);
      await stage.audit();
    });
    await fc.assert(property, runs(30));
  });
});
