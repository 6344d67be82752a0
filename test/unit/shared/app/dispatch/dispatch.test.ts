import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { drain, expectSettled, orderOf, requested, task } from '../../../../support/fulfilment.ts';
import { ScriptedProvider } from '../../../../support/scripted-provider.ts';
import { createWorld } from '../../../../support/world.ts';

describe('routing', () => {
  it('writes one order row and queues the order, watched by a check in 15 minutes', async () => {
    const { world, id } = await requested();
    const first = orderOf(world, id);
    expect(first).toMatchObject({ attempt: 1, provider: 'tremendous', state: 'open', call: 0 });
    expect(first.products).toEqual(['GIFT-CARD-GBP']);
    const waits = world.inbox.messages.map(({ queue, dueAt }) => [
      queue,
      dueAt - world.clock.now(),
    ]);
    expect(waits).toEqual([
      ['check', 900_000],
      ['dispatch', 0],
    ]);
    await route(world.dependencies, task(id));
    expect(orderOf(world, id)).toBe(first);
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('throws for a redemption that was never held, to be tried again', async () => {
    const { world } = await requested();
    await expect(route(world.dependencies, task('nowhere'))).rejects.toThrow('has no hold');
  });

  it('puts ids on queues and nothing else', async () => {
    const { world } = await requested();
    await drain(world, world.dependencies, () => {
      for (const { body } of world.inbox.messages) {
        expect(JSON.stringify(body)).not.toMatch(/@|https?:/);
      }
    });
    expect(world.logged.join()).not.toMatch(/@|https?:/);
  });
});

describe('an order', () => {
  it('that is accepted at once is captured with its sealed code', async () => {
    const { world, id } = await requested();
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(world.provider.calls).toEqual(['place 01']);
    expect(orderOf(world, id).providerOrder).toBe('order-1');
  });

  it('whose answer was lost is looked up before anything else', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['lost'];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(world.provider.calls).toEqual(['place 01', 'find 01']);
  });

  it('that nobody can look up is sent again under the same reference', async () => {
    const deaf = new ScriptedProvider('tremendous', { findsByReference: false });
    const { world, id } = await requested(createWorld(undefined, undefined, [deaf]));
    deaf.placing = ['dropped', 'lost'];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(deaf.calls).toEqual(['place 01', 'place 01', 'place 01']);
    expect(deaf.orders.size).toBe(1);
  });

  it('is looked up by the provider’s own id once it has told one', async () => {
    const deaf = new ScriptedProvider('tremendous', { findsByReference: false });
    const { world, id } = await requested(createWorld(undefined, undefined, [deaf]));
    deaf.placing = ['pend'];
    deaf.finding = ['unheard', 'truth'];
    await dispatch(world.dependencies, task(id));
    deaf.decide('final');
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(deaf.calls).toEqual(['place 01', 'find 01', 'find 01']);
  });

  it('that is not found is sent again under the same reference', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['dropped', 'dropped'];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(world.provider.calls).toEqual([
      ...['place 01', 'find 01', 'place 01', 'find 01', 'place 01'],
    ]);
  });

  it('is not sent again while look-ups go unheard', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['lost'];
    world.provider.finding = Array(30).fill('unheard');
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(world.provider.calls.filter((call) => call.startsWith('place'))).toEqual(['place 01']);
  });

  it('that is pending waits for the provider, for capture or release', async () => {
    for (const end of ['final', 'failed'] as const) {
      const { world, id } = await requested();
      world.provider.placing = ['pend'];
      let turns = 0;
      await drain(world, world.dependencies, () => {
        turns += 1;
        if (turns === 5) world.provider.decide(end);
        else if (turns < 5) expect(orderOf(world, id).state).toBe('accepted');
      });
      expect(await expectSettled(world, id)).toBe(end === 'final' ? 'captured' : 'released');
      expect(world.provider.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
    }
  });

  it('that is refused for good closes, and the points come back', async () => {
    const { world, id } = await requested();
    world.provider.placing = [{ reject: 'permanent' }];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
    expect(orderOf(world, id).reasons).toEqual(['ONLY_PROVIDER_OF_REWARD', 'SCRIPTED']);
  });

  it('that needs a new key is sent under the next reference, five at most', async () => {
    const { world, id } = await requested();
    world.provider.placing = [{ reject: 'retryNewKey' }, 'lost'];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(world.provider.calls).toEqual(['place 01', 'place 02', 'find 02']);

    const stubborn = await requested();
    stubborn.world.provider.placing = Array(9).fill({ reject: 'retryNewKey' });
    await drain(stubborn.world);
    expect(await expectSettled(stubborn.world, stubborn.id)).toBe('released');
    expect(stubborn.world.provider.calls).toHaveLength(5);
  });

  it.each(['retrySameKey', 'waitForLimit', 'waitForFunds', 'configuration'] as const)(
    'that is put off (%s) is sent again under the same reference',
    async (reject) => {
      const { world, id } = await requested();
      world.provider.placing = [{ reject }, { reject }];
      await drain(world);
      expect(await expectSettled(world, id)).toBe('captured');
      const sent = world.provider.calls.filter((call) => call.startsWith('place'));
      expect(sent).toEqual(Array(3).fill('place 01'));
    },
  );

  it('is done with once it is settled, whatever still comes', async () => {
    const { world, id } = await requested();
    await drain(world);
    const before = world.provider.calls.length;
    await dispatch(world.dependencies, task(id));
    await dispatch(world.dependencies, { ...task(id), afterCall: { attempt: 1, call: 1 } });
    expect(world.provider.calls).toHaveLength(before);
    expect(world.inbox.messages).toEqual([]);
  });
});

describe('a definite no', () => {
  it('is none while an earlier call may still arrive', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['delayed', { reject: 'permanent' }];
    let arrived = false;
    await drain(world, world.dependencies, () => {
      const { calls } = world.provider;
      if (calls.length < 3 || arrived) return;
      expect(calls).toEqual(['place 01', 'find 01', 'place 01']);
      expect(orderOf(world, id).state).toBe('open');
      world.provider.arrive();
      arrived = true;
    });
    expect(arrived).toBe(true);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('is one again when nothing has arrived for long enough', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['dropped', ...Array(40).fill({ reject: 'permanent' })];
    const asked = world.clock.now();
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
    const settled = world.table.settlements.get(id)?.[0]?.entry.postedAt ?? asked;
    expect(settled - asked).toBeGreaterThan(120_000);
  });

  it('of an order that the provider has is definite at once', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['pend', 'pend'];
    world.provider.finding = ['truth'];
    await drain(world, world.dependencies, () => world.provider.decide('failed'));
    expect(await expectSettled(world, id)).toBe('released');
    expect(world.provider.calls).toEqual(['place 01', 'find 01']);
  });
});
