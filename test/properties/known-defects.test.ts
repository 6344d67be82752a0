import { describe, expect, it } from 'vitest';
import { readCustomerEvent } from '../../shared/contracts/events.ts';
import { perMajor, placed, programOf } from './program-json.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { accountsIn, statesIn } from './state.ts';

const points = (stage: Stage, member = 'ann') => {
  const { lots = {}, debt = '0' } = statesIn(stage.table)[`${member} PTS`] ?? {};
  return Object.values(lots).reduce((sum, held) => sum + Number(held), 0) - Number(debt);
};
const kindsOf = (outcomes: readonly { readonly kind: string }[]) =>
  outcomes.map(({ kind }) => kind);

describe('what others get wrong about earning is not so here', () => {
  it('a duplicate event pays once, however it comes again', async () => {
    const stage = new Stage(programOf({}));
    const order: Sent = { id: 'o1', amountMinor: 20_000 };
    expect(kindsOf(await stage.send([order, order], [order]))).toEqual([
      ...['accrued', 'duplicate', 'duplicate'],
    ]);
    await stage.race(7, [[[order]], [[order, order]]]);
    expect(points(stage)).toBe(200);
  });

  it('a second version of an event is a conflict and not a second payment', async () => {
    const stage = new Stage(programOf({}));
    const order: Sent = { id: 'o1', amountMinor: 20_000 };
    const other = [
      { ...order, amountMinor: 20_001 },
      { ...order, member: 'bob' },
    ];
    expect(kindsOf(await stage.send([order], other))).toEqual(['accrued', 'conflict', 'conflict']);
    expect([points(stage), points(stage, 'bob')]).toEqual([200, 0]);
  });

  it('a negative amount mints nothing, neither as a purchase nor as a return', async () => {
    const members = { ...programOf({}).members, secondPersonAbove: 100 };
    const stage = new Stage(programOf({ members }));
    for (const type of ['order.placed', 'order.returned']) {
      const reading = readCustomerEvent({
        ...{ source: 'shop', id: type, type, member: 'ann', currency: 'GBP' },
        ...{ occurredAt: '2026-06-01T00:00:00Z', amountMinor: -100_000 },
      });
      expect(reading).toMatchObject({ ok: false, failure: { field: 'amountMinor' } });
    }
    const data = { unit: 'PTS', points: -50, reason: 'correction' };
    const taken = await stage.command('points.adjusted', data);
    expect(taken).toMatchObject({ kind: 'refused', refusal: { code: 'INSUFFICIENT_POINTS' } });
    expect(points(stage)).toBe(0);
  });

  it('a refund neither keeps the points nor deducts them twice', async () => {
    const stage = new Stage(programOf({}));
    const order: Sent = { id: 'o1', amountMinor: 20_000 };
    const back: Sent = { ...order, id: 'r1', type: 'order.returned', of: 'o1' };
    await stage.send([order], [{ id: 'o2', amountMinor: 5000 }], [back]);
    expect(points(stage)).toBe(50);
    await stage.send([back], [{ ...back, id: 'r2' }], [{ ...back, id: 'r3', amountMinor: 12_000 }]);
    expect(points(stage)).toBe(50);
    await stage.audit();
  });

  it('expiry leaves drawn what was drawn from a lot', async () => {
    const expiry = [{ unit: 'PTS', kind: 'daysAfter', days: 30 }];
    const stage = new Stage(programOf({ expiry }));
    await stage.send([{ id: 'o1', amountMinor: 10_000 }]);
    stage.reach(stage.now() + 10 * dayMs);
    await stage.send([{ id: 'o2', amountMinor: 7000 }]);
    await stage.send([{ id: 'r1', amountMinor: 6000, type: 'order.returned' }]);
    stage.reach(stage.now() + 25 * dayMs);
    await stage.sweep();
    expect(points(stage)).toBe(70);
    expect(accountsIn(stage.table)).toMatchObject({ 'PTS breakage': '40', 'PTS issued': '-110' });
    stage.reach(stage.now() + 25 * dayMs);
    await stage.sweep();
    expect(points(stage)).toBe(0);
    await stage.audit();
  });

  it('a review takes one level at a time, and an order reaches the level it earns', async () => {
    const level = (id: string, atLeast: number) => ({
      ...{ id, names: { en: id } },
      qualify: { anyOf: [{ allOf: [{ metric: 'spend', atLeast }] }] },
    });
    const low = { id: 'blue', names: { en: 'Blue' } };
    const stage = new Stage(
      programOf({
        metrics: [{ id: 'spend', when: placed, of: 'amount' }],
        tiers: {
          levels: [low, level('silver', 10_000), level('gold', 30_000)],
          window: { kind: 'rolling', months: 1 },
          up: { when: 'now' },
          down: { when: 'review', every: 'month', step: 'one' },
        },
      }),
    );
    const levelNow = () => [...stage.table.balances.values()][0]?.balance.standing.tier?.level;
    await stage.send([{ id: 'o1', amountMinor: 29_999 }]);
    expect(levelNow()).toBe('silver');
    await stage.send([{ id: 'o2', amountMinor: 1 }]);
    expect(levelNow()).toBe('gold');
    const levels = [];
    for (let month = 1; month <= 4; month += 1) {
      stage.reach(stage.now() + 31 * dayMs);
      await stage.sweep();
      levels.push(levelNow());
    }
    expect(levels).toEqual(['gold', 'silver', 'blue', 'blue']);
  });

  it('contention drops no event: 400 of one member, from eight workers', async () => {
    const rules = [{ id: 'base', when: placed, award: perMajor }];
    const caps = [{ id: 'most', per: 'member', window: 'lifetime', points: 1_000_000 }];
    const stage = new Stage(programOf({ earning: { rules, caps } }));
    const workers = Array.from({ length: 8 }, (_, worker) =>
      Array.from({ length: 50 }, (__, index) => [{ id: `o${worker}-${index}`, amountMinor: 100 }]),
    );
    await stage.race(11, workers);
    expect(points(stage)).toBe(400);
    await stage.audit();
  });
});
