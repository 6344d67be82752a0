import { onTestFinished } from 'vitest';
import { ShopApi } from '../../../../../infra/cli/start/shop-api.ts';
import { shopFront } from '../../../../../infra/cli/start/shop-front.ts';
import {
  serve,
  type WireRequest,
  type WireResponse,
} from '../../../../../infra/local/stand-ins/wire.ts';

const quoteId = '11111111-2222-8333-8444-555555555500';
export const redemptionId = '11111111-2222-8333-8444-555555555600';
export const statementLink = 'http://127.0.0.1:9/statement/token';

const expiresAt = '2026-11-30T00:00:00Z';

const fixed = (amountMinor: string) => ({ minimumMinor: amountMinor, maximumMinor: amountMinor });
const card = {
  ...{ rewardId: 'gift-card-gbp', kind: 'eGiftCard', name: 'Gift <card>', currency: 'GBP' },
  ...{ unit: 'PTS', price: { kind: 'perMajorUnit', points: 100 }, minimumPoints: '500' },
  bands: [{ minimumMinor: '1', maximumMinor: '100000000000000000000' }],
  promisedMinutes: 240,
};
const rewards = [
  { ...card, disclosure: 'No cash back.' },
  {
    ...{ ...card, rewardId: 'books-gbp', name: 'Paper Lantern Books' },
    ...{ price: { kind: 'byWorth', marginBasisPoints: 300 }, bands: ['500', '2500'].map(fixed) },
  },
  {
    ...{ ...card, rewardId: 'spa-day', kind: 'experience', name: 'Dzień w spa' },
    ...{ price: { kind: 'fixed', points: 900 }, bands: [] },
  },
];

const quote = {
  ...{ quote: quoteId, rewardId: 'gift-card-gbp', rewardName: 'Gift <card>', country: 'GB' },
  ...{ kind: 'eGiftCard', amountMinor: '1250', currency: 'GBP', unit: 'PTS', points: '1250' },
  ...{ promisedMinutes: 240, language: 'en', quotedAt: '2026-10-31T00:00:00Z' },
  expiresAt: '2026-10-31T00:15:00Z',
};

const asked = { status: 'requested', at: '2026-10-31T00:01:00Z' };
const redemption = {
  ...{ redemption: redemptionId, status: 'ordered', rewardId: 'gift-card-gbp' },
  ...{ rewardName: 'Gift <card>', kind: 'eGiftCard', amountMinor: '1250', currency: 'GBP' },
  ...{ country: 'GB', unit: 'PTS', points: '1250', promisedBy: '2026-10-31T04:01:00Z' },
  history: [asked, { status: 'ordered', at: '2026-10-31T00:02:00Z' }],
};

const notOffered = {
  ...{ type: 'urn:guerdon:problem:AMOUNT_NOT_OFFERED', status: 422, code: 'AMOUNT_NOT_OFFERED' },
  ...{ title: 'The reward is not offered for this amount.', field: 'amountMinor' },
};
const used = { title: 'The quote has been redeemed.', code: 'QUOTE_USED', field: 'quote' };

const gone = {
  ...{ type: 'urn:guerdon:problem:REWARD_UNAVAILABLE', status: 422, code: 'REWARD_UNAVAILABLE' },
  ...{ title: 'The reward cannot be had now. Choose another one.', field: 'rewardId' },
  alternatives: [
    { rewardId: 'books-gbp', name: 'Paper Lantern Books', kind: 'eGiftCard', currency: 'GBP' },
    { ...{ rewardId: 'gift-card-gbp', name: 'Gift <card>', kind: 'eGiftCard' }, ...two() },
  ],
};

function two() {
  return { currency: 'GBP', amountMinor: '1000' };
}

export interface StubCall {
  readonly method: string;
  /** Below the member. */
  readonly path: string;
  readonly key: string | undefined;
  readonly body: unknown;
}

/** A shop front before an API that answers by heart; what was asked of it is kept. */
export async function openStubShop() {
  const calls: StubCall[] = [];
  const api = await opened((request) => answerTo(request, calls));
  const asked = new Map<string, string[]>();
  let keys = 0;
  const handler = shopFront({
    ...{ api: new ShopApi(api.origin, 'online-retail'), asked, mailUrl: 'http://127.0.0.1:9' },
    readMembers: async () => [{ id: 'm-0001', country: 'GB', points: 1000n }],
    unit: { code: 'PTS', names: { one: 'point', other: 'points' } },
    ...{ timeZone: 'Europe/London', languages: ['en', 'pl', 'ar'], countries: ['DE', 'GB'] },
    countryOf: () => 'DE',
    newKey: () => {
      keys += 1;
      return `key-${keys}`;
    },
  });
  const shop = await opened(handler);
  return { origin: shop.origin, calls, asked };
}

async function opened(handler: Parameters<typeof serve>[0]['handler']) {
  const server = await serve({
    ...{ handler, maximumBodyBytes: 100_000, tooLarge: { status: 413 } },
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  onTestFinished(() => server.stop());
  return server;
}

function answerTo({ method, path, headers, body }: WireRequest, calls: StubCall[]): WireResponse {
  if (!headers.authorization?.startsWith('Bearer ')) return { status: 401, body: '{}' };
  const below = path.replace(/^\/v1\/programs\/online-retail\/members\/[^/]+\//, '');
  const sent: unknown = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
  const key = headers['idempotency-key'];
  calls.push({ method, path: below, key: typeof key === 'string' ? key : undefined, body: sent });
  const [status, answer] = answerFor(`${method} ${below.split('?')[0]}`, sent);
  const type = { 'content-type': 'application/json' };
  return { status, headers: type, body: JSON.stringify(answer) };
}

function answerFor(call: string, sent: unknown): [number, unknown] {
  const answers: Readonly<Record<string, [number, unknown]>> = {
    // As a path is, below which there is nothing.
    'GET /v1/programs/online-retail/members/m-0001': [200, { member: 'm-0001', country: 'GB' }],
    'GET balance': [200, { available: { PTS: '1000' } }],
    'GET catalogue': [200, { country: 'GB', rewards }],
    'POST quotes': [201, quote],
    [`GET quotes/${quoteId}`]: [200, quote],
    'POST redemptions': [202, redemption],
    [`GET redemptions/${redemptionId}`]: [200, redemption],
    'GET redemptions/delivered': [200, { ...redemption, status: 'delivered' }],
    [`POST redemptions/${redemptionId}/cancel`]: [200, redemption],
    'POST statement-links': [201, { url: statementLink, expiresAt }],
    'POST choices': [
      201,
      { choice: quoteId, rewards: [{ name: 'Gift <card>', ...two() }], expiresAt },
    ],
  };
  const { rewardId, amountMinor, email } = Object(sent);
  if (call === 'POST quotes' && rewardId === 'spa-day') return [422, gone];
  if (call === 'POST quotes' && amountMinor === '777') return [422, notOffered];
  if (call === 'POST redemptions' && email === 'again@example.com') return [409, used];
  return answers[call] ?? [404, { message: 'Not Found' }];
}
