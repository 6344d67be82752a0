import type { Fetch } from '../../../../../../shared/adapters/providers/http.ts';
import {
  createReloadly,
  type ReloadlySettings,
} from '../../../../../../shared/adapters/providers/reloadly.ts';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import type { PlaceOrder, RewardProvider } from '../../../../../../shared/ports/provider.ts';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One answer: its status, and its body as JSON text, as a value, or as what makes one. */
export type Scripted = readonly [status: number, body: unknown];

export const sandbox = 'https://giftcards-sandbox.reloadly.com';
const aToken = { access_token: 'token-1', expires_in: 3_600, token_type: 'Bearer' };

export interface Scene {
  readonly provider: RewardProvider;
  /** Everything that was sent, token requests among it. */
  readonly sent: Sent[];
  /** Lets so much time pass. */
  pass(durationMs: number): void;
}

/**
 * A provider whose calls are answered by path: the part of the script whose key the path starts
 * with, one answer after the other, the last one for ever.
 */
export function scene(
  script: Readonly<Record<string, readonly Scripted[]>>,
  change: Partial<ReloadlySettings> = {},
): Scene {
  const sent: Sent[] = [];
  let nowMs = Date.UTC(2026, 0, 15, 12);
  const rest = new Map<string, readonly Scripted[]>(
    Object.entries({ '/oauth/token': [[200, aToken] as const], ...script }),
  );
  const fetch: Fetch = async (input, init) => {
    const url = new URL(String(input));
    const { method = 'GET', headers, body } = init ?? {};
    sent.push({
      ...{ method, url: url.href, headers: { ...(headers as Record<string, string>) } },
      body: typeof body === 'string' ? body : '',
    });
    const paths = [...rest.keys()].filter((path) => url.pathname.startsWith(path));
    const path = paths.sort((left, right) => right.length - left.length)[0] ?? '';
    const [first, ...others] = rest.get(path) ?? [];
    if (first === undefined) throw new Error(`Nothing is scripted for ${url.pathname}.`);
    if (others.length > 0) rest.set(path, others);
    const [status, made] = first;
    const answer: unknown = typeof made === 'function' ? made() : made;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return new Response(text, { status });
  };
  const settings = {
    ...{ baseUrl: sandbox, clientId: 'canary-client', clientSecret: 'canary-secret' },
    ...{ webhookKey: 'canary-webhook-key', timeoutMs: 1_000, fetch },
    clock: { now: () => instantOf(nowMs) },
  };
  return {
    provider: createReloadly({ ...settings, ...change }),
    sent,
    pass: (durationMs) => {
      nowMs += durationMs;
    },
  };
}

export const reference = '11111111-2222-8333-8444-555555555501';
export const order: PlaceOrder = {
  ...{ reference, products: ['201'], value: { amountMinor: 1_250n, currency: 'GBP' } },
  ...{ kind: 'eGiftCard', country: 'GB', language: 'en' },
  recipientEmail: 'person@example.test',
};
export const asked = {
  ...{ value: order.value, products: order.products },
  since: instantOf(Date.UTC(2026, 0, 15, 11)),
};

/** A transaction as Reloadly answers it. */
export function transaction(change: object = {}, product: object = {}): object {
  return {
    ...{ transactionId: 4_711, amount: 17.52, discount: 0.49, currencyCode: 'USD', fee: 0.5 },
    ...{ customIdentifier: reference, status: 'SUCCESSFUL' },
    product: {
      ...{ productId: 201, quantity: 1, unitPrice: 12.5, totalPrice: 12.5, currencyCode: 'GBP' },
      ...product,
    },
    transactionCreatedTime: '2026-01-15 11:30:00',
    ...change,
  };
}

export function problem(message: string, errorCode: string | null = null): object {
  return { timeStamp: 1_700_000_000_000, message, path: '/orders', errorCode, details: [] };
}

export const card = { cardNumber: 'AB12-CD34', pinCode: '0042' };

/** An order that is placed with these answers, and one where it is looked up. */
export function placing(answer: Scripted, cards: unknown = [card]): Scene {
  return scene({ '/orders': [answer], '/orders/transactions/4711/cards': [[200, cards]] });
}
