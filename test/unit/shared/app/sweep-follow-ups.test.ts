import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../shared/app/accrue.ts';
import { eventHash } from '../../../../shared/app/event-hash.ts';
import { sweepFollowUps } from '../../../../shared/app/sweep-follow-ups.ts';
import { available } from '../../../../shared/domain/points/balance.ts';
import { localDateAt } from '../../../../shared/domain/time.ts';
import { delivery, returned } from '../../../support/deliveries.ts';
import { owner } from '../../../support/points.ts';
import { createWorld, type World } from '../../../support/world.ts';

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
