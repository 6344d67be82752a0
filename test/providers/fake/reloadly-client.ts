import { onTestFinished } from 'vitest';
import { answerOf, type CallAnswer } from './common/client.ts';
import { type FakeReloadly, type FakeReloadlyOptions, startFakeReloadly } from './reloadly.ts';

/** Lives as long as the test that started it. */
export async function startedReloadly(
  options: Partial<FakeReloadlyOptions> = {},
): Promise<FakeReloadly> {
  const fake = await startFakeReloadly({ seed: 1, ...options });
  onTestFinished(fake.close);
  return fake;
}

export type Client = (method: string, path: string, body?: unknown) => Promise<CallAnswer>;

export const mediaType = 'application/com.reloadly.giftcards-v1+json';

export async function tokenFor(fake: FakeReloadly, change: object = {}): Promise<CallAnswer> {
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

export function cardOrder(customIdentifier: string | undefined, change: object = {}): object {
  const what = { productId: 103, quantity: 1, unitPrice: 12.5, senderName: 'Guerdon' };
  return { ...what, customIdentifier, ...change };
}
