import { expect, test } from 'vitest';
import { addMs, type Instant } from '../../../../../../shared/domain/time.ts';
import { asked, basicSecret, now, order, problem, scripted } from './scripted.ts';

const { platformName: _name, platformKey: _key, ...common } = basicSecret;
const service = {
  ...{ ...common, platformName: undefined, platformKey: undefined },
  ...{ clientId: 'client', clientSecret: 'secret-of-the-client' },
};
const person = { ...service, username: 'service', password: 'password-of-it' };

const isToken = (url: URL) => url.pathname === '/oauth/token';

/** Tokens are `token-1`, `token-2`; the API takes those that `isGood` likes. */
function withTokens(isGood: (token: string) => boolean, secret: object = service) {
  let atMs: Instant = now;
  let made = 0;
  const { provider, sent } = scripted(
    ({ url, authorization }) => {
      if (isToken(url)) {
        made += 1;
        return [200, { access_token: `token-${made}`, expires_in: 300, token_type: 'Bearer' }];
      }
      return isGood(authorization.replace('Bearer ', '')) ? [201, order] : problem('401.501');
    },
    secret,
    { now: () => atMs },
  );
  const pass = (durationMs: number) => {
    atMs = addMs(atMs, durationMs);
  };
  return { provider, sent, pass, made: () => made };
}

test('calls at the same time share one token, asked for at Tango’s own desk', async () => {
  const { provider, sent, made } = withTokens(() => true);
  const outcomes = await Promise.all([1, 2, 3].map(() => provider.placeOrder(asked)));
  for (const outcome of outcomes) expect(outcome.kind).toBe('accepted');
  expect(made()).toBe(1);
  expect(sent[0]?.url.href).toBe('https://sandbox-auth.tangocard.com/oauth/token');
  const form = Object.fromEntries(new URLSearchParams(sent[0]?.body));
  expect(form).toEqual({
    ...{ client_id: 'client', client_secret: 'secret-of-the-client', scope: 'raas.all' },
    ...{ audience: 'https://api.tangocard.com/', grant_type: 'client_credentials' },
  });
});

test('a service account asks by password', async () => {
  const { provider, sent } = withTokens(() => true, person);
  await provider.placeOrder(asked);
  const form = new URLSearchParams(sent[0]?.body);
  expect(form.get('grant_type')).toBe('password');
  expect(form.get('username')).toBe('service');
});

test('a token is kept until a minute before its end', async () => {
  const { provider, pass, made } = withTokens(() => true);
  await provider.placeOrder(asked);
  pass(239_999);
  await provider.placeOrder(asked);
  expect(made()).toBe(1);
  pass(1);
  await provider.placeOrder(asked);
  expect(made()).toBe(2);
});

test('one that has gone stale is renewed once, and only then is the key refused', async () => {
  const stale = withTokens((token) => token === 'token-2');
  expect((await stale.provider.placeOrder(asked)).kind).toBe('accepted');
  expect(stale.sent).toHaveLength(4);
  const wrong = withTokens(() => false);
  expect(await wrong.provider.placeOrder(asked)).toMatchObject({ detail: 'KEY_REFUSED' });
  expect(wrong.sent).toHaveLength(4);
});

test('a platform’s key is not tried twice', async () => {
  const { provider, sent } = scripted(() => problem('401.501'));
  expect(await provider.placeOrder(asked)).toMatchObject({ detail: 'KEY_REFUSED' });
  expect(sent).toHaveLength(1);
});

test.each([
  [401, { error: 'access_denied' }, { reason: 'configuration', detail: 'KEY_REFUSED' }],
  [403, '<html></html>', { reason: 'configuration', detail: 'KEY_REFUSED' }],
  [500, {}, { reason: 'retrySameKey', detail: 'NOT_REACHED' }],
  [429, {}, { reason: 'retrySameKey', detail: 'NOT_REACHED' }],
  [200, { access_token: '' }, { reason: 'retrySameKey', detail: 'NOT_REACHED' }],
])('a token desk that answers %i: no order has gone out', async (status, body, expected) => {
  const { provider, sent } = scripted(() => [status, body], service);
  expect(await provider.placeOrder(asked)).toEqual({ kind: 'rejected', ...expected });
  expect(sent.every(({ url }) => isToken(url))).toBe(true);
});
