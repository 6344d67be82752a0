import { tangoAdapter } from '../../shared/adapters/providers/tango.ts';
import { currencyExponent } from '../../shared/domain/money/currency.ts';
import type { RewardProvider } from '../../shared/ports/provider.ts';
import type { Stage, Trouble } from './certification/stage.ts';
import type { AnswerHook } from './fake/common/server.ts';
import type { TangoRates } from './fake/tango/faults.ts';
import { type FakeTango, startFakeTango } from './fake/tango.ts';
import { deadAddress, half, movedClock, replaced, replacedBy, usualHooks } from './stage-parts.ts';

const faultsOf: Readonly<Partial<Record<Trouble, TangoRates>>> = {
  ...{ lostRequest: { lostRequest: 1 }, slow: { slow: 1 }, outOfFunds: { outOfFunds: 1 } },
  ...{ pending: { pending: 1 }, inProgress: { inProgress: 1 } },
};

const said = (status: number, more = ''): string =>
  `{"requestId":"canary","httpCode":${status},"httpPhrase":"canary words"${more}}`;

const hooks: Readonly<Partial<Record<Trouble, AnswerHook>>> = {
  ...usualHooks,
  serverError: replacedBy(500, said(500, ',"i18nKey":"500.003"')),
  rateLimit: replacedBy(429, said(429)),
  rateLimitOtherForm: replacedBy(429, '<html>canary words</html>'),
  invalid: replacedBy(422, said(422, ',"errors":[{"path":"amount","i18nKey":"422.025"}]')),
  saysFailed: replaced(/"COMPLETE"/g, '"FAILED"'),
  saysCanceled: replaced(/"COMPLETE"/g, '"CANCELLED"'),
  otherAmount: replaced(/"denomination":\{"value":1/g, '"denomination":{"value":2'),
  otherCurrency: replaced(/"currencyCode":"GBP"/g, '"currencyCode":"EUR"'),
  otherReference: replaced(/"externalRefID":"[^"]*"/g, '"externalRefID":"canary"'),
  twoRewards: replaced(
    /"credentialList":\[/g,
    '"credentialList":[{"value":"canary","credentialType":"claimCode"},',
  ),
  unknownStatus: replaced(/"COMPLETE"/g, '"canary BREWING"'),
  noNewLinks: replaced(/"credentialList":\[[^\]]*\]/g, '"credentialList":[]'),
  breaksOff: (answer, call) => {
    if (call.parts[0] === 'catalogs') return half(answer, call);
    return call.query.get('page') === '0' ? answer : undefined;
  },
};

export async function tangoStage(): Promise<Stage> {
  const { now, pass, clock } = movedClock();
  const keys = { platformKey: 'canary_platform_key' };
  const fake = await startFakeTango({
    ...{ seed: 'certification', keys, webhookKey: 'canary_webhook_key', nowMs: now },
    webhookSecret: Buffer.from('canary webhook secret').toString('base64'),
    ...{ pendingMs: 'never', maximumRows: 10, openingBalanceCents: 10n ** 30n },
  });
  const open = (change: object, timeoutMs = 10_000): RewardProvider => {
    return tangoAdapter.open({ ...fake.secret, ...change }, { clock, timeoutMs });
  };
  return {
    provider: open({}),
    hasty: open({}, 40),
    mistaken: open({ platformKey: 'canary_key_of_another' }),
    unreachable: open({ baseUrl: await deadAddress('/raas/v2') }),
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
    ...{ now, pass },
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
