import { describe, expect, it } from 'vitest';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { attemptReference } from '../../../../../shared/domain/redemption/reference.ts';
import { ProviderUnavailableError } from '../../../../../shared/ports/provider-unavailable.ts';
import { drain, expectSettled, orderOf, requested } from '../../../../support/fulfilment.ts';
import type { World } from '../../../../support/world.ts';

/** Released after a long silence; then the order arrives at the provider after all. */
async function releasedTooEarly(): Promise<{ readonly world: World; readonly id: string }> {
  const { world, id } = await requested();
  world.provider.placing = ['delayed', ...Array(40).fill({ reject: 'permanent' })];
  await drain(world);
  expect(await expectSettled(world, id)).toBe('released');
  world.provider.arrive();
  return { world, id };
}

const heed = (world: World, tries = 0) =>
  heedWebhook(world.dependencies, {
    ...{ provider: 'tremendous', tries },
    reading: { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' },
  });

const casesOf = (world: World) => [...world.table.cases.values()].map(({ reason }) => reason);

describe('a webhook of an order that was given up', () => {
  it.each(['released', 'closing'] as const)(
    'comes again while its look-up goes unheard, and is then one case (%s)',
    async (state) => {
      const { world, id } = await releasedTooEarly();
      world.table.orders.set(id, { ...orderOf(world, id), state });
      world.provider.finding = ['unheard', 'unheard'];
      await heed(world);
      await heed(world);
      expect(world.inbox.messages.map(({ body }) => body.tries)).toEqual([1, 1]);
      expect(casesOf(world)).toEqual([]);
      await heed(world);
      await heed(world);
      expect(casesOf(world)).toEqual(['SUCCESS_AFTER_RELEASE']);
      expect(orderOf(world, id).state).toBe(state);
    },
  );

  it('is no case where the provider has failed it, or has no such order', async () => {
    const { world } = await releasedTooEarly();
    world.provider.finding = [
      { kind: 'notFound' },
      { kind: 'rejected', reason: 'permanent', detail: 'FAILED' },
    ];
    await heed(world);
    await heed(world);
    expect(casesOf(world)).toEqual([]);
  });

  it('is looked up by the id that it names where nothing is found by our reference', async () => {
    const { world, id } = await releasedTooEarly();
    const { provider } = world;
    const asked: unknown[] = [];
    const findOrder = provider.findOrder.bind(provider);
    Object.assign(provider, {
      capabilities: { ...provider.capabilities, findsByReference: false },
      findOrder: (...call: Parameters<typeof findOrder>) => {
        asked.push(call[1].providerOrder);
        return findOrder(...call);
      },
    });
    const reference = attemptReference(id, 1);
    const named = { kind: 'reference', webhookId: 'w2', reference } as const;
    await heedWebhook(world.dependencies, { provider: 'tremendous', reading: named });
    expect([asked, world.inbox.messages, casesOf(world)]).toEqual([[], [], []]);
    await heed(world);
    expect([asked, casesOf(world)]).toEqual([['order-1'], ['SUCCESS_AFTER_RELEASE']]);
  });

  it('is settled from the queue once the provider can be heard', async () => {
    const { world } = await releasedTooEarly();
    world.provider.finding = ['unheard'];
    const reading = { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' };
    const body = { kind: 'webhook', provider: 'tremendous', reading };
    world.inbox.put({ queue: 'settle', body });
    await drain(world);
    expect(casesOf(world)).toEqual(['SUCCESS_AFTER_RELEASE']);
  });

  it('waits a day for a provider that cannot be heard, then it is one for a person', async () => {
    const { world } = await releasedTooEarly();
    world.provider.finding = Array(3).fill('unheard');
    await heed(world, 8);
    await heed(world, 99);
    const waited = world.inbox.messages.map(({ body, dueAt }) => {
      return [body.tries, dueAt - world.dependencies.clock.now()];
    });
    expect(waited).toEqual([
      [9, 900_000],
      [100, 900_000],
    ]);
    await expect(heed(world, 100)).rejects.toThrow(ProviderUnavailableError);
  });

  it('is forgotten after its tries where it names nothing that is known', async () => {
    const { world } = await releasedTooEarly();
    const unknown = { kind: 'order', webhookId: 'w1', providerOrder: 'order-9' } as const;
    await heedWebhook(world.dependencies, { provider: 'tremendous', reading: unknown, tries: 8 });
    expect(world.inbox.messages).toEqual([]);
  });
});
