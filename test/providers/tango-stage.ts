import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tangoAdapter } from '../../shared/adapters/providers/tango.ts';
import { currencyExponent } from '../../shared/domain/money/currency.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { RewardProvider } from '../../shared/ports/provider.ts';
import type { Stage, Trouble } from './certification/stage.ts';
import type { TangoFaultRates } from './fake/tango/faults.ts';
import type { AnswerHook, WireAnswer } from './fake/tango/server.ts';
import { type FakeTango, startFakeTango } from './fake/tango.ts';

const faultsOf: Readonly<Partial<Record<Trouble, TangoFaultRates>>> = {
  ...{ lostRequest: { lostRequest: 1 }, slow: { slow: 1 }, outOfFunds: { outOfFunds: 1 } },
  ...{ pending: { pending: 1 }, inProgress: { inProgress: 1 } },
};

const withText =
  (change: (text: string) => string): AnswerHook =>
  (answer) => ({ ...answer, text: change(answer.text) });

const replaced = (from: string | RegExp, to: string): AnswerHook =>
  withText((text) => text.replaceAll(from, to));

/** The messages stand for the provider's own words: they must show up nowhere. */
const replacedBy =
  (status: number, text: string): AnswerHook =>
  () => ({ status, text, contentType: 'application/json' });

const said = (status: number, more = ''): string =>
  `{"requestId":"canary","httpCode":${status},"httpPhrase":"canary words"${more}}`;

const half = (answer: WireAnswer): WireAnswer => ({
  ...answer,
  text: answer.text.slice(0, answer.text.length / 2),
});

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  lostAnswer: () => undefined,
  serverError: replacedBy(500, said(500, ',"i18nKey":"500.003"')),
  rateLimit: replacedBy(429, said(429)),
  rateLimitOtherForm: replacedBy(429, '<html>canary words</html>'),
  invalid: replacedBy(422, said(422, ',"errors":[{"path":"amount","i18nKey":"422.025"}]')),
  page: replacedBy(200, '<!doctype html><title>canary words</title>'),
  garbage: replacedBy(200, '\u0000canary words'),
  truncated: half,
  endless: withText((text) => `{"canary":"${'x'.repeat(400_000)}",${text.slice(1)}`),
  emptyObject: replacedBy(200, '{}'),
  strangerNotFound: replacedBy(404, '<html>canary words</html>'),
  redirect: replacedBy(307, 'canary words'),
  saysFailed: replaced('"COMPLETE"', '"FAILED"'),
  saysCanceled: replaced('"COMPLETE"', '"CANCELLED"'),
  otherAmount: replaced(/"denomination":\{"value":1/g, '"denomination":{"value":2'),
  otherCurrency: replaced('"currencyCode":"GBP"', '"currencyCode":"EUR"'),
  otherReference: replaced(/"externalRefID":"[^"]*"/g, '"externalRefID":"canary"'),
  twoRewards: replaced(
    '"credentialList":[',
    '"credentialList":[{"value":"canary","credentialType":"claimCode"},',
  ),
  unknownStatus: replaced('"COMPLETE"', '"canary BREWING"'),
  noNewLinks: replaced(/"credentialList":\[[^\]]*\]/g, '"credentialList":[]'),
  breaksOff: (answer, { parts, query }) => {
    if (parts[0] === 'catalogs') return half(answer);
    return query.get('page') === '0' ? answer : undefined;
  },
};

export async function tangoStage(): Promise<Stage> {
  let aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  const keys = { platformKey: 'canary_platform_key' };
  const fake = await startFakeTango({
    ...{ seed: 'certification', keys, webhookKey: 'canary_webhook_key', nowMs },
    webhookSecret: Buffer.from('canary webhook secret').toString('base64'),
    ...{ pendingMs: 'never', maximumRows: 10, openingBalanceCents: 10n ** 30n },
  });
  const open = (change: object, timeoutMs = 10_000): RewardProvider => {
    const clock = { now: () => instantOf(nowMs()) };
    return tangoAdapter.open({ ...fake.secret, ...change }, { clock, timeoutMs });
  };
  return {
    provider: open({}),
    hasty: open({}, 40),
    mistaken: open({ platformKey: 'canary_key_of_another' }),
    unreachable: open({ baseUrl: await deadAddress() }),
    productIn: fake.productIn,
    secrets: [...Object.values(keys), fake.secret.webhookSecret ?? '', 'canary'],
    setTrouble: (trouble) => {
      fake.setFaults(faultsOf[trouble] ?? {});
      fake.setAnswerHook(hooks[trouble]);
    },
    orders: () => fake.orders().map(standInOrder),
    rewardsIssued: fake.rewardsIssued,
    decide: (reference, verdict) => {
      const statuses = { taken: 'COMPLETE', failed: 'FAILED', canceled: 'CANCELLED' } as const;
      fake.decide(wireReference(reference), statuses[verdict]);
    },
    undo: (reference) => fake.decide(wireReference(reference), 'CANCELLED'),
    pass: (durationMs) => {
      aheadMs += durationMs;
    },
    now: nowMs,
    webhook: (about, reference) => fake.signWebhook(eventOf(fake, about, reference)),
    forgedWebhook: (reference) => fake.signWebhook(eventOf(fake, 'order', reference), 'forger'),
    productsSold: fake.productsSold,
    balance: () => ({ amountMinor: fake.balanceCents(), currency: 'USD' }),
    close: fake.close,
  };
}

function wireReference(reference: string): string {
  return reference.replaceAll('-', '');
}

function eventOf(fake: FakeTango, about: 'order' | 'reward' | 'nothing', reference: string) {
  const isPlaced = fake.orders().length > 0;
  if (about !== 'nothing' && isPlaced) return fake.eventAbout(about, wireReference(reference));
  return { category: 'ACCOUNT', eventType: 'LowBalance', eventData: { canary: 'canary' } };
}

function standInOrder({
  externalRefId,
  amount,
  ...order
}: ReturnType<FakeTango['orders']>[number]): ReturnType<Stage['orders']>[number] {
  const [whole = '', fraction = ''] = amount.split('.');
  const reference = (externalRefId ?? '').replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
  const digits = currencyExponent(order.currency) ?? 0;
  return {
    ...{ reference, amountMinor: BigInt(whole + fraction.padEnd(digits, '0')) },
    ...{ currency: order.currency, email: order.email ?? '', rewards: order.rewards },
  };
}

/** A loopback address that nothing listens on. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/raas/v2`;
}
