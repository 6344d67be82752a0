import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, readExamples } from '../../infra/cli/contracts/examples.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import type { StandIn } from '../../infra/cli/run/stand-ins.ts';
import { type ApiRoute, apiRoutes } from '../../shared/contracts/routes.ts';
import { addMs } from '../../shared/domain/time.ts';
import { type Answered, ApiClient, type Asked } from './support/api-client.ts';
import { readOutcomes, wrongOutcomes } from './support/books-of-rewards.ts';
import { everyPathProgram } from './support/every-path-program.ts';
import { type Heard, startListener } from './support/listener.ts';
import { rawItems } from './support/raw-table.ts';
import { asOf, giveAmounts } from './support/redeem-all.ts';
import { Walk } from './support/walk.ts';

const noonMs = 12 * 3_600_000;
const dayMs = 24 * 3_600_000;
const providers = ['tremendous', 'runa', 'tango', 'reloadly'] as const;
const examples = readExamples();

let session: Session;
let walk: Walk;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  const log = () => undefined;
  session = await openSession({ program: everyPathProgram(), asOf: addMs(asOf, noonMs), log });
  walk = new Walk(session, 'ann');
  await giveAmounts(session, { ann: 20_000_000 });
  const redemption = await walk.redeem('only-tremendous', { email: 'ann@example.com' });
  await walk.until(redemption, 'delivered');
  ids = {
    ...{ program: 'online-retail', member: 'ann', redemption },
    ...{ quote: 'nothing', webhook: 'nothing' },
  };
}, 120_000);

afterAll(() => session?.close());

/** All that is kept, as text. */
async function books(): Promise<string> {
  await session.rest();
  const items = (await rawItems(session.stack)).map((item) => JSON.stringify(item));
  return items.sort().join('\n');
}

async function unchanged(act: () => Promise<void>): Promise<void> {
  const before = await books();
  await act();
  expect(await books()).toBe(before);
}

type Expected = readonly [status: number, code?: string];

function expectRefused({ status, body, text }: Answered, [expected, code]: Expected): void {
  expect(status, text).toBe(expected);
  if (code === undefined) return;
  expect(body).toMatchObject({ code, status: expected, type: `urn:guerdon:problem:${code}` });
}

const guarded = apiRoutes.filter(({ scopes }) => scopes !== undefined);

describe.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s over HTTP',
  (name, route) => {
    const path = () => route.path.replace(/\{(\w+)\}/g, (_, key: string) => ids[key] ?? key);
    const [example] = examplesOf(examples, name);
    const good: Asked = {
      ...(example?.body !== undefined && { body: example.body }),
      ...(example?.key !== undefined && { key: 'never-used' }),
    };
    const ask = async (asked: Asked, as = callerOf(route)) => {
      const api = await ApiClient.of(session.stack.urls.api, as);
      return api.send(route.method, path(), { ...good, ...asked });
    };

    it('refuses who may not ask', () =>
      unchanged(async () => {
        const { api } = session.stack.urls;
        for (const token of [undefined, 'a.b.c']) {
          const answer = await new ApiClient(api, token).send(route.method, path(), good);
          expectRefused(answer, [401]);
        }
        const elsewhere = { ...callerOf(route), program: 'elsewhere' };
        expectRefused(await ask({}, elsewhere), [403, 'FORBIDDEN']);
        const { status } = await ask({}, { scope: 'member', subject: 'zoe' });
        expect(status).toBe(403);
      }));

    if (good.body === undefined) return;

    it('refuses what is no body of it', () =>
      unchanged(async () => {
        const { body: _, ...rest } = good;
        const sent = { ...rest, body: undefined };
        const type = (value: string) => ({ headers: { 'content-type': value } });
        expectRefused(await ask({ ...sent, text: '{"cut' }), [400, 'MALFORMED_JSON']);
        expectRefused(await ask({ ...sent, text: '[]' }), [400, 'MALFORMED_JSON']);
        const large = `"${'x'.repeat(257 * 1024)}"`;
        expectRefused(await ask({ ...sent, text: large }), [413, 'BODY_TOO_LARGE']);
        expectRefused(await ask(type('text/html')), [415, 'UNSUPPORTED_MEDIA_TYPE']);
        const strange = { ...(good.body as object), colour: 'red' };
        expectRefused(await ask({ body: strange }), [400, 'UNKNOWN_FIELD']);
        if (good.key === undefined) return;
        expectRefused(await ask({ key: '' }), [400, 'IDEMPOTENCY_KEY_MISSING']);
      }));
  },
);

function callerOf({ scopes = [] }: ApiRoute): Parameters<typeof ApiClient.of>[1] {
  const scope = scopes.includes('integrator') ? 'integrator' : 'staff';
  return { scope, subject: 'shop' };
}

const card = { rewardId: 'only-runa', amountMinor: '1000', currency: 'GBP', country: 'GB' };
const wrongCards: readonly (readonly [code: string, status: number, body: object])[] = [
  ['INVALID_EMAIL', 400, { email: 'ann at home' }],
  ['INVALID_AMOUNT', 400, { amountMinor: 2 ** 53 }],
  ['INVALID_AMOUNT', 400, { amountMinor: '9'.repeat(19) }],
  ['INVALID_AMOUNT', 400, { amountMinor: '-1' }],
  ['UNKNOWN_CURRENCY', 400, { currency: 'XXX' }],
  ['REWARD_CURRENCY_MISMATCH', 422, { currency: 'EUR' }],
  ['REWARD_NOT_IN_COUNTRY', 422, { country: 'FR' }],
  ['UNKNOWN_REWARD', 422, { rewardId: 'yacht' }],
  ['BELOW_MINIMUM', 422, { amountMinor: '1' }],
  ['CASH_SHARE_EXCEEDED', 422, { points: '1' }],
  ['INSUFFICIENT_POINTS', 422, { amountMinor: '99999999' }],
  ['ADDRESS_NOT_WANTED', 422, { address: ['1 Road'] }],
];

