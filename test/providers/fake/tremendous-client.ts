import { onTestFinished } from 'vitest';
import { answerOf, type CallAnswer } from './common/client.ts';
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

export async function call(
  { apiKey, baseUrl }: FakeTremendous,
  method: string,
  path: string,
  body?: unknown,
): Promise<CallAnswer> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return answerOf(await fetch(`${baseUrl}${path}`, { method, headers, ...init }));
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
