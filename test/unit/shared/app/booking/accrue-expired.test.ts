import { describe, expect, it } from 'vitest';
import { accrue, type EventDelivery } from '../../../../../shared/app/booking/accrue.ts';
import { sweepFollowUps } from '../../../../../shared/app/booking/sweep-follow-ups.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { instantOf, localDateAt } from '../../../../../shared/domain/time.ts';
import { delivery, returned } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { createWorld, type World } from '../../../../support/world.ts';

/** Points of this order went on 1 May 2026, before the day on which the world begins. */
const long = { id: 'long', occurredAt: '2024-04-10T10:00:00Z' };

async function send(world: World, ...deliveries: EventDelivery[]): Promise<string[]> {
  const outcomes = await accrue(world.dependencies, deliveries);
  return outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.error;
    return outcome.kind;
  });
}

async function balanceOf(world: World) {
  const { lots, ...balance } = await world.dependencies.ledger.readBalance(owner);
  const held = [...lots.values()].reduce((sum, points) => sum + points, 0n);
  const today = localDateAt(world.clock.now(), world.program.timeZone);
  return { debt: balance.debt, held, available: available({ ...balance, lots }, today) };
}

function legsOf(world: World, kind: string) {
  const entries = [...world.table.entries.values()].filter((entry) => entry.kind === kind);
  return entries.map(({ legs }) => legs.map(({ account, amount }) => [account.kind, amount]));
}

describe('points that have expired on the day they are booked', () => {
  const breakage = [
    ['issued', -1000n],
    ['breakage', 1000n],
  ];

  it('are breakage at once, and no lot is opened for them', async () => {
    const world = createWorld();
    expect(await send(world, delivery(long))).toEqual(['accrued']);
    expect(legsOf(world, 'accrual')).toEqual([breakage]);
    expect(await balanceOf(world)).toEqual({ debt: 0n, held: 0n, available: 0n });
  });

  it('pay no debt', async () => {
    const world = createWorld();
    await send(world, returned('back', 50_000));
    await send(world, delivery(long));
    expect(legsOf(world, 'accrual')).toEqual([breakage]);
    expect(await balanceOf(world)).toEqual({ debt: 500n, held: 0n, available: -500n });
  });

  it('have a last day in the zone of the program', async () => {
    const june = { id: 'june', occurredAt: '2024-06-10T10:00:00Z' };
    for (const [now, points] of [
      ['2026-06-30T22:59:59.999Z', 1000n],
      ['2026-06-30T23:00:00.000Z', 0n],
    ] as const) {
      const world = createWorld();
      world.clock.reach(instantOf(Date.parse(now)));
      await send(world, delivery(june));
      expect(await balanceOf(world)).toEqual({ debt: 0n, held: points, available: points });
    }
  });
});

describe('an order that was booked too late and its return', () => {
  const order = delivery(long);
  const other = delivery({ id: 'other' }, 'd-other');
  const ways: [string, (back: EventDelivery) => EventDelivery[][]][] = [
    ['one after the other', (back) => [[order], [back]]],
    ['the return first', (back) => [[back], [order]]],
    ['in one batch', (back) => [[order, back]]],
    ['in one batch, the return first', (back) => [[back, order]]],
  ];

  it.each(ways)('a return that names it takes nothing: %s', async (_, batches) => {
    const world = createWorld();
    await send(world, other);
    for (const batch of batches(returned('r1', 60_000, { of: 'long' })))
      await send(world, ...batch);
    await sweepFollowUps(world.dependencies, 'online-retail');
    expect(await balanceOf(world)).toEqual({ debt: 0n, held: 1000n, available: 1000n });
    expect(legsOf(world, 'return').flat()).toEqual([]);
    expect(world.table.waiting.size).toBe(0);
  });

  it.each(ways)('a return that names nothing leaves its debt: %s', async (_, batches) => {
    const world = createWorld();
    for (const batch of batches(returned('r1', 60_000))) await send(world, ...batch);
    expect(await balanceOf(world)).toEqual({ debt: 600n, held: 0n, available: -600n });
  });
});
