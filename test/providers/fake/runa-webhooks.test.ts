import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { WebhookReading } from '../../../shared/ports/provider.ts';
import type { FakeRuna } from './runa.ts';
import { adapterOn, clock, placeRuna, startedRuna } from './runa-client.ts';

/** Reads what comes in as the adapter does, and answers as a receiver would. */
async function receiverOf(fake: FakeRuna): Promise<readonly WebhookReading[]> {
  const provider = adapterOn(fake);
  const readings: WebhookReading[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const webhook = { headers: single(request.headers), rawBody: Buffer.concat(chunks) };
      const reading = provider.readWebhook(webhook, clock.now());
      readings.push(reading);
      response.writeHead(reading.kind === 'refused' ? 401 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  fake.setWebhookUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/runa`);
  return readings;
}

function single(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]));
}

test('the end of an order is told, and that a product has changed', async () => {
  const fake = await startedRuna();
  const readings = await receiverOf(fake);
  await placeRuna(fake, 'one');
  fake.setOrderable('BOOKS-GB', false);
  await expect.poll(() => fake.isIdle()).toBe(true);
  const [order] = fake.orders();
  expect(readings).toContainEqual(
    expect.objectContaining({ kind: 'order', providerOrder: order?.id }),
  );
  expect(readings).toContainEqual(
    expect.objectContaining({ kind: 'product', product: 'BOOKS-GB' }),
  );
});

test('a doubled one has one id; a forged one and one of an unknown kind come before', async () => {
  const fake = await startedRuna({ faults: { duplicate: 1, badSignature: 1, unknownEvent: 1 } });
  const readings = await receiverOf(fake);
  await placeRuna(fake, 'one');
  await expect.poll(() => fake.isIdle()).toBe(true);
  const kinds = readings.map(({ kind }) => kind).toSorted();
  expect(kinds).toEqual(['ignored', 'order', 'order', 'refused']);
  const ids = readings.flatMap((it) => (it.kind === 'order' ? [it.webhookId] : []));
  expect(new Set(ids).size).toBe(1);
  expect(fake.forgedAccepted()).toBe(0);
});

test('a late one is still waited for, and the end of one that took long is told', async () => {
  const faults = { pending: 1, lateWebhook: 1 };
  const fake = await startedRuna({ faults, pendingMs: 5, lateWebhookMs: 30 });
  const readings = await receiverOf(fake);
  await placeRuna(fake, 'one');
  expect(fake.isIdle()).toBe(false);
  await expect.poll(() => fake.isIdle()).toBe(true);
  expect(readings.map(({ kind }) => kind)).toEqual(['order']);
});
