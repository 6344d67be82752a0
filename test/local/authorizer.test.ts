import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../infra/local/http-api/authorizer.ts';
import { RouteTable } from '../../infra/local/http-api/routes.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = createPublicKey(privateKey);
const issuer = 'https://issuer.example';
const route = {
  routeKey: 'GET /x',
  functionId: 'f',
  jwt: { issuer, audience: ['members'] },
  scopes: ['member', 'integrator'],
};

interface Made {
  readonly claims?: Record<string, unknown>;
  readonly key?: typeof privateKey;
  readonly expires?: string | null;
}

async function header({ claims = {}, key = privateKey, expires = '1h' }: Made = {}) {
  const token = new SignJWT({ iss: issuer, aud: 'members', scope: 'other member', ...claims });
  if (expires !== null) token.setExpirationTime(expires);
  return `Bearer ${await token.setProtectedHeader({ alg: 'RS256' }).sign(key)}`;
}

async function decide(text: string | undefined, to = route): Promise<string> {
  return (await authorize(to, text, publicKey)).kind;
}

describe('tokens', () => {
  it('give their claims to the function as text', async () => {
    const claims = { sub: 'm1', groups: ['a', 'b'], level: 3 };
    const decision = await authorize(route, await header({ claims }), publicKey);
    expect(decision).toMatchObject({
      kind: 'authorized',
      authorized: { claims: { sub: 'm1', groups: '[a b]', level: '3' }, scopes: ['member'] },
    });
  });

  it.each<[string, Made]>([
    ['another issuer', { claims: { iss: 'https://other.example' } }],
    ['another audience', { claims: { aud: 'others' } }],
    ['no audience', { claims: { aud: undefined } }],
    ['an end in the past', { expires: '-1m' }],
    ['no end', { expires: null }],
    ['a start in the future', { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
    ['another key', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
  ])('with %s are refused', async (_, made) => {
    expect(await decide(await header(made))).toBe('unauthorized');
  });

  it('that are none, or are not signed, are refused', async () => {
    expect(await decide(undefined)).toBe('unauthorized');
    expect(await decide('Bearer x')).toBe('unauthorized');
    const [, payload] = (await header()).split('.');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await decide(`Bearer ${unsigned}.${payload}.`)).toBe('unauthorized');
  });

  it('need a scope where the route asks for one', async () => {
    expect(await decide(await header({ claims: { scope: 'other' } }))).toBe('forbidden');
    const open = { ...route, scopes: [] };
    expect(await decide(await header({ claims: { scope: 'other' } }), open)).toBe('authorized');
    expect(await decide(await header({ claims: { scope: undefined, scp: ['member'] } }))).toBe(
      'authorized',
    );
  });
});

describe('routes', () => {
  const keys = ['GET /a/{id}', 'GET /a/b', 'ANY /a/{id}', 'POST /a/{rest+}', '$default'];
  const table = new RouteTable(keys.map((routeKey) => ({ ...route, routeKey })));

  it.each([
    ['GET', '/a/b', 'GET /a/b', {}],
    ['GET', '/a/c%2Fd', 'GET /a/{id}', { id: 'c/d' }],
    ['PUT', '/a/c', 'ANY /a/{id}', { id: 'c' }],
    ['POST', '/a/c/d', 'POST /a/{rest+}', { rest: 'c/d' }],
    ['GET', '/a/%E0%A4', '$default', {}],
    ['GET', '/a/', '$default', {}],
    ['GET', '/', '$default', {}],
  ])('%s %s goes to %s', (method, path, routeKey, pathParameters) => {
    const found = table.find(method, path);
    expect([found?.route.routeKey, found?.pathParameters]).toEqual([routeKey, pathParameters]);
  });

  it('without a default may be missed', () => {
    expect(new RouteTable([route]).find('GET', '/y')).toBeUndefined();
  });
});
