import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createTremendous,
  tremendousCapabilities,
} from '../../shared/adapters/providers/tremendous.ts';
import type { Harness, Stage, Trouble } from './certification/stage.ts';
import type { AnswerHook, WireAnswer } from './fake/tremendous/server.ts';
import { type FaultRates, startFakeTremendous } from './fake/tremendous.ts';

const faultsOf: Readonly<Partial<Record<Trouble, FaultRates>>> = {
  lostRequest: { lostRequest: 1 },
  slow: { slow: 1 },
  outOfFunds: { outOfFunds: 1 },
  pending: { pending: 1 },
};

type Rewrite = (answer: WireAnswer) => WireAnswer | undefined;

const withText =
  (change: (text: string) => string): Rewrite =>
  (answer) => ({ ...answer, text: change(answer.text) });

const replaced = (from: string | RegExp, to: string): Rewrite =>
  withText((text) => text.replace(from, to));

/** The messages stand for the provider's own words: they must show up nowhere. */
const replacedBy =
  (status: number, text: string): Rewrite =>
  () => ({ status, text, contentType: 'application/json' });

const rewrites: Readonly<Partial<Record<Trouble, Rewrite>>> = {
  lostAnswer: () => undefined,
  serverError: replacedBy(500, '{"errors":{"message":"canary words"}}'),
  rateLimit: replacedBy(429, '{"errors":{"message":"canary words"}}'),
  rateLimitOtherForm: replacedBy(429, '{"error":{"message":"canary words","payload":{}}}'),
  invalid: replacedBy(422, '{"errors":{"message":"canary words"}}'),
  page: replacedBy(200, '<!doctype html><title>canary words</title>'),
  garbage: replacedBy(200, '\u0000canary words'),
  truncated: withText((text) => text.slice(0, text.length / 2)),
  endless: withText((text) => `{"canary":"${'x'.repeat(400_000)}",${text.slice(1)}`),
  emptyObject: replacedBy(200, '{}'),
  strangerNotFound: replacedBy(404, '<html>canary words</html>'),
  redirect: replacedBy(307, 'canary words'),
  saysFailed: replaced('"EXECUTED"', '"FAILED"'),
  saysCanceled: replaced('"EXECUTED"', '"CANCELED"'),
  otherAmount: replaced('"denomination":1', '"denomination":2'),
  otherCurrency: replaced('"currency_code":"GBP"', '"currency_code":"EUR"'),
  otherReference: replaced(/"external_id":"[^"]*"/, '"external_id":"not-ours"'),
  twoRewards: replaced(/"rewards":\[(.*)\]\}\}$/, '"rewards":[$1,$1]}}'),
  unknownStatus: replaced('"EXECUTED"', '"canary BREWING"'),
  unknownDelivery: replaced('"SUCCEEDED"', '"canary BREWING"'),
};

const hookOf =
  (rewrite: Rewrite): AnswerHook =>
  (answer) =>
    rewrite(answer);

/** The catalogue has no pages: it breaks off in the middle. The books do on their second page. */
const breaksOff: AnswerHook = (answer, { parts: [collection], query }) => {
  if (collection === 'products') {
    return { ...answer, text: answer.text.slice(0, answer.text.length / 2) };
  }
  const isLater = (query.get('offset') ?? '0') !== '0';
  return collection === 'balance_transactions' && isLater ? undefined : answer;
};

/** Refuses new links and nothing else. */
const noNewLinks: AnswerHook = (answer, { parts }) =>
  parts[2] === 'generate_link'
    ? { ...answer, status: 403, text: '{"errors":{"message":"canary words"}}' }
    : answer;

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = { noNewLinks, breaksOff };

function hookFor(trouble: Trouble): AnswerHook | undefined {
  const rewrite = rewrites[trouble];
  return rewrite === undefined ? hooks[trouble] : hookOf(rewrite);
}

const apiKey = 'TEST_canary_key_of_the_account';
const webhookKey = 'canary-webhook-key';

export const tremendousHarness: Harness = {
  capabilities: tremendousCapabilities,
  cannot: { inProgress: 'No answer says that an order is still being placed.' },
  start: tremendousStage,
};

async function tremendousStage(): Promise<Stage> {
  let passedMs = 0;
  const now = () => Date.now() + passedMs;
  const fake = await startFakeTremendous({
    ...{ seed: 'certification', apiKey, webhookKey, pendingMs: 'never' },
    ...{ openingBalanceCents: 10n ** 30n, now: () => new Date(now()) },
  });
  const settings = { baseUrl: fake.baseUrl, apiKey, webhookKey, timeoutMs: 10_000 };
  const otherKey = 'TEST_canary_key_of_another';
  const found = (reference: string) =>
    fake.orders().find(({ externalId }) => externalId === reference) ?? { id: '', rewardId: '' };
  const webhookAbout = (about: 'order' | 'reward' | 'nothing', reference: string) => {
    const { id, rewardId } = found(reference);
    if (about === 'order') return { event: 'ORDERS.APPROVED', resource: { id, type: 'orders' } };
    if (about === 'nothing') return { event: 'MEMBERS.MOVED', resource: { id, type: 'members' } };
    return { event: 'REWARDS.CANCELED', resource: { id: rewardId, type: 'rewards' } };
  };
  return {
    provider: createTremendous(settings),
    hasty: createTremendous({ ...settings, timeoutMs: 40 }),
    mistaken: createTremendous({ ...settings, apiKey: otherKey }),
    unreachable: createTremendous({ ...settings, baseUrl: await deadAddress() }),
    productIn: (currency) => `GIFT-CARD-${currency}`,
    productsSold: fake.productsSold,
    balance: () => ({ amountMinor: fake.balanceCents(), currency: 'USD' }),
    now,
    pass: (durationMs) => {
      passedMs += durationMs;
    },
    secrets: [apiKey, webhookKey, otherKey, 'canary'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hookFor(trouble));
    },
    orders: () =>
      fake.orders().map(({ externalId, denomination, currency, email, links }) => ({
        reference: externalId ?? '',
        amountMinor: BigInt(denomination.replace('.', '')),
        ...{ currency, email: email ?? '', rewards: links },
      })),
    rewardsIssued: fake.rewardsIssued,
    decide: (reference, verdict) => {
      const statuses = { taken: 'EXECUTED', failed: 'FAILED', canceled: 'CANCELED' } as const;
      fake.decide(reference, statuses[verdict]);
    },
    undo: (reference) => fake.decide(reference, 'CANCELED'),
    webhook: (about, reference) => fake.signWebhook(webhookAbout(about, reference)),
    forgedWebhook: (reference) =>
      fake.signWebhook(webhookAbout('order', reference), 'some other key'),
    close: fake.close,
  };
}

/** A loopback address that nothing listens on. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/api/v2`;
}
