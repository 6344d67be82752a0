import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetch } from '../../../../../../shared/adapters/providers/http.ts';
import {
  createPayPalPayouts,
  type PayPalPayoutsSettings,
} from '../../../../../../shared/adapters/providers/paypal-payouts.ts';
import { type Payee, toSealable } from '../../../../../../shared/domain/payout/payee.ts';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import type { PlaceOrder, RewardProvider } from '../../../../../../shared/ports/provider.ts';

const fakes = join(import.meta.dirname, '../../../../../providers/fake/paypal-payouts');
const pair = readFileSync(join(fakes, 'signing-pair.pem'), 'utf8');

/** One block of the stand-in's pair. */
export function blockOf(name: 'CERTIFICATE' | 'PRIVATE KEY'): string {
  return new RegExp(`-----BEGIN ${name}-----[^-]+-----END ${name}-----`).exec(pair)?.[0] ?? '';
}

export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One answer: its status, and its body as JSON text or as a value; `undefined`: it breaks. */
export type Scripted = readonly [status: number, body: unknown] | undefined;

export const sandbox = 'https://api-m.sandbox.paypal.com';
export const nowMs = Date.UTC(2026, 0, 15, 12);
const aToken = { access_token: 'token-1', expires_in: 32_400, token_type: 'Bearer' };

export const secret = {
  ...{ baseUrl: sandbox, clientId: 'canary-client', clientSecret: 'canary-secret' },
  ...{ webhookId: '5RR09500UT4826337', webhookCertificates: blockOf('CERTIFICATE') },
};

export interface Scene {
  readonly provider: RewardProvider;
  /** Everything that was sent, token requests among it. */
  readonly sent: Sent[];
  pass(durationMs: number): void;
}

/**
 * A provider whose calls are answered by `POST` or `GET` and path after `/v1`, one answer after the
 * other, the last one for ever.
 */
export function scene(
  script: Readonly<Record<string, readonly Scripted[]>>,
  change: Partial<PayPalPayoutsSettings> = {},
): Scene {
  const sent: Sent[] = [];
  let aheadMs = 0;
  const rest = new Map<string, readonly Scripted[]>(
    Object.entries({ 'POST /oauth2/token': [[200, aToken] as const], ...script }),
  );
  const fetch: Fetch = async (input, init) => {
    const url = new URL(String(input));
    const { method = 'GET', headers, body } = init ?? {};
    sent.push({
      ...{ method, url, headers: { ...(headers as Record<string, string>) } },
      body: String(body ?? ''),
    });
    const key = `${method} ${url.pathname.replace(/^\/v1/, '')}`;
    const answers = rest.get(key);
    if (answers === undefined) throw new Error(`Nothing is scripted for ${key}.`);
    const [first, ...others] = answers;
    if (others.length > 0) rest.set(key, others);
    if (first === undefined) throw new TypeError('fetch failed');
    const [status, answer] = first;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return new Response(text, { status });
  };
  const clock = { now: () => instantOf(nowMs + aheadMs) };
  return {
    provider: createPayPalPayouts({ ...secret, timeoutMs: 1_000, fetch, clock, ...change }),
    sent,
    pass: (durationMs) => {
      aheadMs += durationMs;
    },
  };
}

export const reference = '11111111-2222-8333-8444-555555555501';
export const payee: Payee = {
  ...{ rail: 'payPal', receiverKind: 'email', receiver: 'canary@example.test' },
};
export const order: PlaceOrder = {
  ...{ reference, products: [], value: { amountMinor: 1_250n, currency: 'GBP' } },
  ...{ kind: 'payout', country: 'GB', language: 'en' },
  ...{ recipientEmail: 'person@example.test', payee: toSealable(payee) },
};
export const batchId = '5UXD2E8A7EBQJ';
export const asked = {
  ...{ value: order.value, products: [], providerOrder: batchId },
  since: instantOf(Date.UTC(2026, 0, 15, 11)),
};

const header = {
  ...{ payout_batch_id: batchId, batch_status: 'SUCCESS' },
  sender_batch_header: { sender_batch_id: reference },
};

/** An item as PayPal answers it. */
export function item(change: object = {}, payout: object = {}): object {
  return {
    ...{ payout_item_id: '8AELMXH8UB2P8', transaction_status: 'SUCCESS' },
    payout_item_fee: { currency: 'GBP', value: '0.25' },
    payout_item: {
      ...{ recipient_type: 'EMAIL', receiver: 'canary@example.test', sender_item_id: reference },
      ...{ amount: { currency: 'GBP', value: '12.50' }, ...payout },
    },
    ...change,
  };
}

export function batch(change: object = {}, items: unknown = [item()]): object {
  return { batch_header: { ...header, ...change }, ...(items !== null && { items }) };
}

export const taken = { batch_header: { ...header, batch_status: 'PENDING' }, links: [] };

export function problem(name: string, details: readonly object[] = []): object {
  return { name, message: 'canary words', debug_id: 'canary', details, links: [] };
}

/** The refusal of an id that was used. */
export function duplicate(id = batchId): object {
  const href = `https://api.sandbox.paypal.com/v1/payments/payouts/${id}`;
  return problem('USER_BUSINESS_ERROR', [
    { field: 'SENDER_BATCH_ID', issue: 'canary words', link: [{ href, rel: 'self' }] },
  ]);
}
