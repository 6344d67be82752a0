import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import { redemptionView } from '../../../../../shared/app/redemption/redemption-view.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { rewarding } from '../../../../support/offers.ts';
import { owner } from '../../../../support/points.ts';
import { asking, held, worldOf } from '../../../../support/redeeming.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import type { World } from '../../../../support/world.ts';

const program = 'online-retail';
const own = (redemption: string) => ({ program, member: 'ann', redemption });

async function pointsOf(world: World): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance(owner);
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

async function cancelled(world: World, redemption: string, member = 'ann'): Promise<string> {
  const result = await cancel(world.dependencies, { ...own(redemption), member });
  return result.ok ? redemptionView(result.value).status : result.failure.code;
}

async function asked(): Promise<{ readonly world: World; readonly id: string }> {
  const world = await worldOf(rewarding(), 1500);
  return { world, id: await held(world, asking('k1')) };
}

describe('calling a redemption off', () => {
  it('gives the points back at once where nobody was asked', async () => {
    const { world, id } = await asked();
    expect(await cancelled(world, id)).toBe('pointsReturned');
    expect(await pointsOf(world)).toBe(1500n);
    expect(await cancelled(world, id)).toBe('pointsReturned');
    await route(world.dependencies, { program, redemption: id });
    await drain(world);
    expect(world.provider.rewards()).toHaveLength(0);
    expect(await pointsOf(world)).toBe(1500n);
  });

  it('gives them back at once where nobody was called yet', async () => {
    const { world, id } = await asked();
    await route(world.dependencies, { program, redemption: id });
    expect(await cancelled(world, id)).toBe('pointsReturned');
    await drain(world);
    expect(world.provider.calls).toEqual([]);
    expect(await pointsOf(world)).toBe(1500n);
  });

  it('waits for a definite no where somebody was', async () => {
    const { world, id } = await asked();
    world.provider.placing.push('pend');
    await route(world.dependencies, { program, redemption: id });
    const placed = world.inbox.take('dispatch');
    if (placed !== undefined) world.inbox.put(placed);
    await drainOnce(world);
    expect(await cancelled(world, id)).toBe('cancelling');
    expect(await pointsOf(world)).toBe(500n);
    world.provider.decide('failed');
    await drain(world);
    expect(await pointsOf(world)).toBe(1500n);
    expect(await cancelled(world, id)).toBe('pointsReturned');
  });

  it('is too late once the reward is there, and for nobody else', async () => {
    const { world, id } = await asked();
    await route(world.dependencies, { program, redemption: id });
    await drain(world);
    expect(await cancelled(world, id)).toBe('ALREADY_DELIVERED');
    expect(await cancelled(world, id, 'bob')).toBe('UNKNOWN_REDEMPTION');
    expect(await cancelled(world, '0f8fad5b-d9cb-869f-a165-708677289500')).toBe(
      'UNKNOWN_REDEMPTION',
    );
    expect(await pointsOf(world)).toBe(500n);
  });
});

/** One message of the dispatch queue. */
async function drainOnce(world: World): Promise<void> {
  const message = world.inbox.take('dispatch');
  if (message === undefined) throw new Error('Nothing was sent.');
  world.clock.reach(message.dueAt);
  await dispatch(world.dependencies, { program, redemption: String(message.body.redemption) });
}

describe('calling off while it is dispatched', () => {
  const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

  it.each(seeds)('gives the points back once, or the reward (seed %i)', async (seed) => {
    const { world, id } = await asked();
    if (seed % 3 === 0) world.provider.placing.push({ reject: 'permanent' });
    if (seed % 3 === 1) world.provider.placing.push('lost');
    const turns = seededTurns(seed);
    const { ledger, redemptions } = world.dependencies;
    const ports = {
      ledger: interleaved(ledger, turns),
      redemptions: interleaved(redemptions, turns),
    };
    const dependencies = { ...world.dependencies, ...ports };
    const racing = { ...world, dependencies };
    await Promise.all([
      cancelled(racing, id),
      route(dependencies, { program, redemption: id }).then(() => drain(world, dependencies)),
      cancelled(racing, id),
    ]);
    await drain(world);
    const rewards = world.provider.rewards().length;
    const record = await world.dependencies.redemptions.read(id);
    expect(record?.settlements).toHaveLength(1);
    expect(rewards).toBe(record?.settlements[0]?.entry.kind === 'capture' ? 1 : 0);
    expect(await pointsOf(world)).toBe(rewards === 1 ? 500n : 1500n);
  });
});
