import {
  createTremendous,
  tremendousCapabilities,
} from '../../shared/adapters/providers/tremendous.ts';
import type { Harness, Stage, Trouble } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import { type FaultRates, startFakeTremendous } from './fake/tremendous.ts';
import { deadAddress, half, movedClock, replaced, replacedBy, usualHooks } from './stage-parts.ts';

const faultsOf: Readonly<Partial<Record<Trouble, FaultRates>>> = {
  lostRequest: { lostRequest: 1 },
  slow: { slow: 1 },
  outOfFunds: { outOfFunds: 1 },
  pending: { pending: 1 },
};

/** The catalogue has no pages: it breaks off in the middle. The books do on their second page. */
const breaksOff: AnswerHook = (answer, call) => {
  const collection = call.parts[0];
  if (collection === 'products') return half(answer, call);
  const isLater = (call.query.get('offset') ?? '0') !== '0';
  return collection === 'balance_transactions' && isLater ? undefined : answer;
};

/** Refuses new links and nothing else. */
const noNewLinks: AnswerHook = (answer, { parts }) =>
  parts[2] === 'generate_link'
    ? { ...answer, status: 403, text: '{"errors":{"message":"canary words"}}' }
    : answer;

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...usualHooks,
  serverError: replacedBy(500, '{"errors":{"message":"canary words"}}'),
  rateLimit: replacedBy(429, '{"errors":{"message":"canary words"}}'),
  rateLimitOtherForm: replacedBy(429, '{"error":{"message":"canary words","payload":{}}}'),
  invalid: replacedBy(422, '{"errors":{"message":"canary words"}}'),
  saysFailed: replaced('"EXECUTED"', '"FAILED"'),
  saysCanceled: replaced('"EXECUTED"', '"CANCELED"'),
  otherAmount: replaced('"denomination":1', '"denomination":2'),
  otherCurrency: replaced('"currency_code":"GBP"', '"currency_code":"EUR"'),
  otherReference: replaced(/"external_id":"[^"]*"/, '"external_id":"not-ours"'),
  twoRewards: replaced(/"rewards":\[(.*)\]\}\}$/, '"rewards":[$1,$1]}}'),
  unknownStatus: replaced('"EXECUTED"', '"canary BREWING"'),
  unknownDelivery: replaced('"SUCCEEDED"', '"canary BREWING"'),
  ...{ noNewLinks, breaksOff },
};

const apiKey = 'TEST_canary_key_of_the_account';
const webhookKey = 'canary-webhook-key';

export const tremendousHarness: Harness = {
  capabilities: tremendousCapabilities,
  cannot: {
    inProgress: 'No answer says that an order is still being placed.',
    listsLag: 'A look-up asks for the order itself, by our reference: it reads no list.',
  },
  start: tremendousStage,
};

async function tremendousStage(): Promise<Stage> {
  const { now, pass } = movedClock();
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
    unreachable: createTremendous({ ...settings, baseUrl: await deadAddress('/api/v2') }),
    productIn: (currency) => `GIFT-CARD-${currency}`,
    productsSold: fake.productsSold,
    balance: () => ({ amountMinor: fake.balanceCents(), currency: 'USD' }),
    ...{ now, pass },
    secrets: [apiKey, webhookKey, otherKey, 'canary'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hooks[trouble]);
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
