import { expect, test } from 'vitest';
import { asked, order, problem, reference, type Scripted, scene, transaction } from './scripted.ts';

const balance = { balance: 10, currencyCode: 'USD' };
const tokenOf = (number: number, seconds: unknown = 3_600): Scripted => [
  200,
  { access_token: `token-${number}`, expires_in: seconds, token_type: 'Bearer' },
];
const refusedToken: Scripted = [401, problem('no', 'TOKEN_EXPIRED')];

const isForToken = ({ url }: { readonly url: string }) => url.endsWith('/oauth/token');

test('one token serves many calls, and calls that come together share the request', async () => {
  const { provider, sent } = scene({ '/accounts/balance': [[200, balance]] });
  await Promise.all(Array.from({ length: 8 }, () => provider.balances()));
  await provider.balances();
  expect(sent.filter(isForToken)).toHaveLength(1);
});

test('a token is renewed a minute before its end', async () => {
  const { provider, sent, pass } = scene({
    '/oauth/token': [tokenOf(1), tokenOf(2)],
    '/accounts/balance': [[200, balance]],
  });
  await provider.balances();
  pass(3_600_000 - 60_001);
  await provider.balances();
  expect(sent.filter(isForToken)).toHaveLength(1);
  pass(1);
  await provider.balances();
  expect(sent.filter(isForToken)).toHaveLength(2);
  expect(sent.at(-1)?.headers).toMatchObject({ authorization: 'Bearer token-2' });
});

test('a refused token is renewed once, and the order sent again', async () => {
  const { provider, sent } = scene({
    '/oauth/token': [tokenOf(1), tokenOf(2)],
    '/orders': [refusedToken, [200, transaction({ status: 'PENDING' })]],
  });
  expect(await provider.placeOrder(order)).toMatchObject({ kind: 'accepted' });
  expect(sent.map(({ headers }) => headers.authorization)).toEqual([
    ...[undefined, 'Bearer token-1', undefined, 'Bearer token-2'],
  ]);
});

test('a second refusal is a matter of configuration, and asked no third time', async () => {
  const { provider, sent } = scene({ '/orders': [refusedToken] });
  const outcome = await provider.placeOrder(order);
  expect(outcome).toEqual({
    ...{ kind: 'rejected', reason: 'configuration', detail: 'TOKEN_REFUSED' },
  });
  expect(sent).toHaveLength(4);
});

test('the 401 of somebody on the way is not answered with a second order', async () => {
  const { provider, sent } = scene({
    '/oauth/token': [tokenOf(1), tokenOf(2)],
    '/orders': [
      [401, '<html>no</html>'],
      [200, transaction({ status: 'PENDING' })],
    ],
  });
  expect(await provider.placeOrder(order)).toMatchObject({ kind: 'unknown' });
  expect(sent).toHaveLength(2);
  await provider.placeOrder(order);
  expect(sent.at(-1)?.headers).toMatchObject({ authorization: 'Bearer token-2' });
});

test.each<[Scripted, string, string]>([
  [[401, problem('no', 'INVALID_CREDENTIALS')], 'configuration', 'CREDENTIALS_REFUSED'],
  [[401, { error: 'access_denied' }], 'configuration', 'CREDENTIALS_REFUSED'],
  [[400, { error: 'invalid_client' }], 'configuration', 'CREDENTIALS_REFUSED'],
  [[401, '<html>no</html>'], 'retrySameKey', 'NO_TOKEN'],
  [[429, 'slow down'], 'waitForLimit', 'RATE_LIMITED'],
  [[500, 'sorry'], 'retrySameKey', 'NO_TOKEN'],
  [[200, 'sorry'], 'retrySameKey', 'NO_TOKEN'],
  [[200, {}], 'retrySameKey', 'NO_TOKEN'],
  [[200, { access_token: 'a b', expires_in: 60 }], 'retrySameKey', 'NO_TOKEN'],
  [tokenOf(1, '3600'), 'retrySameKey', 'NO_TOKEN'],
  [tokenOf(1, -1), 'retrySameKey', 'NO_TOKEN'],
])('without a token nothing is ordered, for certain: %j', async (answer, reason, detail) => {
  const { provider, sent } = scene({ '/oauth/token': [answer] });
  expect(await provider.placeOrder(order)).toEqual({ kind: 'rejected', reason, detail });
  expect(await provider.findOrder(reference, asked)).toEqual({ kind: 'unknown', detail });
  await expect(provider.balances()).rejects.toThrow('could not be read');
  expect(sent.every(isForToken)).toBe(true);
});

test('a token that ends at once serves those who wait for it', async () => {
  const { provider, sent } = scene({
    '/oauth/token': [tokenOf(1, 1), tokenOf(2, 1)],
    '/accounts/balance': [[200, balance]],
  });
  await provider.balances();
  await provider.balances();
  expect(sent.filter(isForToken)).toHaveLength(2);
});
