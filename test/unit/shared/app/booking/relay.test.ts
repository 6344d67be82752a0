import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { relay } from '../../../../../shared/app/booking/relay.ts';
import type { PublishedEvent } from '../../../../../shared/ports/runtime.ts';
import { delivery, returned } from '../../../../support/deliveries.ts';
import { drain, requested } from '../../../../support/fulfilment.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { createWorld, type World } from '../../../../support/world.ts';

async function published(world: World): Promise<PublishedEvent[]> {
  const events: PublishedEvent[] = [];
  const publisher = {
    publish: async (some: readonly PublishedEvent[]) => void events.push(...some),
  };
  await relay(publisher, [...world.table.entries.values()]);
  return events;
}

describe('the bus', () => {
  it('hears of points with their sign and unit', async () => {
    const world = createWorld();
    await accrue(world.dependencies, [delivery(), delivery({ id: 'small', amountMinor: 1 })]);
    await accrue(world.dependencies, [returned('r1', 150_000)]);
    const told = (await published(world)).map(({ type, detail }) => [type, detail.amounts]);
    expect(told).toEqual([
      ['points.accrued.v1', { PTS: '1000' }],
      ['points.accrued.v1', {}],
      ['points.returned.v1', { PTS: '-1500' }],
    ]);
  });

  it('hears of a level that one deal has led to, beside its points', async () => {
    const names = { en: 'A level' };
    const tiers = {
      levels: [
        { id: 'blue', names },
        { id: 'gold', names },
      ],
      placements: [{ when: { type: ['order.placed'] }, level: 'gold' }],
      ...{ window: { kind: 'rolling', months: 6 }, up: { when: 'now' } },
      down: { when: 'review', every: 'quarter', graceMonths: 1, step: 'all' },
    };
    const world = createWorld(sampleProgram({ tiers }));
    await accrue(world.dependencies, [delivery()]);
    await accrue(world.dependencies, [delivery({ id: 'another' })]);
    const told = (await published(world)).filter(({ detail }) => detail.reason === 'TIER_PLACED');
    expect(told).toMatchObject([{ type: 'tier.changed.v1', detail: { member: 'ann' } }]);
  });

  it('hears of redemptions and how they ended', async () => {
    for (const end of ['captured', 'released'] as const) {
      const { world, id } = await requested();
      world.provider.placing = end === 'released' ? [{ reject: 'permanent' }] : [];
      await drain(world);
      const [, asked, settled] = await published(world);
      const rewardId = 'gift-card-gbp';
      expect(asked).toMatchObject({
        type: 'redemption.requested.v1',
        detail: { redemption: id, rewardId, reason: 'REDEEMED', amounts: { PTS: '-1000' } },
      });
      expect(settled?.type).toBe('redemption.settled.v1');
      const { detail } = settled ?? {};
      expect(detail).toMatchObject({ redemption: id, outcome: end, member: 'ann', rewardId });
      // How the provider was chosen is not told; why the points are back is.
      expect(detail?.amounts).toEqual(end === 'captured' ? {} : { PTS: '1000' });
      expect(detail?.reason).toEqual(end === 'captured' ? undefined : expect.any(String));
    }
  });

  it('hears no producer’s id, address or code', async () => {
    const { world } = await requested();
    await drain(world);
    const text = JSON.stringify(await published(world));
    for (const word of ['A-1', '@', 'http']) expect(text).not.toContain(word);
  });
});
