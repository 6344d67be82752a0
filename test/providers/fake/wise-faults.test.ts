import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { instantOf } from '../../../shared/domain/time.ts';
import type { AskedOrder } from '../../../shared/ports/provider.ts';
import { orderWebhooks, receiver } from './common/client.ts';
import {
  askedAt,
  call,
  fund,
  orderOf,
  providerOf,
  reference,
  started,
  transferred,
} from './wise-client.ts';

test('forty payouts through lost, slow and spoilt answers are forty payments', async () => {
  let nowMs = Date.now();
  const fake = await started({
    ...{ seed: 'forty', pendingMs: 5, now: () => nowMs },
    faults: {
      ...{ lostAnswer: 0.08, lostRequest: 0.04, slow: 0.02, notJson: 0.04, contradiction: 0.05 },
      ...{ rateLimit: 0.04, pending: 0.1, serverError: 0.04, outOfFunds: 0.1 },
    },
  });
  const provider = providerOf(fake, { now: () => nowMs, timeoutMs: 250 });
  const since = askedAt(nowMs);
  const paid = new Map<string, string>();
  const lastSent = new Map<string, AskedOrder>();
  const turn = async (named: string): Promise<void> => {
    const found = await provider.findOrder(named, { ...since, ...lastSent.get(named) });
    if (found.kind === 'notFound') lastSent.set(named, { ...since, lastSentAt: instantOf(nowMs) });
    const outcome = found.kind === 'notFound' ? await provider.placeOrder(orderOf(named)) : found;
    expect(outcome).not.toMatchObject({ reason: 'permanent' });
    if (outcome.kind === 'accepted' && outcome.final) paid.set(named, outcome.providerOrder);
  };
  const references = Array.from({ length: 40 }, (_, index) =>
    reference.replace(/01$/, String(index + 1).padStart(2, '0')),
  );
  for (let round = 1; round <= 60 && paid.size < 40; round += 1) {
    await Promise.all(references.filter((named) => !paid.has(named)).map(turn));
    // Lists catch up.
    nowMs += 660_000;
  }
  expect(new Map(fake.transfers().map((it) => [it.reference, it.id]))).toEqual(paid);
  expect(fake.transfers()).toHaveLength(40);
  expect(fake.paidOut()).toBe(40);
  const struck = ['lostAnswer', 'lostRequest', 'slow', 'notJson', 'pending', 'outOfFunds'] as const;
  for (const name of struck) expect(fake.counters()[name]).toBeGreaterThan(0);
});

test('webhooks come with one delivery id each; forged and unknown ones on demand', async () => {
  const fake = await started({
    ...{ faults: { badSignature: 1, duplicate: 1, unknownEvent: 1, lateWebhook: 1 } },
    lateWebhookMs: 5,
  });
  const { url, readings } = await receiver(providerOf(fake));
  fake.setWebhookUrl(url);
  const { id } = await transferred(fake);
  await fund(fake, id);
  await vi.waitFor(() => expect(fake.isIdle()).toBe(true), { timeout: 5_000 });
  const count = (kind: string) => readings.filter((reading) => reading.kind === kind).length;
  expect({ order: count('order'), ignored: count('ignored'), refused: count('refused') }).toEqual({
    ...{ order: 6, ignored: 3, refused: 3 },
  });
  expect(orderWebhooks(readings).size).toBe(3);
  expect(readings).toContainEqual(expect.objectContaining({ providerOrder: id }));
  expect(fake.forgedAccepted()).toBe(0);
});

test('swapped, the last event about a payment comes before those it follows', async () => {
  const fake = await started({ faults: { swapped: 1 }, lateWebhookMs: 200 });
  const { url, bodies } = await listener();
  fake.setWebhookUrl(url);
  const { id } = await transferred(fake);
  await fund(fake, id);
  await vi.waitFor(() => expect(bodies).toHaveLength(3), { timeout: 5_000 });
  const told = bodies.map((body) => eventSchema.parse(JSON.parse(body)).data);
  expect(told[0]?.current_state).toBe('outgoing_payment_sent');
  const inOrder = told.toSorted((left, right) => (left.occurred_at < right.occurred_at ? -1 : 1));
  expect(inOrder.map(({ current_state }) => current_state)).toEqual([
    ...['processing', 'funds_converted', 'outgoing_payment_sent'],
  ]);
});

const eventSchema = z.object({
  data: z.object({ current_state: z.string(), occurred_at: z.string() }),
});

test('a token of somebody else, another profile and too many calls are refused', async () => {
  const fake = await started({ requestsPerSecond: 2 });
  const stranger = { ...fake, token: 'token-of-another' };
  const refused = await call(stranger, 'GET /v1/transfers?profile=30000001');
  expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  expect((await call(fake, 'GET /v4/profiles/30000002/balances')).status).toBe(403);
  expect((await call(fake, 'GET /v1/transfers?profile=30000002')).body).toEqual([]);
  expect((await call(fake, 'GET /v1/transfers?profile=30000001')).status).toBe(429);
});

/** Keeps every webhook that comes; lives as long as the test. */
async function listener(): Promise<{ readonly url: string; readonly bodies: readonly string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${address instanceof Object ? address.port : 0}/`, bodies };
}
