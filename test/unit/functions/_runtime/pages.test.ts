import { describe, expect, it } from 'vitest';
import { pageHandler, pageReply } from '../../../../functions/_runtime/pages.ts';
import { systemDigest } from '../../../../shared/adapters/crypto.ts';
import { noticePage } from '../../../../shared/adapters/pages/notice-page.ts';
import { TestClock } from '../../../support/world.ts';

const nothing = () => undefined;

function stage() {
  const logged: string[] = [];
  const log = (code: string, fields: unknown) => void logged.push(code, JSON.stringify(fields));
  const handler = pageHandler(
    {
      clock: new TestClock('2026-06-15T12:00:00Z'),
      digest: systemDigest,
      logger: { info: log, warn: log, error: log },
      metrics: { writeUnits: nothing, rates: nothing, float: nothing },
    },
    async (_, { token, wish }) => {
      if (token === 'broken') throw new Error('broken');
      return pageReply(token === 'right' ? 200 : 404, noticePage('invalid', wish));
    },
  );
  const ask = async (token: string, parts: { ip?: string; language?: string } = {}) => {
    const { ip = '192.0.2.1', language = 'de' } = parts;
    const event = {
      routeKey: 'GET /claim/{token}',
      headers: { 'Accept-Language': language },
      pathParameters: { token },
      requestContext: { requestId: 'r', http: { method: 'GET', sourceIp: ip } },
    };
    return handler(event as never, {} as never);
  };
  return { ask, logged };
}

describe('a page behind a token', () => {
  it('answers in the language of the browser, with its own headers', async () => {
    const { ask } = stage();
    const reply = await ask('right', { language: 'pl,en;q=0.5' });
    expect(reply).toMatchObject({ statusCode: 200 });
    expect(JSON.stringify(reply)).toContain('lang=\\"pl\\"');
    expect(JSON.stringify(reply)).toContain('style-src');
  });

  it('says nothing of what went wrong', async () => {
    const { ask } = stage();
    const reply = await ask('broken');
    expect(reply).toMatchObject({ statusCode: 500 });
    expect(JSON.stringify(reply)).not.toContain('broken');
  });

  it('sends away whoever tries many, right tokens and all, and nobody else', async () => {
    const { ask, logged } = stage();
    const tries = Array.from({ length: 20 }, (_, number) => ask(`wrong-${number}`));
    for (const reply of await Promise.all(tries)) expect(reply).toMatchObject({ statusCode: 404 });
    const reply = await ask('right');
    expect(reply).toMatchObject({ statusCode: 429, headers: { 'retry-after': '600' } });
    expect(await ask('right', { ip: '192.0.2.2' })).toMatchObject({ statusCode: 200 });
    expect(logged.join()).not.toMatch(/192\.0\.2|wrong-/);
  });
});
