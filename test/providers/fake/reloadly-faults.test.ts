import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createReloadly } from '../../../shared/adapters/providers/reloadly.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { FindOutcome, PlaceOrder, RewardProvider } from '../../../shared/ports/provider.ts';
import { rewardOf } from '../certification/stage.ts';
import type { ReloadlyRates } from './reloadly/faults.ts';
import { cardOrder, clientOf, startedReloadly } from './reloadly-client.ts';

test('the same seed meets the same faults', async () => {
  const statuses = async () => {
    const client = await clientOf(await startedReloadly({ faults: { rateLimit: 0.5 } }));
    const seen = [];
    for (let number = 0; number < 20; number += 1) {
      seen.push((await client('POST', '/orders', cardOrder(`n${number}`))).status);
    }
    return seen;
  };
  const first = await statuses();
  expect(new Set(first)).toEqual(new Set([200, 429]));
  expect(await statuses()).toEqual(first);
});

interface Heard {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** Refuses what is not signed with the key, as a receiver should. */
async function receiver(key: string): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { headers } = request;
    const rawBody = Buffer.concat(chunks);
    const text = `${rawBody}:${headers['x-reloadly-request-timestamp']}`;
    const isSigned =
      headers['x-reloadly-signature'] === createHmac('sha256', key).update(text).digest('hex');
    if (isSigned) heard.push({ headers, rawBody });
    response.writeHead(isSigned ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

test('webhooks come signed, twice where they should; forged ones are refused', async () => {
  const fake = await startedReloadly();
  fake.setFaults({ duplicate: 1, badSignature: 1, unknownEvent: 1 });
  const { url, heard } = await receiver(fake.secret.webhookKey);
  fake.setWebhookUrl(url);
  await (await clientOf(fake))('POST', '/orders', cardOrder('one'));
  await expect.poll(() => fake.isIdle()).toBe(true);
  const bodies = heard.map(({ rawBody }) => JSON.parse(rawBody.toString()));
  const about = { transactionId: 1_000_001, customIdentifier: 'one', status: 'SUCCESSFUL' };
  const event = { type: 'giftcard_transaction.status', data: about };
  const unknown = { type: 'airtime_transaction.status', data: about };
  expect(bodies).toHaveLength(3);
  expect(bodies).toEqual(expect.arrayContaining([event, unknown]));
  expect([fake.counters().badSignature, fake.forgedAccepted()]).toEqual([1, 0]);
});

const faults: ReloadlyRates = {
  ...{ lostAnswer: 0.2, lostRequest: 0.1, slow: 0.05, serverError: 0.1, contradiction: 0.1 },
  ...{ rateLimit: 0.1, outOfFunds: 0.1, pending: 0.2 },
};

const turnMs = 120_000;

/** One after the other: they share a clock that jumps. */
test('fifty orders through faults and a lagging list are fifty cards', async () => {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const fake = await startedReloadly({
    ...{ seed: 'fifty', faults, pendingMs: 5, listLagMs: 300_000, now },
  });
  const clock = { now: () => instantOf(now()) };
  const provider = createReloadly({ ...fake.secret, clock, timeoutMs: 150 });
  const pass = () => {
    aheadMs += turnMs;
  };
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  const codes: string[] = [];
  for (const number of numbers) {
    codes.push(await deliver(provider, `order-${number}`, clock, pass));
  }
  expect(new Set(codes).size).toBe(50);
  const byReference = new Map(fake.orders().map((order) => [order.externalId, order.rewards]));
  for (const number of numbers) {
    expect(byReference.get(`order-${number}`)).toEqual([codes[number]]);
  }
  expect([fake.orders().length, fake.rewardsIssued()]).toEqual([50, 50]);
  for (const name of Object.keys(faults) as (keyof typeof faults)[]) {
    expect(fake.counters()[name]).toBeGreaterThan(0);
  }
});

/** As dispatch does it: placed again only after a certain no, and looked up since the last try. */
async function deliver(
  provider: RewardProvider,
  reference: string,
  clock: { readonly now: () => ReturnType<typeof instantOf> },
  pass: () => void,
): Promise<string> {
  const value = { amountMinor: 1_250n, currency: 'GBP' };
  const products = ['103'];
  const order: PlaceOrder = {
    ...{ reference, products, value, kind: 'eGiftCard', country: 'GB', language: 'en' },
    recipientEmail: 'a@example.test',
  };
  let since = clock.now();
  let outcome: FindOutcome = { kind: 'notFound' };
  for (let turn = 0; turn < 60; turn += 1) {
    if (outcome.kind === 'notFound' || outcome.kind === 'rejected') {
      since = clock.now();
      outcome = await provider.placeOrder(order);
    } else {
      outcome = await provider.findOrder(reference, { value, products, since });
    }
    if (outcome.kind === 'accepted' && outcome.final) return rewardOf(outcome);
    expect(outcome).not.toMatchObject({ reason: 'permanent' });
    pass();
  }
  return '(given up)';
}
