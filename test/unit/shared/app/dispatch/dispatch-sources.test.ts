import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { attemptReference } from '../../../../../shared/domain/redemption/reference.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import { drain, orderOf, task } from '../../../../support/fulfilment.ts';
import type { ScriptedProvider } from '../../../../support/scripted-provider.ts';
import { type Held, held } from '../../../../support/sources.ts';

const hourMs = 3_600_000;

async function routed(...given: Parameters<typeof held>): Promise<Held> {
  const asked = await held(...given);
  await route(asked.world.dependencies, task(asked.id));
  return asked;
}

const other = ({ others }: Held): ScriptedProvider => {
  const [first] = others;
  if (first === undefined) throw new Error('Another provider.');
  return first;
};

const rewardsOf = ({ world, others }: Held) =>
  [world.provider, ...others].flatMap((each) => each.rewards().map(() => each.name));

describe('a provider that has said no', () => {
  it('is followed by the next one, under the next reference', async () => {
    const asked = await routed({ runa: {} });
    const { world, id } = asked;
    world.provider.placing = [{ reject: 'permanent' }];
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({
      ...{ state: 'captured', provider: 'runa', attempt: 2, tried: ['tremendous'] },
      reasons: ['LISTED_FIRST', 'SCRIPTED', 'ONLY_PROVIDER_OF_REWARD'],
    });
    expect([...other(asked).orders.keys()]).toEqual([attemptReference(id, 2)]);
    expect(world.table.settlements.get(id)?.[0]?.provider).toBe('runa');
  });

  it('has said it as well by asking for a new key again and again', async () => {
    const asked = await routed({ runa: {} });
    const { world, id } = asked;
    world.provider.placing = Array(9).fill({ reject: 'retryNewKey' });
    other(asked).placing = [{ reject: 'retryNewKey' }];
    await drain(world);
    expect(world.provider.calls).toHaveLength(5);
    expect(orderOf(world, id)).toMatchObject({
      ...{ state: 'captured', provider: 'runa', attempt: 7, tried: ['tremendous'] },
    });
    expect(rewardsOf(asked)).toEqual(['runa']);
  });

  it('is not followed while an earlier call to it may still take effect', async () => {
    const asked = await routed({ runa: {} });
    const { world } = asked;
    world.provider.placing = ['delayed', { reject: 'permanent' }];
    let arrived = false;
    await drain(world, world.dependencies, () => {
      expect(other(asked).calls).toEqual([]);
      if (world.provider.calls.length < 3 || arrived) return;
      world.provider.arrive();
      arrived = true;
    });
    expect(rewardsOf(asked)).toEqual(['tremendous']);
  });

  it('is the last where all have said no: the points come back', async () => {
    const asked = await routed({ runa: {}, tango: {} });
    const { world, id } = asked;
    for (const each of [world.provider, ...asked.others]) each.placing = [{ reject: 'permanent' }];
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({
      ...{ state: 'released', attempt: 3, tried: ['tremendous', 'runa', 'tango'] },
    });
    expect(rewardsOf(asked)).toEqual([]);
  });
});

describe('what the provider charges', () => {
  it('is what is owed to it, in its own currency', async () => {
    const { world, id } = await routed({});
    world.provider.charge = () => ({ amountMinor: 1234n, currency: 'USD' });
    await drain(world);
    expect(orderOf(world, id).charge).toEqual({ amountMinor: 1234n, currency: 'USD' });
    const legs = world.table.settlements.get(id)?.[0]?.entry.legs ?? [];
    const owed = legs.filter(({ account }) => account.kind === 'providerPayable');
    expect(owed.map(({ unit, amount }) => [unit, amount])).toEqual([['USD', -1234n]]);
  });
});

describe('an account out of funds', () => {
  it('is waited for, with one call each time there may be some again', async () => {
    const asked = await routed({});
    const { world, id } = asked;
    const tooLittle = { amountMinor: 900n, currency: 'GBP' };
    world.provider.money = [tooLittle];
    world.provider.placing = [{ reject: 'waitForFunds' }];
    const start = world.clock.now();
    await drain(world, world.dependencies, () => {
      if (world.clock.now() < addMs(start, 0.5 * hourMs)) return;
      world.provider.money = [{ ...tooLittle, amountMinor: 90_000n }];
    });
    expect(orderOf(world, id).state).toBe('captured');
    expect(world.provider.calls).toEqual(['place 01', 'find 01', 'place 01']);
    expect(world.logged.filter((line) => line.startsWith('FUNDS_BACK'))).toHaveLength(1);
    expect(orderOf(world, id).waitingFor).toBeUndefined();
  });

  it('that repeats its errors is asked again under a new reference', async () => {
    const asked = await held({ runa: { replaysErrors: true } });
    const { world, id, hold } = asked;
    world.table.holds.set(id, {
      ...hold(),
      terms: { ...hold().terms, sources: [{ provider: 'runa', products: ['R'] }] },
    });
    await route(world.dependencies, task(id));
    other(asked).placing = [{ reject: 'waitForFunds' }];
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({ state: 'captured', attempt: 2 });
    expect(other(asked).calls).toEqual(['place 01', 'place 02']);
  });

  it('loses orders that it was never asked for to one that has some', async () => {
    const asked = await routed({ runa: {} });
    const { world, id } = asked;
    await world.dependencies.gate.outOfFunds('tremendous');
    await drain(world);
    expect(rewardsOf(asked)).toEqual(['runa']);
    expect(world.provider.calls).toEqual([]);
    expect(orderOf(world, id)).toMatchObject({ attempt: 1, call: 1 });
  });
});

