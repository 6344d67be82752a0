import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { instantOf } from '../../../shared/domain/time.ts';
import type { RewardProvider } from '../../../shared/ports/provider.ts';
import { type Cases, collected } from './on-stage.ts';
import { askedOf, canaryEmail, orderOf, type Played, troubles } from './stage.ts';

const reference = '51111111-2222-8333-8444-555555555501';
const hourMs = 3_600_000;

/**
 * P7: nothing that an outcome or an error shows is a link, a code, an address, a key or the
 * provider's text.
 */
export function certifySecrecy({ onStage, those, has }: Cases): void {
  for (const trouble of those(...troubles.filter((it) => it !== 'slow'))) {
    test(`no secret shows: ${trouble}`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        expectNoSecret(stage, await everything(stage, stage.provider));
      }));
  }

  test('no secret shows: refused key, no connection, time-out', () =>
    onStage(async (stage) => {
      const providers = [
        stage.provider,
        ...(has('key') ? [stage.mistaken] : []),
        ...(has('connection') ? [stage.unreachable] : []),
        ...(those('slow').length > 0 ? [stage.hasty] : []),
      ];
      const shown: unknown[] = [];
      for (const provider of providers) {
        if (provider === stage.hasty) stage.setTrouble('slow');
        shown.push(...(await everything(stage, provider)), provider);
      }
      expectNoSecret(stage, shown);
    }));
}

/** Every outcome and every error of one go through the port. */
async function everything(stage: Played, provider: RewardProvider): Promise<readonly unknown[]> {
  const order = orderOf(stage, reference);
  const named = { reference, providerOrder: 'UNKNOWN' };
  const shown: unknown[] = [];
  /** Whatever the provider said that its id of an order is. */
  const told = () => {
    const ids = shown.map((it) => (it instanceof Object ? Reflect.get(it, 'providerOrder') : ''));
    const providerOrder = ids.find((id): id is string => typeof id === 'string' && id !== '');
    return providerOrder === undefined ? {} : { providerOrder };
  };
  const [from, to] = [instantOf(stage.now() - hourMs), instantOf(stage.now() + hourMs)];
  const acts: readonly (() => unknown)[] = [
    () => provider.placeOrder(order),
    () => provider.placeOrder(order),
    () => provider.placeOrder(orderOf(stage, reference, { products: ['another'] })),
    () => provider.placeOrder(orderOf(stage, reference, { products: [] })),
    () => provider.placeOrder(orderOf(stage, '/')),
    () => provider.findOrder(reference, askedOf(stage, reference)),
    () => provider.findOrder(reference, { ...askedOf(stage, reference), ...told() }),
    () => provider.referenceOf({ kind: 'order', webhookId: '1', providerOrder: 'UNKNOWN' }),
    () => provider.referenceOf({ kind: 'reward', webhookId: '1', providerReward: 'UNKNOWN' }),
    () => collected(provider.catalogue()),
    () => provider.product(stage.productIn('GBP')),
    () => provider.product('UNKNOWN'),
    () => provider.balances(),
    () => collected(provider.settlements({ from, to })),
    () => provider.resend({ ...named, recipientEmail: canaryEmail }),
    () => provider.cancel(named),
    ...(provider.capabilities.sendsWebhooks
      ? [() => provider.readWebhook(stage.forgedWebhook(reference), instantOf(stage.now()))]
      : []),
  ];
  for (const act of acts) {
    try {
      shown.push(await act());
    } catch (error) {
      shown.push(error);
    }
  }
  return shown;
}

function expectNoSecret(stage: Played, shown: readonly unknown[]): void {
  const rewards = stage.orders().flatMap((order) => order.rewards);
  const tokens = rewards.map((reward) => reward.slice(reward.lastIndexOf('/') + 1));
  const secrets = [...stage.secrets, ...rewards, ...tokens, canaryEmail, 'canary'];
  for (const thing of shown) {
    const text = [
      inspect(thing, { depth: 12, showHidden: true }),
      String(thing),
      JSON.stringify(thing, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)),
      thing instanceof Error ? `${thing.stack} ${thing.message}` : '',
    ].join('\n');
    for (const secret of secrets) expect(text).not.toContain(secret);
    const detail = thing instanceof Object ? Reflect.get(thing, 'detail') : undefined;
    if (detail !== undefined) expect(detail).toMatch(/^[A-Z][A-Z_]{2,40}$/);
  }
}
