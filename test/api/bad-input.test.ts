import { describe, expect, it } from 'vitest';
import { type Example, readExamples } from '../../infra/cli/contracts/examples.ts';
import { operations } from '../../shared/contracts/api/operations.ts';
import { apiRoutes, type Scope } from '../../shared/contracts/routes.ts';
import { playExamples } from './play-examples.ts';
import { type ApiRequest, claimsOf } from './request.ts';

const examples = readExamples();
const { stage } = await playExamples(examples);

/** A request that would be good, of each route that asks for a token. */
const good = apiRoutes.flatMap(({ method, path, scopes }) => {
  const route = `${method} ${path}`;
  const example = examples.find((each) => each.route === route);
  return scopes === undefined || example === undefined ? [] : [{ route, example, scopes }];
});

function requestOf(example: Example): ApiRequest {
  const { route, scope, subject, path, query, key, body } = example;
  return {
    ...{ route, path, claims: claimsOf(scope, subject) },
    ...(query && { query }),
    ...(key !== undefined && { key }),
    ...(body !== undefined && { body }),
  };
}

type Change = (request: ApiRequest) => ApiRequest;
type Bad = [name: string, change: Change, status: number, code: string, field?: string];

/** Refused with its code, and nothing is written, told or queued (P9). */
async function expectRefused(request: ApiRequest, [, change, status, code, field]: Bad) {
  const before = stage.books();
  const reply = await stage.call(change(request));
  expect(reply.body).toMatchObject({ status, code, type: `urn:guerdon:problem:${code}` });
  expect(reply.status).toBe(status);
  expect(reply.headers['content-type']).toBe('application/problem+json');
  if (field !== undefined) expect(reply.body).toMatchObject({ field });
  expect(stage.books()).toBe(before);
}

const claims =
  (given: Readonly<Record<string, string>>): Change =>
  (request) => ({ ...request, claims: given });
const forbidden = (name: string, change: Change): Bad => [name, change, 403, 'FORBIDDEN'];

const wrongCallers: readonly Bad[] = [
  forbidden('a token without claims', claims({})),
  forbidden('a scope that there is not', claims({ ...claimsOf('staff'), scope: 'owner' })),
  forbidden('another program', claims({ ...claimsOf('integrator'), program: 'elsewhere' })),
  forbidden('a person who acts for nobody', claims(claimsOf('member', 'zoe'))),
];

describe.each(good)('$route', ({ route, example, scopes }) => {
  const request = requestOf(example);
  const hasMember = route.includes('{member}');

  it.each(wrongCallers)('refuses %s', (...bad: Bad) => expectRefused(request, bad));

  const others = (['member', 'integrator', 'staff'] as const).filter((it) => !scopes.includes(it));
  it.each(others)('refuses the scope %s', async (scope: Scope) => {
    const wrong = { ...claimsOf(scope), sub: example.path.member ?? 'ann' };
    await expectRefused(request, forbidden(scope, claims(wrong)));
  });

  const names: readonly Bad[] = ['@ann', 'x'.repeat(129)].map((member): Bad => {
    const change: Change = (it) => ({ ...it, path: { ...it.path, member } });
    return [member.slice(0, 4), change, 400, 'FIELD_INVALID', 'member'];
  });
  it.each(hasMember ? names : [])('refuses the member %s…', (...bad: Bad) =>
    expectRefused(request, bad),
  );

  const ofId = ['{redemption}', '{quote}', '{webhook}'].find((part) => route.includes(part));
  const codes = {
    redemption: 'UNKNOWN_REDEMPTION',
    quote: 'UNKNOWN_QUOTE',
    webhook: 'UNKNOWN_WEBHOOK',
  };
  const ids = ['nothing', '00000000-0000-8000-8000-000000000000', "' OR 1=1", 'x'.repeat(5000)];
  it.each(ofId === undefined ? [] : ids)('knows nobody by the id %s', async (id) => {
    const name = (ofId ?? '').slice(1, -1) as keyof typeof codes;
    const change: Change = (it) => ({ ...it, path: { ...it.path, [name]: id } });
    await expectRefused(request, [id, change, 404, codes[name]]);
  });

  const queried: Change = (it) => ({ ...it, query: { ...it.query, colour: 'red' } });
  const queries: readonly Bad[] = [['colour', queried, 400, 'UNKNOWN_FIELD', 'colour']];
  const hasQuery = operations[route]?.query !== undefined;
  it.each(hasQuery ? queries : [])('refuses the unknown word %s in the query', (...bad: Bad) =>
    expectRefused(request, bad),
  );

  const body = example.body as object | undefined;
  const withBody =
    (next: unknown): Change =>
    (it) => ({ ...it, body: next });
  const type =
    (value: string): Change =>
    (it) => ({ ...it, headers: { 'content-type': value } });
  const bodies: readonly Bad[] = [
    ['broken JSON', withBody('{"id": "cut'), 400, 'MALFORMED_JSON'],
    ['a list', withBody([body]), 400, 'MALFORMED_JSON'],
    ['null', withBody('null'), 400, 'MALFORMED_JSON'],
    ['a body of 257 KB', withBody(`"${'x'.repeat(257 * 1024)}"`), 413, 'BODY_TOO_LARGE'],
    ['an unknown field', withBody({ ...body, colour: 'red' }), 400, 'UNKNOWN_FIELD', 'colour'],
    ['a form', type('application/x-www-form-urlencoded'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['Latin-1', type('application/json; charset=iso-8859-1'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ];
  it.each(body === undefined ? [] : bodies)('refuses %s', (...bad: Bad) =>
    expectRefused(request, bad),
  );

  const keys: readonly Bad[] = [
    ['no key', ({ key: _, ...it }) => it, 400, 'IDEMPOTENCY_KEY_MISSING'],
    ['an empty key', (it) => ({ ...it, key: '' }), 400, 'IDEMPOTENCY_KEY_MISSING'],
    ['a long key', (it) => ({ ...it, key: 'k'.repeat(129) }), 400, 'IDEMPOTENCY_KEY_MISSING'],
  ];
  const isKeyed = operations[route]?.keyed === true;
  it.each(isKeyed ? keys : [])('refuses %s', (...bad: Bad) => expectRefused(request, bad));
});
