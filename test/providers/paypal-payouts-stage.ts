import {
  createPayPalPayouts,
  payPalPayoutsAdapter,
} from '../../shared/adapters/providers/paypal-payouts.ts';
import { toSealable } from '../../shared/domain/payout/payee.ts';
import type { Harness, Stage, StandInOrder, Trouble } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import type { PayPalRates } from './fake/paypal-payouts/faults.ts';
import type { Naming } from './fake/paypal-payouts/reporting.ts';
import { type FakePayPal, startFakePayPal } from './fake/paypal-payouts.ts';
import { deadAddress, movedClock, replaced, replacedBy, usualHooks } from './stage-parts.ts';

const faultsOf: Readonly<Partial<Record<Trouble, PayPalRates>>> = {
  lostRequest: { lostRequest: 1 },
  slow: { slow: 1 },
  outOfFunds: { outOfFunds: 1 },
  pending: { pending: 1 },
};

const said = (name: string): string =>
  `{"name":"${name}","message":"canary words","debug_id":"canary","details":[],"links":[]}`;

/** The books break off on their second page. */
const breaksOff: AnswerHook = (answer, { query }) =>
  Number(query.get('page') ?? 1) > 1 ? undefined : answer;

const paid = '"transaction_status":"SUCCESS"';

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...usualHooks,
  serverError: replacedBy(500, said('INTERNAL_ERROR')),
  rateLimit: replacedBy(429, said('RATE_LIMIT_REACHED')),
  rateLimitOtherForm: replacedBy(429, '<html>canary words</html>'),
  invalid: replacedBy(400, said('VALIDATION_ERROR')),
  saysFailed: replaced(paid, '"transaction_status":"FAILED"'),
  saysCanceled: replaced(paid, '"transaction_status":"RETURNED"'),
  otherAmount: replaced(/("payout_item":.*"value":")1/, '$12'),
  otherCurrency: replaced(/("payout_item":.*"currency":)"GBP"/, '$1"EUR"'),
  otherReference: replaced(/"sender_(batch|item)_id":"[^"]*"/g, '"sender_$1_id":"canary words"'),
  twoRewards: replaced(/"items":\[(.*)\],"total_items"/, '"items":[$1,$1],"total_items"'),
  unknownStatus: replaced(paid, '"transaction_status":"canary BREWING"'),
  breaksOff,
};

const credentials = {
  clientId: 'canary-client-of-the-account',
  clientSecret: 'canary-secret-of-the-account',
};
const otherSecret = 'canary-secret-of-another';
const receiver = 'canary.payee@example.test';
const otherReceiver = 'canary.other@example.test';

const orderTo = (text: string) => {
  const to = { rail: 'payPal', receiverKind: 'email', receiver: text } as const;
  return { kind: 'payout', payee: toSealable(to) } as const;
};

export const payPalPayoutsHarness: Harness = {
  capabilities: payPalPayoutsAdapter.capabilities,
  cannot: {
    inProgress: 'PayPal has no answer of its own for an id that is being worked on.',
    listsLag: 'A look-up asks for the batch itself, by the id that PayPal gave: it reads no list.',
    noNewLinks: 'Nothing that could be opened is handed out.',
    unknownDelivery: 'Nothing is delivered beside the money: a payout has one state.',
  },
  lacks: {
    reward: 'Money arrives with its payee; nothing is handed out that could be opened.',
    catalogue: 'What is ordered is money: no product stands for it.',
    productOfOrder: 'A payout is for no product.',
    decidedAtOnce: 'A batch is only taken when it is sent; its payouts are worked on later.',
  },
  order: orderTo(receiver),
  orderForAnother: orderTo(otherReceiver),
  refusesCurrencies: ['BHD', 'KWD'],
  namings: ['returns', 'payments', 'items'],
  replayWindowMs: 3 * 86_400_000,
  clockSkewMs: 300_000,
  start: payPalPayoutsStage,
};

async function payPalPayoutsStage(): Promise<Stage> {
  const { now, pass, clock } = movedClock();
  const fake = await startFakePayPal({
    ...{ seed: 'certification', ...credentials, now, stepMs: 60_000, listLagMs: 0 },
    openingHundredths: 10n ** 30n,
  });
  const settings = { ...fake.secret, clock, timeoutMs: 10_000 };
  return {
    provider: createPayPalPayouts(settings),
    hasty: createPayPalPayouts({ ...settings, timeoutMs: 150 }),
    mistaken: createPayPalPayouts({ ...settings, clientSecret: otherSecret }),
    unreachable: createPayPalPayouts({ ...settings, baseUrl: await deadAddress('') }),
    productIn: () => 'NONE',
    productsSold: 0,
    secrets: [...Object.values(credentials), otherSecret, receiver, otherReceiver, 'canary'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hooks[trouble]);
    },
    orders: () => fake.batches().map(standInOrder),
    rewardsIssued: fake.payoutsStanding,
    decide: (reference, verdict) => {
      const items = { taken: 'SUCCESS', failed: 'FAILED', canceled: 'RETURNED' } as const;
      fake.decide(reference, { batch: 'SUCCESS', item: items[verdict] });
    },
    setAnswerHook: fake.setAnswerHook,
    setNaming: (naming) => fake.setNaming(naming as Naming),
    undo: (reference) => fake.decide(reference, { batch: 'SUCCESS', item: 'REVERSED' }),
    ...{ now, pass },
    webhook: (about, reference) => fake.signWebhook(eventAbout(fake, about, reference)),
    forgedWebhook: (reference) => fake.forgeWebhook(eventAbout(fake, 'order', reference)),
    balance: (currency) => ({ amountMinor: fake.balanceHundredths(currency), currency }),
    close: fake.close,
  };
}

function standInOrder(batch: ReturnType<FakePayPal['batches']>[number]): StandInOrder {
  const hundredths = BigInt(batch.hundredths);
  const amountMinor = batch.currency === 'JPY' ? hundredths / 100n : hundredths;
  const { senderBatchId, currency, receiver: email } = batch;
  return { reference: senderBatchId ?? '', amountMinor, currency, email, rewards: [] };
}

function eventAbout(fake: FakePayPal, about: 'order' | 'reward' | 'nothing', reference: string) {
  const batch = fake.batches().find(({ senderBatchId }) => senderBatchId === reference);
  const { id = 'NONE', itemId = 'NONE' } = batch ?? {};
  const header = { payout_batch_id: id, batch_status: 'SUCCESS' };
  if (about === 'order') {
    const resource = { batch_header: header };
    return { id: 'WH-1', event_type: 'PAYMENT.PAYOUTSBATCH.SUCCESS', resource };
  }
  const resource = { payout_item_id: itemId, payout_batch_id: id };
  if (about === 'nothing') return { id: 'WH-2', event_type: 'CUSTOMER.DISPUTE.CREATED', resource };
  return { id: 'WH-3', event_type: 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED', resource };
}
