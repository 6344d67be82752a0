import { onTestFinished } from 'vitest';
import {
  createPayPalPayouts,
  type PayPalPayoutsSettings,
} from '../../../shared/adapters/providers/paypal-payouts.ts';
import { toSealable } from '../../../shared/domain/payout/payee.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { PlaceOrder, RewardProvider } from '../../../shared/ports/provider.ts';
import { answerOf, type CallAnswer } from './common/client.ts';
import { type FakePayPal, type FakePayPalOptions, startFakePayPal } from './paypal-payouts.ts';

/** Lives as long as the test that started it. */
export async function startedPayPal(options: Partial<FakePayPalOptions> = {}): Promise<FakePayPal> {
  const fake = await startFakePayPal({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export type Client = (method: string, path: string, body?: unknown) => Promise<CallAnswer>;

export async function tokenFor(
  { baseUrl, secret }: FakePayPal,
  clientSecret = secret.clientSecret,
): Promise<CallAnswer> {
  const basic = Buffer.from(`${secret.clientId}:${clientSecret}`).toString('base64');
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers = { authorization: `Basic ${basic}` };
  return answerOf(await fetch(`${baseUrl}/v1/oauth2/token`, { method: 'POST', headers, body }));
}

/** Calls with one token of its own; paths begin after the version. */
export async function clientOf(fake: FakePayPal): Promise<Client> {
  const headers = { authorization: `Bearer ${(await tokenFor(fake)).at('access_token')}` };
  return async (method, path, body) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return answerOf(await fetch(`${fake.baseUrl}/v1${path}`, { method, headers, ...init }));
  };
}

export const receivers = {
  member: 'person@example.test',
  stranger: 'person@mail.unregistered.test',
} as const;

export function batchBody(sender_batch_id: string, change: object = {}): object {
  const item = {
    ...{ recipient_type: 'EMAIL', receiver: receivers.member, sender_item_id: sender_batch_id },
    ...{ amount: { currency: 'GBP', value: '12.50' }, purpose: 'CASHBACK', ...change },
  };
  return { sender_batch_header: { sender_batch_id }, items: [item] };
}

export function adapterOf(
  fake: FakePayPal,
  change: Partial<PayPalPayoutsSettings> = {},
): RewardProvider {
  const clock = { now: () => instantOf(Date.now()) };
  return createPayPalPayouts({ ...fake.secret, clock, timeoutMs: 5_000, ...change });
}

export function payoutOrder(reference: string, receiver: string = receivers.member): PlaceOrder {
  return {
    ...{ reference, products: [], value: { amountMinor: 1_250n, currency: 'GBP' } },
    ...{ kind: 'payout', country: 'GB', language: 'en', recipientEmail: 'person@example.test' },
    payee: toSealable({ rail: 'payPal', receiverKind: 'email', receiver }),
  };
}
