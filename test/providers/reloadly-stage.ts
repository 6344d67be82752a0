import { createReloadly } from '../../shared/adapters/providers/reloadly.ts';
import type { Harness, Stage, Trouble } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import type { ReloadlyRates } from './fake/reloadly/faults.ts';
import { type FakeReloadly, startFakeReloadly } from './fake/reloadly.ts';
import {
  answerOf,
  deadAddress,
  endless,
  movedClock,
  replaced,
  replacedBy,
  usualHooks,
} from './stage-parts.ts';

const faultsOf: Readonly<Partial<Record<Trouble, ReloadlyRates>>> = {
  lostRequest: { lostRequest: 1 },
  slow: { slow: 1 },
  outOfFunds: { outOfFunds: 1 },
  pending: { pending: 1 },
};

const ownWords = '{"timeStamp":1,"message":"canary words","path":"/canary","errorCode":"CANARY"}';
const frameworkWords = '{"timeStamp":"now","status":0,"error":"canary","message":"x","path":"/"}';

const aboutCards =
  (hook: AnswerHook): AnswerHook =>
  (answer, call) =>
    call.parts[3] === 'cards' ? hook(answer, call) : answer;

const fromPageTwo: AnswerHook = (answer, { query }) =>
  Number(query.get('page') ?? 1) > 1 ? answerOf(500, frameworkWords) : answer;

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...usualHooks,
  endless: endless(9_000_000),
  serverError: replacedBy(500, ownWords),
  rateLimit: replacedBy(429, ownWords),
  rateLimitOtherForm: replacedBy(429, frameworkWords),
  invalid: replacedBy(400, ownWords),
  saysFailed: replaced('"SUCCESSFUL"', '"FAILED"'),
  saysCanceled: replaced('"SUCCESSFUL"', '"REFUNDED"'),
  otherAmount: replaced('"unitPrice":1', '"unitPrice":2'),
  otherCurrency: replaced('"currencyCode":"GBP"', '"currencyCode":"EUR"'),
  otherReference: replaced(/"customIdentifier":"[^"]*"/, '"customIdentifier":"canary words"'),
  twoRewards: aboutCards(replaced(/^\[(.*)\]$/, '[$1,$1]')),
  unknownStatus: replaced('"SUCCESSFUL"', '"canary BREWING"'),
  unknownDelivery: aboutCards(replacedBy(404, ownWords)),
  noNewLinks: aboutCards(replacedBy(403, ownWords)),
  breaksOff: fromPageTwo,
  listsLag: (answer, { parts }) =>
    parts.join('/') === 'reports/transactions'
      ? answerOf(200, '{"content":[],"last":true}')
      : answer,
};

const credentials = {
  clientId: 'canary-client-of-the-account',
  clientSecret: 'canary-secret-of-the-account',
  webhookKey: 'canary-webhook-key',
};
const otherSecret = 'canary-secret-of-another';

export const reloadlyHarness: Harness = {
  capabilities: {
    kinds: ['eGiftCard', 'prepaidCard'],
    repeatedReference: 'newOrder',
    detectsConflict: false,
    replaysErrors: false,
    findsByReference: true,
    sendsWebhooks: true,
    catalogueEveryMinutes: 60,
    resends: false,
    cancels: false,
    listsSettlements: true,
  },
  cannot: {
    inProgress: 'Reloadly has no answer of its own for a reference that is being worked on.',
  },
  webhooksAbout: ['order'],
  replayWindowMs: 300_000,
  start: reloadlyStage,
};

async function reloadlyStage(): Promise<Stage> {
  const { now, pass, clock } = movedClock();
  const fake = await startFakeReloadly({
    ...{ seed: 'certification', ...credentials, pendingMs: 'never', now },
    openingBalanceCents: 10n ** 30n,
  });
  const settings = { ...fake.secret, clock, timeoutMs: 10_000 };
  return {
    provider: createReloadly(settings),
    hasty: createReloadly({ ...settings, timeoutMs: 150 }),
    mistaken: createReloadly({ ...settings, clientSecret: otherSecret }),
    unreachable: createReloadly({ ...settings, baseUrl: await deadAddress('') }),
    ...{ productIn: fake.productIn, productsSold: fake.productsSold },
    secrets: [...Object.values(credentials), otherSecret, 'canary'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hooks[trouble]);
    },
    orders: () => fake.orders().map(standInOrder),
    rewardsIssued: fake.rewardsIssued,
    decide: (reference, verdict) => {
      const statuses = { taken: 'SUCCESSFUL', failed: 'FAILED', canceled: 'REFUNDED' } as const;
      fake.decide(reference, statuses[verdict]);
    },
    undo: (reference) => fake.decide(reference, 'REFUNDED'),
    ...{ now, pass },
    webhook: (about, reference) => fake.signWebhook(eventAbout(fake, about, reference)),
    forgedWebhook: (reference) =>
      fake.signWebhook(eventAbout(fake, 'order', reference), 'some other key'),
    balance: () => ({ amountMinor: fake.balanceCents(), currency: 'USD' }),
    close: fake.close,
  };
}

function standInOrder(order: ReturnType<FakeReloadly['orders']>[number]) {
  const { externalId, denomination, currency, email, rewards } = order;
  const amountMinor = BigInt(denomination.replace('.', ''));
  return { reference: externalId ?? '', amountMinor, currency, email: email ?? '', rewards };
}

function eventAbout(fake: FakeReloadly, about: 'order' | 'reward' | 'nothing', reference: string) {
  const order = fake.orders().find(({ externalId }) => externalId === reference);
  const data = { transactionId: Number(order?.id), customIdentifier: reference };
  const status = order?.status ?? '';
  if (about === 'nothing') return { type: 'airtime_transaction.status', data: { status } };
  return { type: 'giftcard_transaction.status', data: { ...data, status } };
}
