import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTremendous } from '../../../shared/adapters/providers/tremendous.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { call, orderBody, started } from './fake-client.ts';
import { parseFaults } from './tremendous.ts';

test('signed over their bytes; forged, doubled, late and unknown ones on demand', async () => {
  const fake = await started({
    faults: parseFaults('badSignature=1,duplicate=1,unknownEvent=1,lateWebhook=1,pending=1'),
    ...{ lateWebhookMs: 5, pendingMs: 1 },
  });
  const { baseUrl, apiKey, webhookKey } = fake;
  const provider = createTremendous({ baseUrl, apiKey, webhookKey, timeoutMs: 10_000 });
  const readings: string[] = [];
  const ids = new Set<string>();
  const receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = request.headers as Record<string, string>;
    const reading = provider.readWebhook(
      { headers, rawBody: Buffer.concat(chunks) },
      instantOf(Date.now()),
    );
    readings.push(reading.kind);
    if (reading.kind === 'order') ids.add(reading.webhookId);
    response.writeHead(reading.kind === 'refused' ? 401 : 202).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    receiver.close();
    receiver.closeAllConnections();
  });
  const { port } = receiver.address() as AddressInfo;
  const registered = await call(fake, 'POST', '/webhooks', { url: `http://127.0.0.1:${port}/` });
  expect(registered.at('webhook.private_key')).toBe(webhookKey);
  await call(fake, 'POST', '/orders', orderBody('a'));
  await vi.waitFor(() => expect(fake.isIdle()).toBe(true), { timeout: 5_000 });
  const count = (kind: string) => readings.filter((reading) => reading === kind).length;
  expect({ order: count('order'), ignored: count('ignored'), refused: count('refused') }).toEqual({
    ...{ order: 4, ignored: 2, refused: 2 },
  });
  expect(ids.size).toBe(2);
  expect(fake.forgedAccepted()).toBe(0);
});
