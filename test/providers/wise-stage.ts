import { createWise, wiseAdapter } from '../../shared/adapters/providers/wise.ts';
import { type BankAccount, toSealable } from '../../shared/domain/payout/payee.ts';
import type { Harness, Stage, Trouble } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import type { WiseRates } from './fake/wise/faults.ts';
import { type FakeWise, startFakeWise } from './fake/wise.ts';
import {
  answerOf,
  deadAddress,
  half,
  movedClock,
  replaced,
  replacedBy,
  usualHooks,
} from './stage-parts.ts';

const faultsOf: Readonly<Partial<Record<Trouble, WiseRates>>> = {
  lostRequest: { lostRequest: 1 },
  slow: { slow: 1 },
  outOfFunds: { outOfFunds: 1 },
  pending: { pending: 1 },
};

const ownWords = '{"errors":[{"code":"canary.code","message":"canary words","path":"canary"}]}';
const tokenWords = '{"error":"canary_code","error_description":"canary words"}';

const preparing: ReadonlySet<string> = new Set(['accounts', 'quotes', 'transfers']);

/** Nothing is ordered before it is paid: the calls that prepare it are let through. */
const fromPayingOn =
  (hook: AnswerHook): AnswerHook =>
  (answer, call) =>
    call.method === 'POST' && preparing.has(call.parts.at(-1) ?? '') ? answer : hook(answer, call);

const ofPath =
  (pattern: RegExp, hook: AnswerHook): AnswerHook =>
  (answer, call) =>
    call.method === 'GET' && pattern.test(call.parts.join('/')) ? hook(answer, call) : answer;

/** In a list a transfer of another reference is another transfer. */
const ofOneTransfer = (hook: AnswerHook) => ofPath(/^v1\/transfers\/\d+$/, hook);

const takenUnseen: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...usualHooks,
  serverError: replacedBy(500, ownWords),
  otherAmount: replaced('"targetValue":1', '"targetValue":2'),
  otherCurrency: replaced('"targetCurrency":"GBP"', '"targetCurrency":"EUR"'),
  otherReference: ofOneTransfer(
    replaced(/"customerTransactionId":"\w/, '"customerTransactionId":"f'),
  ),
};

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...Object.fromEntries(
    Object.entries(takenUnseen).map(([trouble, hook]) => [trouble, fromPayingOn(hook)]),
  ),
  strangerNotFound: replacedBy(404, '<html>canary words</html>'),
  rateLimit: replacedBy(429, ownWords),
  rateLimitOtherForm: replacedBy(429, tokenWords),
  invalid: replacedBy(422, ownWords),
  saysFailed: replaced('"outgoing_payment_sent"', '"funds_refunded"'),
  saysCanceled: replaced('"outgoing_payment_sent"', '"cancelled"'),
  unknownStatus: replaced('"outgoing_payment_sent"', '"canary BREWING"'),
  breaksOff: ofPath(/statement\.json$/, half),
  listsLag: ofPath(/^v1\/transfers$/, () => answerOf(200, '[]')),
};

const token = 'canary-token-of-the-account';
const otherToken = 'canary-token-of-another';

const payee: BankAccount = {
  ...{ rail: 'bankAccount', holderName: 'Canary Person', country: 'GB' },
  account: { kind: 'iban', iban: 'GB29NWBK60161331926819' },
};
const another: BankAccount = {
  ...{ ...payee, holderName: 'Canary Other' },
  account: { kind: 'iban', iban: 'GB94BARC10201530093459' },
};

export const wiseHarness: Harness = {
  capabilities: wiseAdapter.capabilities,
  order: { kind: 'payout', payee: toSealable(payee) },
  orderForAnother: { payee: toSealable(another) },
  cannot: {
    inProgress: 'No answer says that a transfer is still being made under a reference.',
    twoRewards: 'A transfer is one payment to one account: its answer names no second one.',
    unknownDelivery: 'A transfer has one status, and nothing is delivered beside it.',
    noNewLinks: 'Money arrives in an account: no link leads to it.',
  },
  lacks: {
    reward: 'Money arrives in an account: nothing is handed out that could be opened.',
    catalogue: 'Nothing is sold: what is ordered is money in any currency that Wise pays out.',
    productOfOrder: 'A transfer is money: it is for no product.',
  },
  webhooksAbout: ['order'],
  replayWindowMs: 15 * 86_400_000,
  clockSkewMs: 300_000,
  start: wiseStage,
};

async function wiseStage(): Promise<Stage> {
  const { now, pass, clock } = movedClock();
  const fake = await startFakeWise({
    ...{ seed: 'certification', token, pendingMs: 'never', now },
    openingBalanceCents: 10n ** 30n,
  });
  const settings = { ...fake.secret, clock, timeoutMs: 10_000 };
  return {
    provider: createWise(settings),
    hasty: createWise({ ...settings, timeoutMs: 150 }),
    mistaken: createWise({ ...settings, token: otherToken }),
    unreachable: createWise({ ...settings, baseUrl: await deadAddress('') }),
    ...{ productIn: () => '', productsSold: 0, now, pass },
    secrets: [token, otherToken, 'canary', 'Canary', '926819', '093459'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hooks[trouble]);
    },
    orders: () =>
      fake.transfers().map(({ reference, target, currency }) => ({
        ...{ reference, currency, email: '', rewards: [] },
        amountMinor: BigInt(target.replace('.', '')),
      })),
    rewardsIssued: fake.paidOut,
    decide: (reference, verdict) => {
      const statuses = {
        taken: 'outgoing_payment_sent',
        failed: 'funds_refunded',
        canceled: 'cancelled',
      } as const;
      fake.decide(reference, statuses[verdict]);
    },
    setAnswerHook: fake.setAnswerHook,
    undo: (reference) => fake.decide(reference, 'funds_refunded'),
    webhook: (about, reference) => fake.signWebhook(eventAbout(fake, about, reference)),
    forgedWebhook: (reference) => fake.signWebhook(eventAbout(fake, 'order', reference), 'another'),
    balance: () => ({ amountMinor: fake.balanceCents(), currency: fake.secret.sourceCurrency }),
    close: fake.close,
  };
}

function eventAbout(fake: FakeWise, about: 'order' | 'reward' | 'nothing', reference: string) {
  const transfer = fake.transfers().find((it) => it.reference === reference);
  const profile_id = Number(fake.secret.profileId);
  const resource = { type: 'transfer', id: Number(transfer?.id), profile_id };
  const data = { resource, current_state: transfer?.status, previous_state: null };
  return { type: about === 'nothing' ? 'balances#update' : 'transfers#state-change', data };
}
