import { onTestFinished } from 'vitest';
import { createWise } from '../../../shared/adapters/providers/wise.ts';
import { toSealable } from '../../../shared/domain/payout/payee.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { AskedOrder, PlaceOrder, RewardProvider } from '../../../shared/ports/provider.ts';
import { answerOf, type CallAnswer } from './common/client.ts';
import { type FakeWise, type FakeWiseOptions, startFakeWise } from './wise.ts';

/** Lives as long as the test that started it. */
export async function started(options: Partial<FakeWiseOptions> = {}): Promise<FakeWise> {
  const fake = await startFakeWise({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export async function call(
  { baseUrl, token }: FakeWise,
  request: string,
  body?: unknown,
): Promise<CallAnswer> {
  const [method = 'GET', path = ''] = request.split(' ');
  const headers = { authorization: `Bearer ${token}` };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return answerOf(await fetch(`${baseUrl}${path}`, { method, headers, ...init }));
}

export function providerOf(
  { secret }: FakeWise,
  { now = Date.now, timeoutMs = 10_000 } = {},
): RewardProvider {
  return createWise({ ...secret, clock: { now: () => instantOf(now()) }, timeoutMs });
}

export const reference = '11111111-2222-8333-8444-555555555501';
export const value = { amountMinor: 1_250n, currency: 'GBP' };

export function orderOf(named = reference): PlaceOrder {
  const account = { kind: 'iban', iban: 'GB29NWBK60161331926819' } as const;
  const payee = { rail: 'bankAccount', holderName: 'Ann Example', country: 'GB', account } as const;
  return {
    ...{ reference: named, products: [], kind: 'payout', value, country: 'GB', language: 'en' },
    ...{ recipientEmail: 'ann@example.test', payee: toSealable(payee) },
  };
}

export function askedAt(epochMs: number): AskedOrder {
  return { value, products: [], since: instantOf(epochMs) };
}

export const recipientBody = {
  ...{ profile: 30_000_001, currency: 'GBP', type: 'sort_code' },
  accountHolderName: 'Ann Example',
  details: { legalType: 'PRIVATE', sortCode: '040075', accountNumber: '37778842' },
};

export const quoteBody = { sourceCurrency: 'USD', targetCurrency: 'GBP', targetAmount: 12.5 };

export interface Transferred {
  readonly answer: CallAnswer;
  readonly id: string;
}

/** A recipient, a quote and a transfer: not paid. */
export async function transferred(fake: FakeWise, named = reference): Promise<Transferred> {
  const recipient = await call(fake, 'POST /v1/accounts', recipientBody);
  const quote = await call(fake, 'POST /v3/profiles/30000001/quotes', quoteBody);
  const answer = await call(fake, 'POST /v1/transfers', {
    ...{ targetAccount: recipient.at('id'), quoteUuid: quote.at('id') },
    ...{ customerTransactionId: named, details: { reference: 'Payout' } },
  });
  return { answer, id: String(answer.at('id')) };
}

export function fund(fake: FakeWise, id: string): Promise<CallAnswer> {
  const path = `/v3/profiles/30000001/transfers/${id}/payments`;
  return call(fake, `POST ${path}`, { type: 'BALANCE' });
}
