import { describe, expect, it } from 'vitest';
import {
  createEcbFeed,
  createOpenExchangeRatesFeed,
} from '../../../../../shared/adapters/rates/http-feed.ts';
import {
  dailyCsv,
  ecbXml,
  historyCsv,
  openExchangeRatesJson,
} from '../../../../support/rate-texts.ts';
import { TestClock } from '../../../../support/world.ts';

const xml = ecbXml(['2026-04-13', { USD: '1.1684' }]);
const json = openExchangeRatesJson({ EUR: '0.855871' });
const address = 'https://feed.example/rates';

function ecbAnswering(answer: () => Response | Promise<Response>) {
  return createEcbFeed({ address, fetch: async () => answer() }).latest();
}

describe('the feed of the European Central Bank', () => {
  it('asks its address once, and follows no redirect', async () => {
    const asked: unknown[] = [];
    const fetch = async (url: unknown, init?: RequestInit) => {
      asked.push([url, init?.redirect, init?.method]);
      return new Response(xml);
    };
    const reply = await createEcbFeed({ address, fetch }).latest();
    expect(asked).toEqual([[`${address}/eurofxref-daily.xml`, 'manual', undefined]]);
    expect(reply.kind === 'snapshot' && reply.raw.date).toBe('2026-04-13');
    expect(reply.kind === 'snapshot' && reply.raw.rates.get('USD')).toBe('1.1684');
  });

  it('takes the daily CSV as well', async () => {
    expect((await ecbAnswering(() => new Response(dailyCsv))).kind).toBe('snapshot');
  });

  it.each([
    ['no content', () => new Response(null, { status: 204 }), { kind: 'unpublished' }],
    ['a page', () => new Response('<html></html>'), { kind: 'unreadable', line: 1 }],
    [
      'a rate that is none',
      () => new Response(xml.replace('1.1684', 'NaN')),
      { kind: 'unreadable', line: 9, field: 'USD' },
    ],
    ['many days', () => new Response(historyCsv), { kind: 'unreadable', line: 3 }],
    ['another source', () => new Response(json), { kind: 'unreadable', line: 1 }],
    ['bytes', () => new Response(new Uint8Array([255, 254, 0])), { kind: 'unreadable', line: 1 }],
    [
      'an error',
      () => new Response('down', { status: 503 }),
      { kind: 'failed', reason: 'STATUS', status: 503 },
    ],
    [
      "another source's error",
      () => Response.json({ error: true, message: 'not_found' }, { status: 404 }),
      { kind: 'failed', reason: 'STATUS', status: 404 },
    ],
    [
      'a redirect',
      () => new Response(null, { status: 301, headers: { location: '/' } }),
      { kind: 'failed', reason: 'STATUS', status: 301 },
    ],
    [
      'too much',
      () => new Response(' '.repeat(300_000)),
      { kind: 'failed', reason: 'REPLY_TOO_LARGE', status: 200 },
    ],
    [
      'no answer',
      () => {
        throw new TypeError(`fetch failed: ${address}`);
      },
      { kind: 'failed', reason: 'CONNECTION_LOST' },
    ],
  ])('tells %s', async (_, answer, reply) => {
    expect(await ecbAnswering(answer)).toEqual(reply);
  });

  it('gives up in the middle of an answer that breaks off', async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(xml.slice(0, 100))),
      pull: (controller) => controller.error(new Error('reset')),
    });
    const reply = await ecbAnswering(() => new Response(body));
    expect(reply).toEqual({ kind: 'failed', reason: 'CONNECTION_LOST' });
  });
});

describe('the feed of Open Exchange Rates', () => {
  const feedWith = (answer: Response, asked: string[] = []) =>
    createOpenExchangeRatesFeed({
      address: 'https://feed.example/api',
      clock: new TestClock('2026-04-14T00:30:00Z'),
      appId: async () => 'CANARY&x=1',
      fetch: async (url) => {
        asked.push(String(url));
        return answer;
      },
    });

  it('asks for the day before, which is final, with its key', async () => {
    const asked: string[] = [];
    const reply = await feedWith(new Response(json), asked).latest();
    expect(asked).toEqual([
      'https://feed.example/api/historical/2026-04-13.json?app_id=CANARY%26x%3D1&prettyprint=0',
    ]);
    expect(reply.kind === 'snapshot' && reply.raw.date).toBe('2026-04-13');
  });

  it('takes no other day than it asked for', async () => {
    const other = json.replace('1776124799', '1776038399');
    expect(await feedWith(new Response(other)).latest()).toEqual({
      ...{ kind: 'unreadable', line: 6 },
      detail: 'The rates are those of 2026-04-12, and 2026-04-13 was asked for.',
    });
  });

  it('asks nothing without its key, and quotes nothing of why there is none', async () => {
    const feed = createOpenExchangeRatesFeed({
      address: 'https://feed.example/api',
      clock: new TestClock('2026-04-14T00:30:00Z'),
      appId: () => Promise.reject(new Error('CANARY')),
      fetch: () => Promise.reject(new Error('It was asked.')),
    });
    expect(await feed.latest()).toEqual({ kind: 'failed', reason: 'SECRET_UNREADABLE' });
  });

  it('tells a refusal by its word, and never the key', async () => {
    const description = 'Invalid App ID CANARY';
    const body = { error: true, status: 401, message: 'invalid_app_id', description };
    const reply = await feedWith(new Response(JSON.stringify(body), { status: 401 })).latest();
    expect(reply).toEqual({ kind: 'failed', reason: 'invalid_app_id', status: 401 });
    const odd = new Response(JSON.stringify({ ...body, message: 'CANARY' }), { status: 429 });
    expect(JSON.stringify(await feedWith(odd).latest())).not.toContain('CANARY');
  });
});
