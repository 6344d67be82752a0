import { describe, expect, it } from 'vitest';
import * as projections from '../../../../../shared/adapters/memory/projection-store.ts';
import { project } from '../../../../../shared/app/booking/project.ts';
import { relay } from '../../../../../shared/app/booking/relay.ts';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { viewHistory } from '../../../../../shared/app/members/history-view.ts';
import { assertBalanced, type Entry } from '../../../../../shared/domain/ledger/entry.ts';
import type { WebhookReading } from '../../../../../shared/ports/provider.ts';
import type { PublishedEvent } from '../../../../../shared/ports/runtime.ts';
import { drain, expectSettled, orderOf, requested, task } from '../../../../support/fulfilment.ts';
import { held } from '../../../../support/sources.ts';
import type { World } from '../../../../support/world.ts';

const about: WebhookReading = { kind: 'order', webhookId: 'w1', providerOrder: 'order-1' };
const heed = (world: World) =>
  heedWebhook(world.dependencies, { provider: 'tremendous', reading: about });

function undo(world: World): void {
  for (const made of world.provider.orders.values()) made.state = 'failed';
}

const sums = (world: World) => {
  const amounts = new Map<string, bigint>();
  for (const { legs } of world.table.entries.values()) {
    assertBalanced(legs);
    for (const { account, amount, unit } of legs) {
      const key = `${account.kind} ${unit}`;
      amounts.set(key, (amounts.get(key) ?? 0n) + amount);
    }
  }
  return Object.fromEntries(amounts);
};

describe('a delivery that is undone', () => {
  it('is held again, and the points come back once nobody can deliver', async () => {
    const { world, id } = await requested();
    await drain(world);
    undo(world);
    await heed(world);
    expect(orderOf(world, id).state).toBe('reopened');
    expect(sums(world)).toMatchObject({ 'held PTS': 1000n, 'redeemed PTS': 0n });
    expect(sums(world)['providerPayable GBP']).toBe(0n);
    await drain(world);
    const record = await world.dependencies.redemptions.read(id);
    expect(record?.order?.state).toBe('released');
    const parts = record?.settlements.map(({ number, entry }) => `${number} ${entry.kind}`);
    expect(parts).toEqual(['1 capture', '2 release']);
    expect(sums(world)).toMatchObject({ 'held PTS': 0n, 'redeemed PTS': 0n });
  });

  it('is undone once, however often it is told', async () => {
    const { world, id } = await requested();
    await drain(world);
    undo(world);
    await Promise.all([heed(world), heed(world), heed(world)]);
    const record = await world.dependencies.redemptions.read(id);
    expect(record?.reopenings).toHaveLength(1);
    await drain(world);
    await heed(world);
    expect((await world.dependencies.redemptions.read(id))?.reopenings).toHaveLength(1);
  });

  it('is delivered by the next provider under the next reference', async () => {
    const { world, id, others } = await held({ runa: {} });
    await route(world.dependencies, task(id));
    await drain(world);
    undo(world);
    await heed(world);
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({ state: 'captured', provider: 'runa', attempt: 2 });
    expect(others.flatMap((each) => each.rewards())).toHaveLength(1);
    expect(sums(world)).toMatchObject({ 'held PTS': 0n, 'redeemed PTS': 1000n });
    expect(sums(world)['providerPayable GBP']).toBe(-1000n);
  });

  it('is as it was where the provider has it again', async () => {
    const { world, id } = await requested();
    await drain(world);
    undo(world);
    await heed(world);
    for (const made of world.provider.orders.values()) made.state = 'final';
    await drain(world);
    const record = await world.dependencies.redemptions.read(id);
    expect(record?.order?.state).toBe('captured');
    expect(record?.settlements).toHaveLength(2);
  });

  it('is watched from then on, also where its only message is lost', async () => {
    const { world, id } = await requested();
    await drain(world);
    undo(world);
    await heed(world);
    world.inbox.messages.splice(
      0,
      world.inbox.messages.length,
      ...world.inbox.messages.slice(0, 1),
    );
    expect(world.inbox.messages.map(({ queue }) => queue)).toEqual(['check']);
    await drain(world);
    expect(orderOf(world, id).state).toBe('released');
  });

  it('is told as such', async () => {
    const { world } = await requested();
    await drain(world);
    undo(world);
    await heed(world);
    const entries = [...world.table.entries.values()].filter(({ kind }) => kind === 'reopen');
    const events: PublishedEvent[] = [];
    await relay({ publish: async (some) => void events.push(...some) }, entries);
    expect(events.map(({ type, detail }) => [type, detail.outcome])).toEqual([
      ['redemption.reopened.v1', undefined],
    ]);
  });

  it('is open again for its member until it is over, projected in any order', async () => {
    const { world } = await requested();
    await drain(world);
    const store = projections.createMemoryProjectionStore(world.table);
    const points = async (entries: readonly Entry[]) => {
      await project(store, entries);
      const { lines } = await viewHistory(store, { program: 'online-retail', member: 'ann' });
      const all = lines.filter(({ redemption }) => redemption !== undefined);
      return all.map(({ redemption, amounts }) => `${redemption?.state} ${amounts.PTS}`);
    };
    const entries = () => [...world.table.entries.values()];
    expect(await points(entries())).toEqual(['captured -1000']);
    undo(world);
    await heed(world);
    const again = ['open -1000', 'reopened 1000', 'captured -1000'];
    for (const some of [entries(), entries().reverse()]) {
      expect((await points(some)).sort()).toEqual(again.toSorted());
    }
    await drain(world);
    const over = ['released 0', 'reopened 1000', 'captured -1000'];
    for (const some of [entries().reverse(), entries()]) {
      expect((await points(some)).sort()).toEqual(over.toSorted());
    }
  });

  it('is none where it only cannot be found, or for now', async () => {
    const { world, id } = await requested();
    await drain(world);
    world.provider.finding = [
      { kind: 'notFound' },
      { kind: 'rejected', reason: 'retrySameKey', detail: 'LATER' },
    ];
    await heed(world);
    await heed(world);
    expect(orderOf(world, id).state).toBe('captured');
  });
});

describe('a reward too many', () => {
  it('is booked once, at what it cost, and is never a second capture', async () => {
    const { world, id } = await requested();
    world.provider.charge = () => ({ amountMinor: 950n, currency: 'GBP' });
    world.provider.placing = ['delayed', ...Array(40).fill({ reject: 'permanent' })];
    await drain(world);
    expect(await expectSettled(world, id)).toBe('released');
    world.provider.arrive();
    await heed(world);
    await heed(world);
    const late = [...world.table.entries.values()].filter(({ kind }) => kind === 'late');
    expect(late.map(({ key }) => key)).toEqual([
      { at: 'redemption', redemption: id, part: 'L#001' },
    ]);
    expect(sums(world)).toMatchObject({ 'rewardCost GBP': 950n, 'providerPayable GBP': -950n });
    expect(sums(world)).toMatchObject({ 'held PTS': 0n });
    expect([...world.table.cases.values()].map(({ reason }) => reason)).toEqual([
      'SUCCESS_AFTER_RELEASE',
    ]);
  });
});
