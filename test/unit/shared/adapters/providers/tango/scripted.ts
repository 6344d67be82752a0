import { createTango } from '../../../../../../shared/adapters/providers/tango.ts';
import { type Instant, instantOf } from '../../../../../../shared/domain/time.ts';
import type { PlaceOrder, RewardProvider } from '../../../../../../shared/ports/provider.ts';

export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string;
  readonly body: string;
}

type Script = (request: SentRequest, number: number) => readonly [status: number, body: unknown];

export const account = { customerIdentifier: 'programs', accountIdentifier: 'rewards' } as const;

export const basicSecret = {
  ...{ baseUrl: 'https://integration-api.tangocard.com/raas/v2', ...account },
  ...{ platformName: 'Platform', platformKey: 'key-of-the-platform' },
  ...{ webhookKey: 'key-of-the-subscription' },
} as const;

/** The instant that the adapter believes it is. */
export const now = instantOf(Date.UTC(2026, 4, 15, 12));

export interface Scripted {
  readonly provider: RewardProvider;
  readonly sent: readonly SentRequest[];
  /** How long each call waited for its turn, where it did. */
  readonly waitsMs: readonly number[];
}

/** An adapter whose calls are answered by a script; texts go as they are, all else as JSON. */
export function scripted(
  script: Script,
  change: object = {},
  clock: { now(): Instant } = { now: () => now },
): Scripted {
  const sent: SentRequest[] = [];
  const waitsMs: number[] = [];
  const sleep = async (durationMs: number) => void waitsMs.push(durationMs);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = {
      method: init?.method ?? 'GET',
      url: new URL(String(input)),
      authorization: new Headers(init?.headers).get('authorization') ?? '',
      body: String(init?.body ?? ''),
    };
    sent.push(request);
    const [status, body] = script(request, sent.length);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
  const settings = { ...basicSecret, ...change, clock, timeoutMs: 5_000, fetch, sleep };
  return { provider: createTango(settings), sent, waitsMs };
}

export const reference = '0190a0b0-1111-8222-8333-444444444401';
export const wireReference = '0190a0b0111182228333444444444401';

export const asked: PlaceOrder = {
  ...{ reference, products: ['U000003'], kind: 'eGiftCard', country: 'GB', language: 'en' },
  ...{ value: { amountMinor: 1_250n, currency: 'GBP' }, recipientEmail: 'a@example.test' },
};

export const order = {
  ...{ referenceOrderID: 'RA260515-1401-64', referenceLineItemID: 'L1', status: 'COMPLETE' },
  ...{ externalRefID: wireReference, ...account, utid: 'U000003' },
  createdAt: '2026-05-15T11:00:00Z',
  denomination: { value: 12.5, currencyCode: 'GBP' },
  amountCharged: { value: 16, currencyCode: 'USD', fee: 0.5, total: 16.5, exchangeRate: 1.28 },
  reward: { credentialList: [{ credentialType: 'claimCode', value: 'CODE-1' }] },
};

/** An error as the API words it. */
export function problem(i18nKey: string, inErrors = false): readonly [number, object] {
  const status = Number(i18nKey.slice(0, 3));
  const envelope = { requestId: 'r-1', httpCode: status, httpPhrase: 'No' };
  const told = inErrors ? { errors: [{ path: 'amount', i18nKey }] } : { i18nKey, errors: [] };
  return [status, { ...envelope, ...told }];
}
