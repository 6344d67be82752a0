import { expect, test } from 'vitest';
import { orderWebhooks, type Received, receiver } from './common/client.ts';
import type { FakeRuna } from './runa.ts';
import { adapterOn, placeRuna, startedRuna } from './runa-client.ts';

/** What comes in, as the adapter reads it. */
async function receiverOf(fake: FakeRuna): Promise<Received['readings']> {
  const { url, readings } = await receiver(adapterOn(fake));
  fake.setWebhookUrl(url);
  return readings;
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
  expect(orderWebhooks(readings).size).toBe(1);
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
