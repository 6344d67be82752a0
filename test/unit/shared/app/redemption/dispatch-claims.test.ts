import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import type {
  AskedOrder,
  PlaceOrder,
  ProviderCapabilities,
} from '../../../../../shared/ports/provider.ts';
import { drain, expectSettled, orderOf, requested, task } from '../../../../support/fulfilment.ts';
import { wrapped } from '../../../../support/scheduling.ts';
import { held } from '../../../../support/sources.ts';
import { callBudgetMs, type World } from '../../../../support/world.ts';

/** What a provider may still do with a call after its claim. */
const lateArrivalMs = 120_000;

/** Look-ups take this long, and tell what was true at their beginning. */
function withSlowLookUps({ clock, dependencies, provider }: World, tookMs: number) {
  const slow = wrapped(provider, async (call, name) => {
    const answer = await call();
    if (name === 'findOrder') clock.advance(tookMs);
    return answer;
  });
  return { ...dependencies, providers: new Map([[provider.name, slow]]) };
}

/** A first call is on its way, and its last chance to arrive comes within the next look-up. */
async function onItsWay(habits: Partial<ProviderCapabilities>) {
  const { world, id } = await requested();
  Object.assign(world.provider.capabilities, habits);
  world.provider.placing = ['delayed'];
  await dispatch(world.dependencies, task(id));
  world.clock.advance(callBudgetMs + lateArrivalMs - 1000);
  return { world, id, slow: withSlowLookUps(world, 2000) };
}

describe('a look-up says nothing of what arrives after it', () => {
  it('where a repeat would be a second order', async () => {
    const { world, id, slow } = await onItsWay({ repeatedReference: 'newOrder' });
    await dispatch(slow, task(id));
    world.provider.arrive();
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(world.provider.calls.filter((call) => call === 'place 01')).toHaveLength(1);
  });

  it('where the member has called it off', async () => {
    const { world, id, slow } = await onItsWay({});
    await cancel(world.dependencies, { ...task(id), member: 'ann' });
    await dispatch(slow, task(id));
    world.provider.arrive();
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
  });
});

describe('a worker that was held up past its claim', () => {
  it('places nothing: others have gone on', async () => {
    const { world, id, others } = await held({ runa: {} });
    await route(world.dependencies, task(id));
    world.provider.placing = [{ reject: 'permanent' }];
    const { sealer } = world.dependencies;
    const stalled = wrapped(sealer, async (call) => {
      world.clock.advance(callBudgetMs + lateArrivalMs + 1000);
      await dispatch(world.dependencies, task(id));
      await drain(world);
      return call();
    });
    await dispatch({ ...world.dependencies, sealer: stalled }, task(id));
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({ state: 'captured', provider: 'runa' });
    const rewards = [world.provider, ...others].flatMap((each) => each.rewards());
    expect(rewards).toHaveLength(1);
  });
});

describe('what an undone order has cost', () => {
  it('is not what the next provider is owed', async () => {
    const { world, id } = await held({ runa: {} });
    world.provider.charge = () => ({ amountMinor: 1200n, currency: 'USD' });
    await route(world.dependencies, task(id));
    await drain(world);
    for (const made of world.provider.orders.values()) made.state = 'failed';
    const reading = { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' } as const;
    await heedWebhook(world.dependencies, { provider: 'tremendous', reading });
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({ state: 'captured', provider: 'runa' });
    const last = world.table.settlements.get(id)?.at(-1)?.entry;
    const owed = last?.legs.filter(({ account }) => account.kind === 'providerPayable');
    expect(owed).toEqual([
      { account: { kind: 'providerPayable', provider: 'runa' }, unit: 'GBP', amount: -1000n },
    ]);
  });
});

describe('a provider whose lists lag behind its orders', () => {
  const lagMs = 600_000;

  it('is not asked for a second card while the list may not show the first one', async () => {
    const { world, id } = await requested();
    const { clock, dependencies, provider } = world;
    Object.assign(provider.capabilities, { repeatedReference: 'newOrder' });
    provider.placing = ['dropped', 'lost'];
    let madeAt = clock.now();
    const lagging = new Proxy(provider, {
      get(target, name) {
        if (name === 'placeOrder') {
          return (order: PlaceOrder) => {
            madeAt = clock.now();
            return target.placeOrder(order);
          };
        }
        if (name !== 'findOrder') return Reflect.get(target, name, target);
        return (reference: string, asked: AskedOrder) => {
          const isListed = clock.now() - madeAt > lagMs;
          const isLagOver = clock.now() - (asked.lastSentAt ?? asked.since) > lagMs;
          const unlisted = { kind: 'unknown', detail: 'NOT_YET_LISTED' } as const;
          if (!isListed) target.finding = [isLagOver ? { kind: 'notFound' } : unlisted];
          return target.findOrder(reference, asked);
        };
      },
    });
    const providers = new Map([[provider.name, lagging]]);
    const lagged = { ...dependencies, providers };
    for (const seconds of [0, 700, 200]) {
      clock.advance(seconds * 1000);
      await dispatch(lagged, task(id));
    }
    await drain(world, lagged);
    expect(await expectSettled(world, id)).toBe('captured');
    expect(provider.calls.filter((call) => call === 'place 01')).toHaveLength(2);
  });
});
