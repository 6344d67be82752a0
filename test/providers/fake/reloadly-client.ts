import { onTestFinished } from 'vitest';
import { type FakeReloadly, type FakeReloadlyOptions, startFakeReloadly } from './reloadly.ts';

/** Lives as long as the test that started it. */
export async function startedReloadly(
  options: Partial<FakeReloadlyOptions> = {},
): Promise<FakeReloadly> {
  const fake = await startFakeReloadly({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export interface ReloadlyAnswer {
  readonly status: number;
  /** What stands at a path such as `content.0.status`; the whole body for an empty one. */
  at(path: string): unknown;
}

export type Client = (method: string, path: string, body?: unknown) => Promise<ReloadlyAnswer>;

export const mediaType = 'application/com.reloadly.giftcards-v1+json';

export async function tokenFor(fake: FakeReloadly, change: object = {}): Promise<ReloadlyAnswer> {
  const { clientId: client_id, clientSecret: client_secret, baseUrl: audience } = fake.secret;
  const asked = { client_id, client_secret, grant_type: 'client_credentials', audience };
  const body = JSON.stringify({ ...asked, ...change });
  return answerOf(await fetch(`${fake.baseUrl}/oauth/token`, { method: 'POST', body }));
}

/** Calls with one token of its own. */
export async function clientOf(fake: FakeReloadly, audience = fake.baseUrl): Promise<Client> {
  const token = (await tokenFor(fake, { audience })).at('access_token');
  const headers = { authorization: `Bearer ${token}`, accept: mediaType };
  return async (method, path, body) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return answerOf(await fetch(`${fake.baseUrl}${path}`, { method, headers, ...init }));
  };
}

async function answerOf(response: Response): Promise<ReloadlyAnswer> {
  const body: unknown = await response.json();
  return { status: response.status, at: (path) => valueAt(body, path) };
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .filter((key) => key !== '')
    .reduce<unknown>((at, key) => (at instanceof Object ? Reflect.get(at, key) : undefined), value);
}

export function cardOrder(customIdentifier: string | undefined, change: object = {}): object {
  const what = { productId: 103, quantity: 1, unitPrice: 12.5, senderName: 'Guerdon' };
  return { ...what, customIdentifier, ...change };
}
