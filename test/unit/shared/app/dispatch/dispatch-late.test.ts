import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { conclude } from '../../../../../shared/app/dispatch/dispatch-conclude.ts';
import type { Order, OrderState } from '../../../../../shared/domain/redemption/order.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import type { OrderOutcome } from '../../../../../shared/ports/provider.ts';
import {
  drain,
  expectSettled,
  handle,
  orderOf,
  requested,
  task,
} from '../../../../support/fulfilment.ts';
import { callBudgetMs, type World } from '../../../../support/world.ts';

const hourMs = 3_600_000;

const casesOf = (world: World) => [...world.table.cases.values()].map(({ reason }) => reason);
const placed = (world: World) => world.provider.calls.filter((call) => call.startsWith('place'));

/** Works through `count` messages in the order of their due times. */
async function work(world: World, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) {
    const message = world.inbox.take('dispatch', 'check');
    if (message === undefined) throw new Error('Nobody watches the redemption any more.');
    world.clock.reach(message.dueAt);
    await handle(world.dependencies, message);
  }
}

describe('an order that was accepted and is not found any more', () => {
  it.each([0, 1, 24, 24 * 400])(
    'is never placed again and never released, after %i hours',
    async (hours) => {
      const { world, id } = await requested();
      world.provider.placing = ['pend', { reject: 'permanent' }];
      await dispatch(world.dependencies, task(id));
      expect(orderOf(world, id)).toMatchObject({ state: 'accepted', providerOrder: 'order-1' });
      const known = new Map(world.provider.orders);
      world.provider.orders.clear();
      world.clock.advance(hours * hourMs);
      await work(world, 80);
      expect(placed(world)).toEqual(['place 01']);
      expect(orderOf(world, id)).toMatchObject({ state: 'accepted', attempt: 1 });
      expect(world.table.settlements.has(id)).toBe(false);
      if (hours >= 24) expect(casesOf(world)).toEqual(['UNSETTLED']);

      for (const [reference, order] of known) world.provider.orders.set(reference, order);
      world.provider.decide('final');
      await drain(world);
      expect(await expectSettled(world, id)).toBe('captured');
    },
  );
});

describe('a success that comes too late to capture', () => {
  const value = new Secret('https://rewards.example/late');
  const outcome: OrderOutcome = {
    ...{ kind: 'accepted', providerOrder: 'order-1', final: true },
    reward: { kind: 'link', value },
  };

  /** What comes of it when the row has moved on to `state` during the call. */
  async function late(state: OrderState, times = 1): Promise<World> {
    const { world, id } = await requested();
    const before = orderOf(world, id);
    const claimed: Order = { ...before, call: before.call + 1 };
    world.table.orders.set(id, { ...claimed, state, call: claimed.call + 1 });
    const read = await world.dependencies.redemptions.read(id);
    if (read === undefined) throw new Error('No hold.');
    const record = { ...read, order: before };
    for (let time = 0; time < times; time += 1) {
      const answer = { outcome, placed: true, askedAt: world.clock.now() };
      const conclusion = await conclude(world.dependencies, { record, claimed, answer });
      expect(conclusion).toEqual({ kind: 'settled' });
    }
    expect(orderOf(world, id).state).toBe(state);
    return world;
  }

  it.each(['released', 'closing'] as const)('is a case, once, of a row %s', async (state) => {
    const world = await late(state, 2);
    expect(casesOf(world)).toEqual(['SUCCESS_AFTER_RELEASE']);
    expect(world.logged.join()).not.toMatch(/https?:/);
  });

  it.each(['captured', 'open', 'accepted'] as const)('is no case of a row %s', async (state) => {
    expect(casesOf(await late(state))).toEqual([]);
  });
});

describe('the end of a call', () => {
  /** A message that follows call 1 of attempt 1, and a row where another call is under way. */
  async function following(under: Partial<Order>) {
    const { world, id } = await requested();
    world.inbox.messages.splice(0);
    world.provider.placing = ['dropped'];
    await dispatch(world.dependencies, task(id));
    const [message] = world.inbox.messages.splice(0);
    if (message === undefined) throw new Error('Nothing follows the call.');
    const claimedUntil = addMs(world.clock.now(), callBudgetMs);
    world.table.orders.set(id, { ...orderOf(world, id), claimedUntil, ...under });
    await handle(world.dependencies, message);
    return { world, id };
  }

  it('passes its own claim', async () => {
    const { world } = await following({});
    expect(world.provider.calls).toEqual(['place 01', 'find 01', 'place 01']);
  });

  it.each([{ attempt: 2 }, { call: 2 }, { attempt: 2, call: 2 }])(
    'passes no claim of another attempt or call: %j',
    async (under) => {
      const { world, id } = await following(under);
      expect(world.provider.calls).toEqual(['place 01']);
      expect(orderOf(world, id)).toMatchObject({ attempt: 1, call: 1, ...under });
      const waits = world.inbox.messages.map(({ dueAt }) => dueAt - world.clock.now());
      expect(waits).toEqual([callBudgetMs]);
    },
  );
});