describe('a provider that does not answer', () => {
  it('keeps the orders that it was asked for, and nobody else gets them', async () => {
    const asked = await routed({ runa: {} });
    const { world } = asked;
    world.provider.placing = ['lost'];
    world.provider.finding = Array(12).fill('unheard');
    await drain(world);
    expect(world.logged.some((line) => line.startsWith('BREAKER_OPENED'))).toBe(true);
    expect(other(asked).calls).toEqual([]);
    expect(rewardsOf(asked)).toEqual(['tremendous']);
  });

  it('loses those that it was never asked for', async () => {
    const asked = await routed({ runa: {} });
    const { world } = asked;
    await world.dependencies.gate.heard('tremendous', 'misconfigured');
    await drain(world);
    expect(rewardsOf(asked)).toEqual(['runa']);
    expect(world.provider.calls).toEqual([]);
  });

  it('is waited for where nobody else has the reward, without a call or a claim', async () => {
    const { world, id } = await routed({});
    world.inbox.messages.splice(0);
    await world.dependencies.gate.heard('tremendous', 'misconfigured');
    await dispatch(world.dependencies, task(id));
    expect(world.provider.calls).toEqual([]);
    expect(orderOf(world, id).call).toBe(0);
    const [message] = world.inbox.messages;
    expect(message?.queue).toBe('dispatch');
    expect((message?.dueAt ?? 0) - world.clock.now()).toBe(300_000);
  });
});

describe('references', () => {
  it('are not sent twice where a second order would come of it', async () => {
    const asked = await held({ reloadly: { repeatedReference: 'newOrder' } });
    const { world, id, hold } = asked;
    const sources = [{ provider: 'reloadly', products: ['R'] }];
    world.table.holds.set(id, { ...hold(), terms: { ...hold().terms, sources } });
    await route(world.dependencies, task(id));
    const provider = other(asked);
    provider.placing = ['delayed'];
    const start = world.clock.now();
    await drain(world, world.dependencies, () => {
      if (world.clock.now() >= addMs(start, 100_000)) provider.arrive();
      else expect(provider.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
    });
    expect(rewardsOf(asked)).toEqual(['reloadly']);
  });

  it('too old to be known any more are looked up, and not used again', async () => {
    const asked = await held(
      { runa: { referenceLifeDays: 1 } },
      { redemption: { giveUpHours: 999 } },
    );
    const { world, id, hold } = asked;
    const sources = [{ provider: 'runa', products: ['R'] }];
    world.table.holds.set(id, { ...hold(), terms: { ...hold().terms, sources } });
    await route(world.dependencies, task(id));
    const provider = other(asked);
    provider.placing = ['dropped'];
    await dispatch(world.dependencies, task(id));
    world.clock.advance(25 * hourMs);
    await drain(world);
    expect(provider.calls).toEqual(['place 01', 'find 01', 'place 02']);
    expect(orderOf(world, id)).toMatchObject({ state: 'captured', attempt: 2 });
  });
});

describe('what is ordered', () => {
  it('names kind, country and language, and for goods the address', async () => {
    const { world, id, hold } = await held({});
    const context = { program: 'online-retail', redemption: id, field: 'address' } as const;
    const sealedAddress = await world.dependencies.sealer.seal(context, new Secret('1 High St'));
    const terms = { ...hold().terms, kind: 'merchandise', language: 'pl' } as const;
    world.table.holds.set(id, { ...hold(), sealedAddress, terms });
    const { placeOrder } = world.provider;
    const placed: unknown[] = [];
    world.provider.placeOrder = async (order) => {
      placed.push([order.kind, order.country, order.language, order.address?.reveal()]);
      return placeOrder.call(world.provider, order);
    };
    await route(world.dependencies, task(id));
    await drain(world);
    expect(placed).toEqual([['merchandise', 'GB', 'pl', '1 High St']]);
    expect(JSON.stringify(world.inbox.messages) + world.logged.join()).not.toContain('High St');
  });
});
