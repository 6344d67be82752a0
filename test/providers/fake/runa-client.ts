import { onTestFinished } from 'vitest';
import { createRuna, type RunaSettings } from '../../../shared/adapters/providers/runa.ts';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import type { RewardProvider } from '../../../shared/ports/provider.ts';
import { type FakeRuna, type FakeRunaOptions, startFakeRuna } from './runa.ts';

/** Lives as long as the test that started it. */
export async function startedRuna(options: Partial<FakeRunaOptions> = {}): Promise<FakeRuna> {
  const fake = await startFakeRuna({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export const clock = { now: (): Instant => instantOf(Date.now()) };

/** The adapter, on the fake's account. */
export function adapterOn(
  { baseUrl, apiKey, webhookSecret }: FakeRuna,
  change: Partial<RunaSettings> = {},
): RewardProvider {
  const account = { baseUrl, apiKey, webhookSecret };
  return createRuna({ ...account, clock, timeoutMs: 5_000, listLagMs: 0, ...change });
}

export interface RunaCall {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RunaAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function callRuna(
  { apiKey, baseUrl }: FakeRuna,
  { method = 'GET', path, body, headers = {} }: RunaCall,
): Promise<RunaAnswer> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const known = { 'x-api-key': apiKey, ...headers };
  const response = await fetch(`${baseUrl}${path}`, { method, headers: known, ...init });
  return { status: response.status, body: (await response.json()) as RunaAnswer['body'] };
}

/** One synchronous order; `change` is of its only item. */
export function placeRuna(
  fake: FakeRuna,
  key: string,
  change: object = {},
  whole: object = {},
): Promise<RunaAnswer> {
  const body = { ...bodyOf(change), ...whole };
  const headers = { 'x-idempotency-key': key, 'x-execution-mode': 'sync' };
  return callRuna(fake, { method: 'POST', path: '/order', body, headers });
}

export function bodyOf(change: object = {}) {
  const item = {
    face_value: 12.5,
    distribution_method: { type: 'PAYOUT_LINK' },
    products: { type: 'SINGLE', value: 'MARKET-GBP' },
  };
  const payment = { type: 'ACCOUNT_BALANCE', currency: 'GBP' };
  return { payment_method: payment, items: [{ ...item, ...change }] };
}
