import type { Fetch } from '../../../../../../shared/adapters/providers/http.ts';
import { createRuna } from '../../../../../../shared/adapters/providers/runa.ts';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import type { PlaceOrder } from '../../../../../../shared/ports/provider.ts';

export const reference = '11111111-2222-8333-8444-555555555501';
export const value = { amountMinor: 1_250n, currency: 'GBP' };
export const now = instantOf(Date.parse('2026-05-01T12:00:00Z'));
export const clock = { now: () => now };
export const secret = { baseUrl: 'https://playground.runa.io/v2', apiKey: 'XXabc.secret-secret' };
export const order: PlaceOrder = {
  ...{ reference, products: ['FINE-GB'], kind: 'eGiftCard', value, country: 'GB' },
  ...{ language: 'en', recipientEmail: 'person@example.test' },
};
export const asked = { value, products: ['FINE-GB'], since: now };

interface Sent {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The adapter over answers that stand in a row; the last one stays. */
export function adapterWith(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    sent.push({
      path: pathname + search,
      headers: new Headers(init?.headers),
      body: String(init?.body),
    });
    const [status, body] = answers[Math.min(sent.length, answers.length) - 1] ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  };
  const provider = createRuna({ ...secret, clock, timeoutMs: 1_000, listLagMs: 0, fetch });
  return { provider, sent };
}

export const item = {
  ...{ id: 'E-1', distribution_method: { type: 'PAYOUT_LINK' }, face_value: '12.5', price: '12' },
  ...{ products: { type: 'SINGLE', value: 'FINE-GB' }, currency: 'GBP' },
  payout: { status: 'ACTIVE', url: 'https://spend.example/1', expiry_date: '2027-02-01T00:00:00Z' },
};
export const whole = {
  ...{ id: 'O-1', status: 'COMPLETED', created_at: '2026-05-01T12:00:00.123456+00:00' },
  ...{ currency: 'USD', total_price: '15.86', description: reference, metadata: { reference } },
  items: [item],
};
export const listed = { ...whole, items: undefined, metadata: undefined };
export const page = (orders: readonly object[], after?: string) => {
  return [200, { items: orders, pagination: { cursors: { after } } }] as const;
};