it.each(wrongCards)('a redemption that is %s changes nothing', (code, status, wrong) =>
  unchanged(async () => {
    const body = { ...card, email: 'ann@example.com', ...wrong };
    const answer = await walk.ask('POST', '/redemptions', { body, key: `wrong-${code}` });
    expectRefused(answer, [status, code]);
  }),
);

it('an expired quote, and a key that was used for something else, change nothing', async () => {
  const quoted = await walk.ask('POST', '/quotes', { body: card, key: 'to-expire' });
  session.passTime(16 * 60_000);
  await unchanged(async () => {
    const body = { quote: quoted.body.quote, email: 'ann@example.com' };
    const late = await walk.ask('POST', '/redemptions', { body, key: 'too-late' });
    expectRefused(late, [422, 'QUOTE_EXPIRED']);
    const other = { body: { ...card, amountMinor: '2000' }, key: 'to-expire' };
    expectRefused(await walk.ask('POST', '/quotes', other), [409, 'IDEMPOTENCY_CONFLICT']);
  });
});

describe.each(providers)('%s', (name) => {
  it('is believed only with its own signature, and once', async () => {
    const provider = walk.provider(name);
    const listener = await startListener();
    provider.setFaults({ badSignature: 1, pending: 1 });
    provider.setWebhookUrl(listener.url);
    const redemption = await walk.redeem(`only-${name}`, { email: 'ann@example.com' });
    await session.rest();
    provider.setFaults({});
    provider.setWebhookUrl(new URL(`/webhooks/${name}`, session.stack.urls.api).href);
    await listener.close();
    const results: number[] = [];
    for (const webhook of listener.heard) results.push(await post(name, webhook));
    const sentAgain = await Promise.all(listener.heard.map((webhook) => post(name, webhook)));
    expect(sentAgain).toEqual(results);
    await walk.until(redemption, 'delivered');
    expect(results.filter((status) => status === 401).length).toBeGreaterThan(0);
    const good = listener.heard.filter((_, index) => results[index] === 204);
    expect(good.length).toBeGreaterThan(0);
    await session.rest();
    await unchanged(async () => {
      for (const webhook of good) {
        const other = name === 'runa' ? 'tango' : 'runa';
        expect(await post(other, webhook)).toBe(401);
        expect(await post('nobody', webhook)).toBe(401);
        const body = Buffer.from(webhook.body.toString('utf8').replace(/\d/, '7 '));
        expect(await post(name, { ...webhook, body })).toBe(401);
        const headers = { 'content-type': 'application/json' };
        expect(await post(name, { ...webhook, headers })).toBe(401);
      }
      session.passTime(dayMs);
      for (const webhook of good) expect([204, 401]).toContain(await post(name, webhook));
    });
  }, 120_000);

  const page = '<!doctype html><title>Back soon</title>';
  it.each([page, '{"order":', '', 'null', '[]'])(
    'may answer 200 with %j',
    async (text) => {
      const provider = walk.provider(name);
      provider.setAnswerHook((answer, { method }) => {
        const isOrder = method === 'POST' && answer.status < 300 && answer.text.includes('GBP');
        if (isOrder) provider.setAnswerHook(undefined);
        return isOrder ? { ...answer, text } : answer;
      });
      const redemption = await walk.redeem(`only-${name}`, { email: 'ann@example.com' });
      await walk.until(redemption, 'delivered');
      provider.setAnswerHook(undefined);
      await expectAllRight();
    },
    120_000,
  );

  it('may answer 200 and say in it that the order has failed', async () => {
    const provider = walk.provider(name);
    provider.setAnswerHook((answer, { method }) => {
      const isOrder = method === 'POST' && answer.status < 300 && answer.text.includes('GBP');
      return isOrder ? failed(provider, answer) : answer;
    });
    const redemption = await walk.redeem(`only-${name}`, { email: 'ann@example.com' });
    await walk.until(redemption, 'pointsReturned');
    provider.setAnswerHook(undefined);
    await expectAllRight();
  }, 120_000);
});

async function expectAllRight(): Promise<void> {
  await session.rest();
  expect(wrongOutcomes(await readOutcomes(session))).toEqual([]);
}

/** The order has failed on the books of the provider too. */
function failed<Wire extends { readonly text: string }>(provider: StandIn, answer: Wire): Wire {
  const order = provider.orders().at(-1);
  if (order !== undefined) provider.decide(order, 'failed');
  const text = answer.text.replace(/EXECUTED|COMPLETED|COMPLETE|SUCCESSFUL/g, 'FAILED');
  return { ...answer, text };
}

async function post(provider: string, { headers, body }: Heard): Promise<number> {
  const url = new URL(`/webhooks/${provider}`, session.stack.urls.api);
  const sent = Object.entries(headers).flatMap(([name, value]) => {
    const isOfTheWay = /^(host|connection|content-length|transfer-encoding)$/.test(name);
    return isOfTheWay || typeof value !== 'string' ? [] : [[name, value] as const];
  });
  const init = { method: 'POST', headers: Object.fromEntries(sent), body: new Uint8Array(body) };
  const response = await fetch(url, init);
  await response.arrayBuffer();
  return response.status;
}
