import { createRuna } from '../../shared/adapters/providers/runa.ts';
import type { Harness, Stage, Trouble } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import type { RunaRates } from './fake/runa/faults.ts';
import type { WebhookEvent } from './fake/runa/webhooks.ts';
import { type FakeRuna, startFakeRuna } from './fake/runa.ts';
import {
  answerOf,
  deadAddress,
  movedClock,
  replaced,
  replacedBy,
  usualHooks,
} from './stage-parts.ts';

const faultsOf: Readonly<Partial<Record<Trouble, RunaRates>>> = {
  lostRequest: { lostRequest: 1 },
  slow: { slow: 1 },
  outOfFunds: { outOfFunds: 1 },
  inProgress: { inProgress: 1 },
  keptError: { serverError: 1 },
};

/** In the vendor's form, with the vendor's own words: they must show up nowhere. */
const problem = (status: number, type: string): AnswerHook =>
  replacedBy(status, `{"type":"${type}","message":"canary words","help":"canary words"}`);

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...usualHooks,
  serverError: problem(500, 'internal_server_error'),
  rateLimit: replacedBy(429, '{"error":"canary words"}'),
  rateLimitOtherForm: problem(429, 'rate_exceeded'),
  invalid: problem(422, 'validation_error'),
  saysFailed: replaced('"COMPLETED"', '"FAILED"'),
  saysCanceled: replaced('"ACTIVE"', '"CANCELLED"'),
  otherAmount: replaced('"face_value":"1', '"face_value":"2'),
  otherCurrency: replaced('"currency":"GBP","payout"', '"currency":"EUR","payout"'),
  otherReference: replaced(/"metadata":\{"reference":"[^"]*"/, '"metadata":{"reference":"canary"'),
  twoRewards: replaced(/"items":\[(\{"id":"E-.*\})\],"transaction/, '"items":[$1,$1],"transaction'),
  unknownStatus: replaced('"COMPLETED"', '"canary BREWING"'),
  unknownDelivery: replaced('"ACTIVE"', '"canary BREWING"'),
  breaksOff: (answer, call) =>
    call.query.has('after') ? problem(500, 'internal_server_error')(answer, call) : answer,
  listsLag: (answer, { parts, method }) =>
    method === 'GET' && parts.join('/') === 'order' ? answerOf(200, '{"items":[]}') : answer,
};

const apiKey = 'XXcanary.key-of-the-account';
const otherKey = 'XXcanary.key-of-another';
const webhookSecret = `whsec_${Buffer.from('canary webhook key of it').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('canary key of somebody else').toString('base64')}`;
/** Pays for all: it is what the stand-in's books are compared in. */
const paymentCurrency = 'USD';

async function runaStage(): Promise<Stage> {
  const { now, pass, clock } = movedClock();
  const fake = await startFakeRuna({
    ...{ seed: 'certification', apiKey, webhookSecret, pendingMs: 'never', pageSize: 4 },
    ...{ openingBalances: { USD: 10n ** 30n, GBP: 100n }, now: () => new Date(now()) },
  });
  const { baseUrl } = fake;
  const settings = { baseUrl, apiKey, webhookSecret, paymentCurrency, clock, timeoutMs: 10_000 };
  return {
    provider: createRuna(settings),
    hasty: createRuna({ ...settings, timeoutMs: 40 }),
    mistaken: createRuna({ ...settings, apiKey: otherKey }),
    unreachable: createRuna({ ...settings, baseUrl: await deadAddress('/v2') }),
    productIn: fake.productIn,
    secrets: [apiKey, webhookSecret, otherKey, 'canary'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hooks[trouble]);
    },
    orders: () =>
      fake.orders().map(({ reference, amountMinor, currency, links }) => ({
        ...{ reference, amountMinor, currency, email: '', rewards: links },
      })),
    rewardsIssued: fake.rewardsIssued,
    decide: (reference, verdict) =>
      fake.decide(reference, verdict === 'taken' ? 'COMPLETED' : 'FAILED'),
    undo: (reference) => fake.undo(reference, 'CANCELLED'),
    ...{ now, pass },
    webhook: (about, reference) => fake.signWebhook(eventAbout(fake, about, reference)),
    forgedWebhook: (reference) =>
      fake.signWebhook(eventAbout(fake, 'order', reference), otherSecret),
    productsSold: fake.codes.length,
    balance: () => ({ amountMinor: fake.balanceMinor('USD'), currency: 'USD' }),
    close: fake.close,
  };
}

function eventAbout(
  fake: FakeRuna,
  about: 'order' | 'reward' | 'nothing',
  reference: string,
): WebhookEvent {
  if (about === 'nothing') return { id: 'msg_nothing', body: { weather: 'fair' } };
  const isKnown = fake.orders().some((order) => order.reference === reference);
  return isKnown
    ? fake.eventOf(reference)
    : { id: 'msg_none', body: { id: 'O-0', status: 'FAILED' } };
}

export const runaHarness: Harness = {
  capabilities: {
    kinds: ['eGiftCard', 'prepaidCard', 'experience', 'perk'],
    ...{ repeatedReference: 'sameOrder', detectsConflict: true, replaysErrors: true },
    ...{ findsByReference: true, sendsWebhooks: true, referenceLifeDays: 30 },
    ...{ requestsPerMinute: 300, catalogueEveryMinutes: 60 },
    ...{ resends: false, cancels: false, listsSettlements: true },
  },
  cannot: {
    noNewLinks: 'The link stands in the order, whenever it is read: no new one is asked for.',
    pending: 'Orders are placed synchronously: one that takes too long is a time-out, so unknown.',
  },
  lacks: {
    refundLines: 'There is no statement, only orders: what support gives back shows in no list.',
  },
  webhooksAbout: ['order'],
  replayWindowMs: 300_000,
  start: runaStage,
};
