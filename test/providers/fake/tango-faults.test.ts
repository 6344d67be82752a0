import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { tangoAdapter } from '../../../shared/adapters/providers/tango.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { PlaceOrder } from '../../../shared/ports/provider.ts';
import { rewardOf } from '../certification/stage.ts';
import { orderWebhooks, receiver } from './common/client.ts';
import { callTango, startedTango, tangoOrder, tangoProvider } from './tango-client.ts';

test('the same seed meets the same faults', async () => {
  const outcomes = async () => {
    const fake = await startedTango({ faults: { rateLimit: 0.5 } });
    const statuses = [];
    for (let number = 0; number < 20; number += 1) {
      statuses.push((await callTango(fake, 'POST', '/orders', tangoOrder(`n${number}`))).status);
    }
    return statuses;
  };
  const first = await outcomes();
  expect(new Set(first)).toEqual(new Set([201, 429]));
  expect(await outcomes()).toEqual(first);
});

const faults = {
  ...{ lostAnswer: 0.1, serverError: 0.1, lostRequest: 0.1, slow: 0.1, duplicate: 0.3 },
  ...{ notJson: 0.1, contradiction: 0.1, rateLimit: 0.1, pending: 0.1, inProgress: 0.1 },
  ...{ outOfFunds: 0.1, outOfStock: 0.1, fraudVelocity: 0.1 },
};

test('fifty orders through lost, slow, doubled and spoilt answers are fifty rewards', async () => {
  const fake = await startedTango({ seed: 'sixty', faults, pendingMs: 5 });
  const provider = tangoProvider(fake, 250);
  const value = { amountMinor: 1_250n, currency: 'GBP' };
  const deliver = async (number: number): Promise<string> => {
    const reference = `91111111-2222-8333-8444-5555555555${number}`;
    const products = [fake.productIn('GBP')];
    const asked = { products, value, since: instantOf(Date.now()) };
    const about = { kind: 'eGiftCard', country: 'GB', language: 'en' } as const;
    const order = { reference, products, value, ...about, recipientEmail: 'a@example.test' };
    for (let turn = 0; turn < 80; turn += 1) {
      const found = await provider.findOrder(reference, asked);
      const outcome = found.kind === 'notFound' ? await provider.placeOrder(order) : found;
      if (outcome.kind === 'accepted' && outcome.final) return rewardOf(outcome);
      expect(outcome).not.toMatchObject({ reason: 'permanent' });
    }
    return '(given up)';
  };
  const numbers = Array.from({ length: 50 }, (_, index) => 10 + index);
  const rewards = await Promise.all(numbers.map(deliver));
  expect(new Set(rewards).size).toBe(50);
  expect(new Set(fake.orders().map((order) => order.rewards[0]))).toEqual(new Set(rewards));
  expect(fake.rewardsIssued()).toBe(50);
  const counters = fake.counters();
  for (const name of Object.keys(faults) as (keyof typeof faults)[]) {
    expect(counters[name], name).toBeGreaterThan(0);
  }
});

test('webhooks are signed; forged, doubled, late and unknown ones come on demand', async () => {
  const fake = await startedTango({ lateWebhookMs: 5, pendingMs: 1 });
  fake.setFaults({ badSignature: 1, duplicate: 1, unknownEvent: 1, lateWebhook: 1, pending: 1 });
  const provider = tangoProvider(fake);
  const { url, readings } = await receiver(provider);
  fake.setWebhookUrl(url);
  await callTango(fake, 'POST', '/orders', tangoOrder('a'));
  await vi.waitFor(() => expect(fake.isIdle()).toBe(true), { timeout: 5_000 });
  expect(readings.map(({ kind }) => kind).toSorted()).toEqual([
    'ignored',
    'order',
    'order',
    'refused',
  ]);
  expect(orderWebhooks(readings).size).toBe(1);
  expect(fake.forgedAccepted()).toBe(0);
});

test('tokens are given to the service account only, and can be revoked', async () => {
  const fake = await startedTango();
  const ask = (change: object) => {
    const { clientId = '', clientSecret = '', username = '', password = '' } = fake.tokenSecret;
    const form = { client_id: clientId, client_secret: clientSecret, username, password };
    const body = new URLSearchParams({ ...form, scope: 'raas.all', ...change });
    return fetch(`${fake.baseUrl}/oauth/token`, { method: 'POST', body });
  };
  expect((await ask({ password: 'another' })).status).toBe(401);
  expect((await ask({ client_secret: 'another' })).status).toBe(401);
  const answer = await ask({ grant_type: 'password' });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await answer.json());
  const read = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${fake.baseUrl}/exchangerates`, { headers })).status;
  };
  expect(await read()).toBe(200);
  fake.revokeTokens();
  expect(await read()).toBe(401);
});

test('an adapter with a service account goes on when its token was revoked', async () => {
  const fake = await startedTango();
  const clock = { now: () => instantOf(Date.now()) };
  const provider = tangoAdapter.open(fake.tokenSecret, { clock, timeoutMs: 10_000 });
  const order = canaryOrder(fake.productIn('GBP'));
  expect((await provider.placeOrder(order)).kind).toBe('accepted');
  fake.revokeTokens();
  expect(await provider.balances()).toEqual([
    { amountMinor: fake.balanceCents(), currency: 'USD' },
  ]);
  expect((await provider.placeOrder(order)).kind).toBe('accepted');
  expect(fake.tokensIssued()).toBe(2);
  expect(fake.rewardsIssued()).toBe(1);
});

function canaryOrder(product: string): PlaceOrder {
  return {
    reference: '91111111-2222-8333-8444-555555555501',
    value: { amountMinor: 1_250n, currency: 'GBP' },
    ...{ products: [product], kind: 'eGiftCard', country: 'GB', language: 'en' },
    recipientEmail: 'a@example.test',
  };
}
