import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import {
  type HttpHandlerSettings,
  type HttpRequest,
  httpHandler,
  maximumRequestBytes,
  readJsonBody,
} from '../../../../../functions/_runtime/middleware/http.ts';
import {
  emptyReply,
  htmlReply,
  jsonReply,
} from '../../../../../functions/_runtime/middleware/reply.ts';
import { refusal } from '../../../../../shared/domain/refusal.ts';
import { failure, success } from '../../../../../shared/domain/result.ts';
import { recordingLogger } from './logged.ts';

const eventOf = (more: object = {}) =>
  ({
    version: '2.0',
    routeKey: 'POST /v1/things/{thing}',
    rawPath: '/v1/things/CANARY',
    headers: { 'X-Signature': 'abc', host: 'h' },
    requestContext: { requestId: 'req-1', http: { method: 'POST', path: '/v1/things/CANARY' } },
    isBase64Encoded: false,
    ...more,
  }) as unknown as APIGatewayProxyEventV2;

async function call(settings: Omit<HttpHandlerSettings, 'logger'>, event = eventOf()) {
  const { logger, lines } = recordingLogger();
  const response = await httpHandler({ logger, ...settings })(event, {} as Context);
  return { ...response, lines, json: () => JSON.parse(response.body ?? 'null') };
}

async function requestOf(event: APIGatewayProxyEventV2): Promise<HttpRequest> {
  const seen: HttpRequest[] = [];
  await call(
    {
      run: async (request) => {
        seen.push(request);
        return success(emptyReply(204));
      },
    },
    event,
  );
  const [request] = seen;
  return request ?? expect.unreachable();
}

describe('the request', () => {
  it('has lower-cased headers, path parameters, claims and no path', async () => {
    const event = eventOf({
      pathParameters: { thing: 'a b' },
      requestContext: {
        requestId: 'req-1',
        http: { method: 'POST', path: '/' },
        authorizer: { jwt: { claims: { sub: 'member-1' }, scopes: null } },
      },
    });
    expect(await requestOf(event)).toEqual({
      method: 'POST',
      route: 'POST /v1/things/{thing}',
      pathParameters: { thing: 'a b' },
      query: {},
      headers: { 'x-signature': 'abc', host: 'h' },
      rawBody: Buffer.alloc(0),
      claims: { sub: 'member-1' },
      requestId: 'req-1',
      sourceIp: '',
    });
  });

  it('keeps the raw bytes of the body, in either encoding', async () => {
    const bytes = Buffer.from('{"é": 1 }\n');
    const plain = await requestOf(eventOf({ body: bytes.toString('utf8') }));
    expect(plain.rawBody).toEqual(bytes);
    const body = bytes.toString('base64');
    const encoded = await requestOf(eventOf({ body, isBase64Encoded: true }));
    expect(encoded.rawBody).toEqual(bytes);
  });

  it('refuses a body above 256 KB before the run sees it', async () => {
    const run = async () => success(emptyReply(204));
    const fits = eventOf({ body: 'x'.repeat(maximumRequestBytes) });
    expect((await call({ run }, fits)).statusCode).toBe(204);
    const body = 'é'.repeat(maximumRequestBytes / 2 + 1);
    const refused = await call({ run: async () => expect.unreachable() }, eventOf({ body }));
    expect(refused.statusCode).toBe(413);
    expect(refused.json()).toMatchObject({ code: 'BODY_TOO_LARGE', status: 413 });
  });

  it.each([
    ['broken JSON', Buffer.from('{"a":')],
    ['nothing', Buffer.alloc(0)],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('reads %s as malformed', async (_, bytes) => {
    const event = eventOf({ body: bytes.toString('base64'), isBase64Encoded: true });
    const response = await call(
      {
        run: async (request) => {
          const body = readJsonBody(request);
          return body.ok ? success(jsonReply(200, body.value)) : body;
        },
      },
      event,
    );
    expect(response.statusCode).toBe(400);
    expect(response.json().code).toBe('MALFORMED_JSON');
  });
});

describe('the response', () => {
  it('is JSON with digits for bigints, and headers that keep it out of sight', async () => {
    const response = await call({
      run: async () => success(jsonReply(201, { points: 12n, nested: [1n] }, { location: '/x' })),
    });
    expect(response).toMatchObject({
      statusCode: 201,
      body: '{"points":"12","nested":["1"]}',
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        location: '/x',
      },
    });
  });

  it("keeps a page's own policy", async () => {
    const policy = { 'content-security-policy': 'own', 'content-type': 'text/html' };
    const run = async () => success(htmlReply(200, '<p>', policy));
    expect((await call({ run })).headers).toMatchObject(policy);
  });

  it('is a problem document for a refusal', async () => {
    const run = async () => failure(refusal('INSUFFICIENT_POINTS', 'amountMinor'));
    const response = await call({ run });
    expect(response.statusCode).toBe(422);
    expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(response.json()).toEqual({
      type: 'urn:guerdon:problem:INSUFFICIENT_POINTS',
      title: 'There are not enough points for this reward.',
      status: 422,
      code: 'INSUFFICIENT_POINTS',
      field: 'amountMinor',
    });
  });

  it('says when to come again', async () => {
    const response = await call({ run: async () => failure(refusal('TRY_AGAIN')) });
    expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });

  const breaking = async () => {
    throw new RangeError('CANARY mia@example.com');
  };

  it('tells nothing of an unexpected error, and logs the route instead of the path', async () => {
    const response = await call({ run: breaking });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({
      code: 'UNEXPECTED_ERROR',
      instance: 'urn:guerdon:request:req-1',
    });
    expect(response.lines).toEqual([
      expect.objectContaining({
        level: 'error',
        code: 'UNEXPECTED_ERROR',
        errorName: 'RangeError',
        requestId: 'req-1',
        route: 'POST /v1/things/{thing}',
      }),
    ]);
    expect(JSON.stringify(response)).not.toMatch(/CANARY|mia@/);
  });

  it('can be a page where people look at it', async () => {
    const trouble = () => htmlReply(500, '<p>sorry</p>', { 'content-type': 'text/html' });
    const response = await call({ run: breaking, trouble });
    expect(response).toMatchObject({ statusCode: 500, body: '<p>sorry</p>' });
  });
});
