import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import {
  type RedeemCommand,
  type RedeemDependencies,
  redeem,
} from '../../../../../shared/app/redemption/redeem.ts';
import { formatInstant } from '../../../../../shared/domain/time.ts';
import { delivery, redemption } from '../../../../support/deliveries.ts';
import { task } from '../../../../support/fulfilment.ts';
import { createWorld, type World } from '../../../../support/world.ts';

async function worldWith(points: number): Promise<World> {
  const world = createWorld();
  await accrue(world.dependencies, [delivery({ amountMinor: points * 100 })]);
  return world;
}

async function idOf(world: World, command: RedeemCommand): Promise<string> {
  const result = await redeem(world.dependencies, command);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.hold.redemption;
}

/** What a second send hears whose `dependencies` have let the first one in. */
async function told(dependencies: RedeemDependencies, command: RedeemCommand): Promise<unknown> {
  const result = await redeem(dependencies, command);
  if (!result.ok) return result.failure.code;
  return { repeated: result.value.repeated, id: result.value.hold.redemption };
}

/** The second send has found no hold; before it reads the balance, the first one has it all. */
function overtakenAtBalance(world: World): RedeemDependencies {
  const { ledger } = world.dependencies;
  const overtaken: typeof ledger = {
    ...ledger,
    async readBalance(owner) {
      await redeem(world.dependencies, redemption('k1'));
      return ledger.readBalance(owner);
    },
  };
  return { ...world.dependencies, ledger: overtaken };
}

/** The second send has read the balance too; the store then names the balance, not the hold. */
function overtakenAtHold(world: World): RedeemDependencies {
  const { redemptions } = world.dependencies;
  const overtaken: typeof redemptions = {
    ...redemptions,
    async hold() {
      await redeem(world.dependencies, redemption('k1'));
      return { kind: 'stale' };
    },
  };
  return { ...world.dependencies, redemptions: overtaken };
}

describe('a second send of one request, overtaken by the first', () => {
  it.each([
    ['reads a drained balance', 1000, overtakenAtBalance],
    ['is stale and then reads a drained balance', 1000, overtakenAtHold],
    ['is stale each time', 5000, overtakenAtHold],
  ])('gets the first result where it %s', async (_, points, overtaken) => {
    const world = await worldWith(points);
    const second = await told(overtaken(world), redemption('k1'));
    const [hold] = [...world.table.holds.values()];
    expect(second).toEqual({ repeated: true, id: hold?.redemption });
    expect(world.table.holds.size).toBe(1);
  });

  it.each([
    ['balance', overtakenAtBalance],
    ['hold', overtakenAtHold],
  ])('is a conflict with another body or address (%s)', async (_, overtaken) => {
    for (const parts of [{ email: 'bob@example.com' }, { amountMinor: 900 }]) {
      const world = await worldWith(1000);
      const second = await told(overtaken(world), redemption('k1', parts));
      expect(second).toBe('IDEMPOTENCY_CONFLICT');
      expect(world.table.holds.size).toBe(1);
    }
  });

  it('is refused for want of points where the first was another request', async () => {
    const world = await worldWith(1000);
    expect(await told(overtakenAtBalance(world), redemption('k2'))).toBe('INSUFFICIENT_POINTS');
  });
});

describe('a hold', () => {
  const waiting = (world: World) =>
    world.inbox.messages.map(({ queue, dueAt }) => [queue, dueAt - world.clock.now()]);

  it('is watched from the start, and from the same time by a repeat before its order', async () => {
    const world = await worldWith(1000);
    const requestedAt = formatInstant(world.clock.now());
    const id = await idOf(world, redemption('k1'));
    expect(waiting(world)).toEqual([['check', 900_000]]);
    world.inbox.messages.splice(0);
    world.clock.advance(60_000);
    expect(await idOf(world, redemption('k1'))).toBe(id);
    expect(waiting(world)).toEqual([['check', 900_000]]);
    expect(world.inbox.messages[0]?.body).toEqual({ kind: 'check', ...task(id), requestedAt });
  });

  it('is not watched again by a repeat once its order exists, nor by a conflict', async () => {
    const world = await worldWith(1000);
    const id = await idOf(world, redemption('k1'));
    world.inbox.messages.splice(0);
    await told(world.dependencies, redemption('k1', { email: 'bob@example.com' }));
    expect(waiting(world)).toEqual([]);
    await route(world.dependencies, task(id));
    world.inbox.messages.splice(0);
    expect(await idOf(world, redemption('k1'))).toBe(id);
    expect(waiting(world)).toEqual([]);
  });
});
