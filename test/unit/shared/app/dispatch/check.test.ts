import { describe, expect, it } from 'vitest';
import { check } from '../../../../../shared/app/dispatch/check.ts';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { attemptReference } from '../../../../../shared/domain/redemption/reference.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import type { WebhookReading } from '../../../../../shared/ports/provider.ts';
import { drain, expectSettled, orderOf, requested, task } from '../../../../support/fulfilment.ts';
import type { World } from '../../../../support/world.ts';

const hourMs = 3_600_000;

function casesOf(world: World): string[] {
  return [...world.table.cases.values()].map(({ reason }) => reason);
}

function waiting(world: World): string[] {
  const { messages } = world.inbox;
  return messages.map(({ queue, dueAt }) => `${queue} ${(dueAt - world.clock.now()) / 1000}`);
}

describe('the delayed check', () => {
  it('brings back an order whose messages are lost, and comes again', async () => {
    const { world, id } = await requested();
    const requestedAt = world.clock.now();
    world.inbox.messages.splice(0);
    await check(world.dependencies, { ...task(id), requestedAt });
    expect(waiting(world)).toEqual(['check 900', 'dispatch 0']);
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('ends with the redemption', async () => {
    const { world, id } = await requested();
    await drain(world);
    await check(world.dependencies, { ...task(id), requestedAt: world.clock.now() });
    expect(waiting(world)).toEqual([]);
  });

  it('calls a person once when an outcome stays unknown too long, and goes on asking', async () => {
    const { world, id } = await requested();
    const requestedAt = world.clock.now();
    for (const hours of [23, 1, 1]) {
      world.clock.advance(hours * hourMs);
      await check(world.dependencies, { ...task(id), requestedAt });
    }
    expect(casesOf(world)).toEqual(['UNSETTLED']);
    expect(waiting(world).filter((message) => message.startsWith('check'))).toHaveLength(4);
  });

  it('routes what nobody ever routed, and calls a person', async () => {
    const { world, id } = await requested();
    world.table.orders.clear();
    const requestedAt = world.clock.now();
    world.clock.advance(24 * hourMs);
    world.inbox.messages.splice(0);
    await check(world.dependencies, { ...task(id), requestedAt });
    expect(casesOf(world)).toEqual(['NEVER_ROUTED']);
    expect(waiting(world)).toEqual(['check 900', 'dispatch 0']);
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
  });
});

describe('a webhook', () => {
  const about = (providerOrder: string): WebhookReading => {
    return { kind: 'order', webhookId: 'w1', providerOrder };
  };
  const heed = (world: World, reading: WebhookReading, provider = 'tremendous') =>
    heedWebhook(world.dependencies, { provider, reading });

  it('of an open order has it looked at again', async () => {
    const { world, id } = await requested();
    world.provider.placing = ['pend'];
    await drain(world, world.dependencies, () => {
      if (orderOf(world, id).state === 'accepted') world.inbox.messages.splice(0);
    });
    world.provider.decide('final');
    await heed(world, about('order-1'));
    expect(waiting(world)).toEqual(['dispatch 0']);
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('of an order that is done, or of no provider, does nothing', async () => {
    const { world } = await requested();
    await drain(world);
    await heed(world, about('order-1'));
    await heed(world, { kind: 'ignored', webhookId: 'w2' });
    await heed(world, about('order-1'), 'nobody');
    expect(waiting(world)).toEqual([]);
    expect(casesOf(world)).toEqual([]);
  });

  it('of an order that is not known yet comes again for a while, and is then left', async () => {
    const { world } = await requested();
    world.inbox.messages.splice(0);
    await heed(world, about('order-1'));
    const waits: string[] = [];
    await drain(world, world.dependencies, () => waits.push(...waiting(world)));
    const seconds = [5, 10, 20, 40, 80, 160, 320, 640];
    expect(['settle 5', ...waits]).toEqual(seconds.map((at) => `settle ${at}`));
    expect(world.logged.at(-1)).toContain('WEBHOOK_IGNORED');
  });

  it('of a success after the points went back is a case, and changes no balance', async () => {
    const { world, id } = await requested();
    const deadline = 40;
    world.provider.placing = ['delayed', ...Array(deadline).fill({ reject: 'permanent' })];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
    world.provider.arrive();
    await heed(world, about('order-1'));
    await heed(world, about('order-1'));
    expect(casesOf(world)).toEqual(['SUCCESS_AFTER_RELEASE']);
    expect(orderOf(world, id).state).toBe('released');
  });

  it('of a success under an earlier reference, once a later one was paid, is a case', async () => {
    const { world, id } = await requested();
    world.provider.placing = [{ reject: 'retryNewKey' }];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    const reference = attemptReference(id, 1);
    const value = { amountMinor: 1000n, currency: 'GBP' };
    const place = { country: 'GB', language: 'en', recipientEmail: 'ann@example.com' };
    const order = { reference, products: ['P'], kind: 'eGiftCard', value, ...place } as const;
    const again = await world.provider.placeOrder(order);
    expect(again.kind === 'accepted' && again.reward?.value).toBeInstanceOf(Secret);
    await heed(world, about('order-2'));
    expect(casesOf(world)).toEqual(['SUCCESS_OF_EARLIER_ATTEMPT']);
  });
});
