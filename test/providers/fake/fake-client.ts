import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type FakeTremendous,
  type FakeTremendousOptions,
  startFakeTremendous,
} from './tremendous.ts';

/** Lives as long as the test that started it. */
export async function started(
  options: Partial<FakeTremendousOptions> = {},
): Promise<FakeTremendous> {
  const fake = await startFakeTremendous({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fake-tremendous-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'orders.jsonl');
}

export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What stands at a path such as `order.rewards.0.id`. */
  at(path: string): unknown;
}

export async function call(
  { apiKey, baseUrl }: FakeTremendous,
  method: string,
  path: string,
  body?: unknown,
): Promise<CallAnswer> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${baseUrl}${path}`, { method, headers, ...init });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer, at: (where) => valueAt(answer, where) };
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at instanceof Object ? Reflect.get(at, key) : undefined), value);
}

export function orderBody(externalId: string | null, change: object = {}) {
  return {
    external_id: externalId,
    payment: { funding_source_id: 'balance' },
    reward: {
      products: ['GIFT-CARD-USD'],
      value: { denomination: 12.5, currency_code: 'USD' },
      recipient: { email: 'person@example.test' },
      delivery: { method: 'LINK' },
      ...change,
    },
  };
}
