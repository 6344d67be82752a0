import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { RewardProvider } from '../../../shared/ports/provider.ts';
import type { OnStage } from './on-stage.ts';
import { canaryEmail, canaryValue, orderOf, type Stage, type Trouble } from './stage.ts';

const reference = '51111111-2222-8333-8444-555555555501';

const troubles: readonly Trouble[] = [
  ...(['none', 'lostAnswer', 'serverError', 'lostRequest', 'outOfFunds', 'rateLimit'] as const),
  ...(['invalid', 'page', 'garbage', 'truncated', 'endless', 'emptyObject'] as const),
  ...(['strangerNotFound', 'redirect', 'saysFailed', 'otherAmount', 'otherReference'] as const),
  ...(['twoRewards', 'unknownStatus', 'noNewLinks', 'pending'] as const),
];

/**
 * P7: nothing that an outcome or an error shows is a link, an address, a key or the provider's
 * text.
 */
export function certifySecrecy(onStage: OnStage): void {
  for (const trouble of troubles) {
    test(`no secret shows: ${trouble}`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        expectNoSecret(stage, await everything(stage, stage.provider));
      }));
  }

  test('no secret shows: refused key, no connection, time-out', () =>
    onStage(async (stage) => {
      const providers = [stage.mistaken, stage.unreachable, stage.provider, stage.hasty];
      const shown: unknown[] = [];
      for (const provider of providers) {
        if (provider === stage.hasty) stage.setTrouble('slow');
        shown.push(...(await everything(stage, provider)), provider);
      }
      expectNoSecret(stage, shown);
    }));
}

/** Every outcome and every error of one go through the port. */
async function everything(stage: Stage, provider: RewardProvider): Promise<readonly unknown[]> {
  const order = orderOf(stage, reference);
  const acts: readonly (() => unknown)[] = [
    () => provider.placeOrder(order),
    () => provider.placeOrder(order),
    () => provider.placeOrder(orderOf(stage, reference, { products: ['another'] })),
    () => provider.placeOrder(orderOf(stage, reference, { products: [] })),
    () => provider.placeOrder(orderOf(stage, '/')),
    () => provider.findOrder(reference, canaryValue),
    () => provider.referenceOf({ kind: 'order', webhookId: '1', providerOrder: 'UNKNOWN' }),
    () => provider.referenceOf({ kind: 'reward', webhookId: '1', providerReward: 'UNKNOWN' }),
    () => provider.readWebhook(stage.forgedWebhook(reference)),
  ];
  const shown: unknown[] = [];
  for (const act of acts) {
    try {
      shown.push(await act());
    } catch (error) {
      shown.push(error);
    }
  }
  return shown;
}

function expectNoSecret(stage: Stage, shown: readonly unknown[]): void {
  const links = stage.orders().flatMap(({ links }) => links);
  const tokens = links.map((link) => link.slice(link.lastIndexOf('/') + 1));
  const secrets = [...stage.secrets, ...links, ...tokens, canaryEmail, 'canary'];
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
