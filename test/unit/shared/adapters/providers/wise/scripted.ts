import { generateKeyPairSync } from 'node:crypto';
import type { Fetch } from '../../../../../../shared/adapters/providers/http.ts';
import { createWise } from '../../../../../../shared/adapters/providers/wise.ts';
import { type BankAccount, toSealable } from '../../../../../../shared/domain/payout/payee.ts';
import { instantOf, parseInstant } from '../../../../../../shared/domain/time.ts';
import type { AskedOrder, PlaceOrder } from '../../../../../../shared/ports/provider.ts';

export const sandbox = 'https://api.wise-sandbox.com';
export const reference = '11111111-2222-8333-8444-555555555501';
export const now = parseInstant('2026-05-01T12:00:00Z') ?? instantOf(0);
const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
export const privateKey = keys.privateKey;

export const secret = {
  ...{ baseUrl: sandbox, token: 'canary-token', profileId: '30000001', sourceCurrency: 'EUR' },
  webhookPublicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};

export const payee: BankAccount = {
  ...{ rail: 'bankAccount', holderName: 'Canary Person', country: 'GB' },
  account: { kind: 'sortCode', sortCode: '040075', accountNumber: '37778842' },
};

export const order: PlaceOrder = {
  ...{ reference, products: [], kind: 'payout', country: 'GB', language: 'en' },
  ...{ value: { amountMinor: 1_250n, currency: 'GBP' }, recipientEmail: 'canary@example.test' },
  payee: toSealable(payee),
};

/** Asked for an hour ago: every list has caught up. */
export const asked: AskedOrder = {
  ...{ value: order.value, products: [], since: instantOf(now - 3_600_000) },
};

export const recipient = {
  ...{ id: 40, currency: 'GBP', accountSummary: '(04-00-75) 37778842' },
  longAccountSummary: 'GBP account ending in 8842',
};

const quoteId = '77777777-2222-4333-8444-555555555501';

const price = (amount: number) => ({ total: { value: { amount, currency: 'EUR' } } });
export const quote = {
  ...{ id: quoteId, rate: 0.85 },
  paymentOptions: [
    { payIn: 'BANK_TRANSFER', price: price(9.99) },
    { payIn: 'BALANCE', price: price(0.77) },
  ],
};

export function transfer(change: object = {}) {
  return {
    ...{ id: 50, status: 'incoming_payment_waiting', targetAccount: 40, quoteUuid: quoteId },
    ...{ created: '2026-05-01T11:00:00Z', customerTransactionId: reference },
    ...{ sourceCurrency: 'EUR', sourceValue: 14.71, targetCurrency: 'GBP', targetValue: 12.5 },
    ...change,
  };
}

export const sent = transfer({ status: 'outgoing_payment_sent' });
export const payment = { id: 60, method: 'BALANCE' };

export const calls = {
  recipient: 'POST /v1/accounts',
  readRecipient: 'GET /v2/accounts/40',
  quote: 'POST /v3/profiles/30000001/quotes',
  readQuote: `GET /v3/profiles/30000001/quotes/${quoteId}`,
  transfer: 'POST /v1/transfers',
  list: 'GET /v1/transfers',
  read: 'GET /v1/transfers/50',
  payments: 'GET /v1/transfers/50/payments',
  fund: 'POST /v3/profiles/30000001/transfers/50/payments',
  cancel: 'PUT /v1/transfers/50/cancel',
} as const;

export type Reply = readonly [status: number, body: unknown];

const usual: Readonly<Record<string, Reply>> = {
  [calls.recipient]: [200, recipient],
  [calls.readRecipient]: [200, recipient],
  [calls.quote]: [200, quote],
  [calls.readQuote]: [200, quote],
  [calls.transfer]: [200, transfer()],
  [calls.list]: [200, []],
  [calls.read]: [200, sent],
  [calls.payments]: [200, []],
  [calls.fund]: [201, { type: 'BALANCE', status: 'COMPLETED', errorCode: null }],
};

export interface SentCall {
  readonly call: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Replies by call, where they are not the usual ones; several are given one after the other. */
export function scene(
  replies: Readonly<Record<string, Reply | readonly Reply[]>> = {},
  /** How long each call takes. */
  callMs = 0,
) {
  let passedMs = 0;
  const made: SentCall[] = [];
  const counts = new Map<string, number>();
  const fetch: Fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(String(url));
    const call = `${init?.method} ${pathname}`;
    const body = init?.body ? JSON.parse(String(init.body)) : undefined;
    passedMs += callMs;
    made.push({ call, query: searchParams, body, headers: new Headers(init?.headers) });
    const count = counts.get(call) ?? 0;
    counts.set(call, count + 1);
    const scripted = replies[call] ?? usual[call] ?? [404, '<html>'];
    const [status, reply] = isReply(scripted) ? scripted : (scripted[count] ?? [500, 'no more']);
    return new Response(JSON.stringify(reply), { status });
  };
  const clock = { now: () => instantOf(now + passedMs) };
  const provider = createWise({ ...secret, clock, timeoutMs: 1_000, fetch });
  return { provider, made, names: () => made.map(({ call }) => call) };
}

function isReply(scripted: Reply | readonly Reply[]): scripted is Reply {
  return typeof scripted[0] === 'number';
}

export const wrong = (path: string) => ({ errors: [{ code: 'NOT_VALID', message: 'x', path }] });
export const rejectedFunding = (errorCode: string): Reply => {
  return [201, { type: 'BALANCE', status: 'REJECTED', errorCode }];
};
