import { describe, expect, it } from 'vitest';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { eventHash } from '../../../../../shared/app/booking/event-hash.ts';
import { sweepFollowUps } from '../../../../../shared/app/booking/sweep-follow-ups.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { monthOf } from '../../../../../shared/domain/rates/snapshot.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { delivery, returned } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { ratesOf } from '../../../../support/rates.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const hashOf = (world: World, id: string) =>
  eventHash(world.dependencies.digest, { source: 'shop', id });

async function pointsOf(world: World): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance(owner);
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

/** Three returns that came before their orders, all of which have come since. */
async function threeWaiting(): Promise<World> {
  const world = createWorld();
  for (const id of ['1', '2', '3']) {
    await accrue(world.dependencies, [returned(`r${id}`, 10_000, { of: `o${id}` })]);
    world.clock.advance(1000);
  }
  const orders = ['o1', 'o2', 'o3'].map((id) => delivery({ id }, id));
  await accrue(world.dependencies, orders);
  expect(world.table.waiting.size).toBe(3);
  return world;
}

describe('a waiting return that cannot be settled', () => {
  it.each(['r1', 'r2', 'r3'])('keeps no other from being settled: %s', async (bad) => {
    const world = await threeWaiting();
    const { ledger } = world.dependencies;
    const broken: typeof ledger = {
      ...ledger,
      async post(posting) {
        if (posting.settled.some(({ hash }) => hash === hashOf(world, bad)))
          throw new Error('down');
        return ledger.post(posting);
      },
    };
    const result = await sweepFollowUps({ ...world.dependencies, ledger: broken }, owner.program);
    expect(result).toEqual({ applied: 2, waiting: 1, cases: 0 });
    expect([...world.table.waiting.values()].map(({ hash }) => hash)).toEqual([hashOf(world, bad)]);
    const failed = world.logged.filter((line) => line.startsWith('FOLLOW_UP_FAILED'));
    expect(failed).toEqual([`FOLLOW_UP_FAILED ${JSON.stringify({ entry: hashOf(world, bad) })}`]);
    expect(await pointsOf(world)).toBe(2800n);

    const next = await sweepFollowUps(world.dependencies, owner.program);
    expect(next).toEqual({ applied: 1, waiting: 0, cases: 0 });
    expect(await pointsOf(world)).toBe(2700n);
  });
});

describe('a waiting activation that also earns', () => {
  const cash = {
    kind: 'percentage',
    unit: 'purchaseCurrency',
    basisPoints: 1000,
    rounding: 'down',
  };
  const until = [{ when: { type: ['order.delivered'] } }];
  const program = sampleProgram({
    ...{ currencies: ['EUR', 'USD'], money: { wallets: ['EUR'], otherwise: 'EUR' }, rewards: [] },
    eventTypes: ['order.placed', 'order.delivered'],
    earning: {
      rules: [
        { id: 'placed', when: { type: ['order.placed'] }, award: cash, pending: { until } },
        { id: 'delivered', when: { type: ['order.delivered'] }, award: cash },
      ],
    },
  });
  const delivered = delivery({
    ...{ id: 'd', type: 'order.delivered', occurredAt: '2026-06-15T10:00:00Z' },
    ...{ currency: 'USD', amountMinor: '1100', refersTo: { source: 'shop', id: 'o' } },
  });
  const placed = delivery({
    ...{ id: 'o', occurredAt: '2026-06-14T10:00:00Z', currency: 'EUR', amountMinor: '100000' },
  });

  it('waits on for want of a rate, and is applied when there is one', async () => {
    const { world, euros } = await accepted();
    const { dependencies } = world;
    expect(await sweepFollowUps(dependencies, program.program)).toMatchObject({ waiting: 1 });
    expect(await euros()).toBe(0n);
    const snapshot = ratesOf('2026-06-15', { USD: '1.1' });
    const month = { source: 'ecb', month: monthOf(snapshot.date), version: 0 } as const;
    await world.rateStore.writeMonths([
      { ...month, snapshots: new Map([[snapshot.date, snapshot]]) },
    ]);
    expect(await sweepFollowUps(dependencies, program.program)).toMatchObject({ applied: 1 });
    expect(await euros()).toBe(10_000n + 100n);
  });

  it('becomes a case that says so, when no rate has come by the limit', async () => {
    const { world } = await accepted();
    world.clock.advance(366 * 86_400_000);
    const result = await sweepFollowUps(world.dependencies, program.program);
    expect(result).toMatchObject({ cases: 1 });
    expect([...world.table.cases.values()].map(({ reason }) => reason)).toEqual(['RATE_STALE']);
  });

  async function accepted() {
    const world = createWorld(program);
    const outcomes = await accrue(world.dependencies, [delivered]);
    outcomes.push(...(await accrue(world.dependencies, [placed])));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['returned', 'accrued']);
    const rateStore = createMemoryRateStore(world.table);
    const { ledger } = world.dependencies;
    const euros = async () => {
      const balance = await ledger.readBalance({ ...owner, unit: 'EUR' });
      return available(balance, localDateAt(world.clock.now(), program.timeZone));
    };
    return { world: { ...world, rateStore }, euros };
  }
});
