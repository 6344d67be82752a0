import { describe, expect, it } from 'vitest';
import { receiveWebhook } from '../../../../../shared/app/dispatch/receive-webhook.ts';
import type { WebhookReading } from '../../../../../shared/ports/provider.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const order: WebhookReading = { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' };

function receive(
  world: World,
  reading: unknown,
  parts: { provider?: string; signature?: string } = {},
) {
  const { provider = 'tremendous', signature = 'yes' } = parts;
  const rawBody = Buffer.from(JSON.stringify(reading));
  return receiveWebhook(world.dependencies, { provider, headers: { signature }, rawBody });
}

const queued = (world: World) => world.inbox.messages.map(({ queue, body }) => [queue, body]);

describe('a webhook', () => {
  it('is queued as a hint, once for each id and provider', async () => {
    const world = createWorld();
    expect(await receive(world, order)).toBe(true);
    expect(await receive(world, order)).toBe(true);
    const body = { kind: 'webhook', provider: 'tremendous', reading: order };
    expect(queued(world)).toEqual([['settle', body]]);
    expect(await receive(world, { ...order, webhookId: 'w2' })).toBe(true);
    expect(queued(world)).toHaveLength(2);
  });

  it('about a product is a hint for the catalogue', async () => {
    const world = createWorld();
    await receive(world, { kind: 'product', webhookId: 'w1', product: 'P' });
    const body = { kind: 'catalogue', provider: 'tremendous', product: 'P' };
    expect(queued(world)).toEqual([['settle', body]]);
  });

  it('that is forged, or of no account of ours, is refused and leaves nothing', async () => {
    const world = createWorld();
    expect(await receive(world, order, { signature: 'no' })).toBe(false);
    expect(await receive(world, order, { provider: 'nobody' })).toBe(false);
    expect(await receive(world, { kind: 'ignored', webhookId: 'w1' })).toBe(true);
    expect(queued(world)).toEqual([]);
    expect(world.table.webhooks.size).toBe(0);
  });

  it('whose message could not be queued is taken again', async () => {
    const world = createWorld();
    const { settleQueue } = world.dependencies;
    const broken = {
      ...world.dependencies,
      settleQueue: {
        async send() {
          throw new Error('Out of order.');
        },
      },
    };
    const rawBody = Buffer.from(JSON.stringify(order));
    const webhook = { provider: 'tremendous', headers: {}, rawBody };
    await expect(receiveWebhook(broken, webhook)).rejects.toThrow('Out of order');
    expect(await receiveWebhook({ ...broken, settleQueue }, webhook)).toBe(true);
    expect(queued(world)).toHaveLength(1);
  });
});
