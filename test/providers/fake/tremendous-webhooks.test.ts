import { expect, test, vi } from 'vitest';
import { createTremendous } from '../../../shared/adapters/providers/tremendous.ts';
import { orderWebhooks, receiver } from './common/client.ts';
import { parseFaults } from './tremendous.ts';
import { call, orderBody, started } from './tremendous-client.ts';

test('signed over their bytes; forged, doubled, late and unknown ones on demand', async () => {
  const fake = await started({
    faults: parseFaults('badSignature=1,duplicate=1,unknownEvent=1,lateWebhook=1,pending=1'),
    ...{ lateWebhookMs: 5, pendingMs: 1 },
  });
  const { baseUrl, apiKey, webhookKey } = fake;
  const provider = createTremendous({ baseUrl, apiKey, webhookKey, timeoutMs: 10_000 });
  const { url, readings } = await receiver(provider);
  const registered = await call(fake, 'POST', '/webhooks', { url });
  expect(registered.at('webhook.private_key')).toBe(webhookKey);
  await call(fake, 'POST', '/orders', orderBody('a'));
  await vi.waitFor(() => expect(fake.isIdle()).toBe(true), { timeout: 5_000 });
  const count = (kind: string) => readings.filter((reading) => reading.kind === kind).length;
  expect({ order: count('order'), ignored: count('ignored'), refused: count('refused') }).toEqual({
    ...{ order: 4, ignored: 2, refused: 2 },
  });
  expect(orderWebhooks(readings).size).toBe(2);
  expect(fake.forgedAccepted()).toBe(0);
});
