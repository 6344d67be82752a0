import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { release } from '../../../../../shared/app/dispatch/settle.ts';
import { callOff } from '../../../../../shared/app/dispatch/settle-call-off.ts';
import { neverOrdered } from '../../../../../shared/domain/redemption/call-off.ts';
import type { CancelReason } from '../../../../../shared/domain/redemption/order.ts';
import type { Review } from '../../../../../shared/domain/redemption/review.ts';
import {
  drain,
  expectSettled,
  orderOf,
  requested,
  task,
  withPorts,
} from '../../../../support/fulfilment.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import { agree, held } from '../../../../support/sources.ts';
import type { Dependencies, World } from '../../../../support/world.ts';

async function cancel(
  world: World,
  id: string,
  dependencies: Dependencies = world.dependencies,
  reason: CancelReason = 'member',
) {
  const record = await dependencies.redemptions.read(id);
  if (record === undefined) throw new Error('No redemption.');
  return callOff(dependencies, record, reason);
}

describe('a redemption that is called off', () => {
  it('before it was routed, or before the first call, is over at once', async () => {
    const early = await held({});
    expect(await cancel(early.world, early.id)).toBe('released');
    await route(early.world.dependencies, task(early.id));
    await drain(early.world);
    expect(early.world.provider.calls).toEqual([]);
    expect(orderOf(early.world, early.id).provider).toBe('');

    const { world, id } = await requested();
    expect(await cancel(world, id)).toBe('released');
    expect(await cancel(world, id)).toBe('released');
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
    expect(world.provider.calls).toEqual([]);
    const [settlement] = world.table.settlements.get(id) ?? [];
    expect(settlement?.entry.explanation.reason).toBe('CANCELLED_BY_MEMBER');
  });

  it('after a call comes back after a definite no, and is not placed again', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['dropped'];
    await dispatch(world.dependencies, task(id));
    expect(await cancel(world, id)).toBe('asked');
    expect(await cancel(world, id)).toBe('asked');
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
    expect(world.provider.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
  });

  it('after a call that had an effect is delivered all the same', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['lost'];
    await dispatch(world.dependencies, task(id));
    expect(await cancel(world, id)).toBe('asked');
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(await cancel(world, id)).toBe('delivered');
  });

  it('while it waits for funds is over at once: it was refused', async () => {
    const { world, id } = await requested();
    world.provider.placing = [{ reject: 'waitForFunds' }];
    await dispatch(world.dependencies, task(id));
    expect(await cancel(world, id)).toBe('released');
  });

  it('gives back what was paid beside the points', async () => {
    const asked = await held({});
    const { world, id, hold } = asked;
    const cash = { amountMinor: 250n, currency: 'GBP' };
    agree(asked, { cash });
    const key = { at: 'redemption', redemption: id, part: 'PAY' } as const;
    const legs = [
      { account: { kind: 'merchantReceivable' }, unit: 'GBP', amount: 250n },
      { account: { kind: 'rewardCost' }, unit: 'GBP', amount: -250n },
    ] as const;
    const entry = { ...hold().entry, key, kind: 'payment', legs } as const;
    await world.dependencies.redemptions.recordPayment({ entry, paymentId: 'p1' });
    await cancel(world, id);
    const [settlement] = world.table.settlements.get(id) ?? [];
    const money = settlement?.entry.legs.filter(({ unit }) => unit === 'GBP');
    expect(money?.map(({ account, amount }) => [account.kind, amount])).toEqual([
      ['merchantReceivable', -250n],
      ['rewardCost', 250n],
    ]);
  });

  it('is a case where the payment came while the points went back', async () => {
    const asked = await held({});
    const { world, id, hold } = asked;
    agree(asked, { cash: { amountMinor: 250n, currency: 'GBP' } });
    const order = neverOrdered(id, 'unpaid');
    await world.dependencies.redemptions.createOrder(order);
    const record = await world.dependencies.redemptions.read(id);
    if (record === undefined) throw new Error('No redemption.');
    world.table.payments.set(id, { entry: hold().entry, paymentId: 'p1' });
    await release(world.dependencies, { ...record, order });
    expect([...world.table.cases.values()].map(({ reason }) => reason)).toEqual([
      'PAID_AFTER_RELEASE',
    ]);
  });

  it('is over or delivered, once, however it races with dispatch', async () => {
    const ends = new Set<string>();
    for (let seed = 1; seed <= 80; seed += 1) {
      const { world, id } = await requested();
      const faults = ['accept', 'lost', 'dropped', 'pend', { reject: 'permanent' }] as const;
      world.provider.placing = [faults[seed % faults.length] ?? 'accept'];
      const turns = seededTurns(seed, 12);
      const racing = withPorts(world.dependencies, (port) => interleaved(port, turns));
      const later = async () => {
        for (let turn = 0; turn < 5 * (seed % 20); turn += 1) await Promise.resolve();
        await cancel(world, id, racing);
      };
      await Promise.all([dispatch(racing, task(id)), later()]);
      await drain(world, racing, () => world.provider.decide('final'));
      ends.add(await expectSettled(world, id));
    }
    expect([...ends].sort()).toEqual(['captured', 'released']);
  });
});

describe('what is blocked in its review', () => {
  it('goes back by the check as well, should whoever blocked it have died', async () => {
    const { world, id } = await held({});
    const review: Review = {
      ...{ redemption: id, program: 'online-retail', state: 'blocked', rules: ['first'] },
      ...{ openedAt: world.clock.now(), version: 2, decisions: [] },
    };
    world.table.reviews.set(id, review);
    const { redemptions } = world.dependencies;
    const dying = {
      ...world.dependencies,
      redemptions: {
        ...redemptions,
        release: async () => {
          throw new Error('Died.');
        },
      },
    };
    await expect(cancel(world, id, dying, 'blocked')).rejects.toThrow('Died');
    expect(orderOf(world, id).state).toBe('closing');
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({ state: 'released', cancelled: 'blocked' });
  });
});
