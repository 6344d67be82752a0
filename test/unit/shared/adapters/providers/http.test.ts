import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { WireNumber } from '../../../../../shared/adapters/providers/exact-json.ts';
import {
  exchange,
  type Fetch,
  type HttpLimits,
  type HttpRequest,
} from '../../../../../shared/adapters/providers/http.ts';

const schema = z.object({ amount: z.instanceof(WireNumber) });
const errorSchema = z.object({ error: z.string() });
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function post(url: string): HttpRequest<z.infer<typeof schema>> {
  return { method: 'POST', url, headers: {}, body: '{}', statuses: [200], schema, errorSchema };
}

function send(url: string, limits: Partial<HttpLimits> = {}) {
  return exchange(post(url), { timeoutMs: 10_000, ...limits });
}

test('a good answer keeps the digits of its numbers', async () => {
  const url = await serve((_request, response) => response.end('{"amount":90071992547409.910}'));
  const outcome = await send(url);
  const body = { amount: new WireNumber('90071992547409.910') };
  expect(outcome).toEqual({ kind: 'answer', status: 200, body });
});

test('an error is recognised by its form, whatever it says', async () => {
  const url = await serve((request, response) => {
    response.statusCode = 404;
    response.end(request.url === '/own' ? '{"error":"canary"}' : '<html>canary</html>');
  });
  const recognised = { kind: 'error', status: 404, recognised: true };
  expect(await send(`${url}/own`)).toEqual({ ...recognised, problem: { error: 'canary' } });
  expect(await send(`${url}/page`)).toEqual({ kind: 'error', status: 404, recognised: false });
});

test.each([
  ['NOT_JSON', '<html>'],
  ['NOT_JSON', ''],
  ['NOT_JSON', Buffer.from([0xff, 0xfe, 0x7b])],
  ['NOT_JSON', '['.repeat(200_000)],
  ['UNEXPECTED_FORM', '{}'],
  ['UNEXPECTED_FORM', '{"amount":"1"}'],
  ['UNEXPECTED_FORM', 'null'],
  ['REPLY_TOO_LARGE', `{"amount":1,"more":"${'x'.repeat(300_000)}"}`],
])('an answer that is no use: %s', async (detail, text) => {
  const url = await serve((_request, response) => response.end(text));
  expect(await send(url)).toEqual({ kind: 'unreadable', status: 200, detail });
});

test('an answer without an end is left after what is worth reading', async () => {
  const url = await serve((_request, response) => {
    const more = () => response.write('x'.repeat(65_536), () => !response.destroyed && more());
    more();
  });
  expect(await send(url)).toMatchObject({ detail: 'REPLY_TOO_LARGE' });
});

test('the deadline holds for the last byte too', async () => {
  const url = await serve((_request, response) => response.write('{"amount"'));
  expect(await send(url, { timeoutMs: 50 })).toEqual({ kind: 'lost', detail: 'TIMEOUT' });
});

test('a POST whose connection breaks is sent once', async () => {
  let requests = 0;
  const url = await serve((_request, response) => {
    requests += 1;
    response.destroy();
  });
  expect(await send(url)).toEqual({ kind: 'lost', detail: 'CONNECTION_LOST' });
  expect(requests).toBe(1);
});

test('an answer that breaks off in the middle is lost', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{"amount":1', () => response.destroy());
  });
  expect(await send(url)).toEqual({ kind: 'lost', detail: 'CONNECTION_LOST' });
});

test('a redirect is not followed', async () => {
  const paths: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    paths.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect(await send(`${url}/here`)).toEqual({ kind: 'error', status: 307, recognised: false });
  expect(paths).toEqual(['/here']);
});

test('only a connection that was never made counts as not sent', async () => {
  const url = await serve(() => undefined);
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  expect(await send(url)).toEqual({ kind: 'notSent' });
});

const systemError = (syscall: string, code: string) =>
  Object.assign(new Error('canary'), { syscall, code });

test.each([
  [systemError('connect', 'ECONNREFUSED'), 'notSent'],
  [systemError('connect', 'EHOSTUNREACH'), 'notSent'],
  [systemError('getaddrinfo', 'EAI_AGAIN'), 'notSent'],
  [Object.assign(new Error(), { code: 'UND_ERR_CONNECT_TIMEOUT' }), 'notSent'],
  [new AggregateError([systemError('connect', 'A'), systemError('connect', 'B')]), 'notSent'],
  [new AggregateError([systemError('connect', 'A'), systemError('read', 'B')]), 'lost'],
  [new AggregateError([]), 'lost'],
  [systemError('read', 'ECONNRESET'), 'lost'],
  [systemError('write', 'EPIPE'), 'lost'],
  [systemError('read', 'EHOSTUNREACH'), 'lost'],
  [undefined, 'lost'],
  ['ECONNREFUSED', 'lost'],
])('a failure with the cause %s is %s', async (cause, kind) => {
  const fetch: Fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
  const outcome = await send('http://127.0.0.1/', { fetch });
  expect(outcome.kind).toBe(kind);
  expect(JSON.stringify(outcome)).not.toContain('canary');
});

test('it never throws, not even for an address or a header that is none', async () => {
  expect(await send('no address')).toEqual({ kind: 'lost', detail: 'CONNECTION_LOST' });
  const request = { ...post('http://127.0.0.1/'), headers: { authorization: 'canary\nx' } };
  const outcome = await exchange(request, { timeoutMs: 1_000 });
  expect(outcome).toEqual({ kind: 'lost', detail: 'CONNECTION_LOST' });
});

test('a caller may read more than an order is long, and no more than it says', async () => {
  const text = `{"amount":1,"more":"${'x'.repeat(300_000)}"}`;
  const url = await serve((_request, response) => response.end(text));
  const ask = (maximumBytes: number) =>
    exchange({ ...post(url), maximumBytes }, { timeoutMs: 10_000 });
  expect(await ask(text.length)).toMatchObject({ kind: 'answer' });
  expect(await ask(text.length - 1)).toMatchObject({ detail: 'REPLY_TOO_LARGE' });
});

test('a form is sent as a form', async () => {
  const url = await serve(async (request, response) => {
    let text = String(request.headers['content-type']);
    for await (const chunk of request) text += ` ${String(chunk)}`;
    response.statusCode = 400;
    response.end(JSON.stringify({ error: text }));
  });
  const body = new URLSearchParams({ grant_type: 'a b', scope: 'ü&' });
  const outcome = await exchange({ ...post(url), body }, { timeoutMs: 10_000 });
  expect(outcome).toMatchObject({
    problem: {
      error: 'application/x-www-form-urlencoded;charset=UTF-8 grant_type=a+b&scope=%C3%BC%26',
    },
  });
});
