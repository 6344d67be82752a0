import { describe, expect, it } from 'vitest';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import { drain, orderOf, task } from '../../../../support/fulfilment.ts';
import { agree, type Held, held } from '../../../../support/sources.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Promised after so many minutes; nothing that is asked of the provider arrives. */
async function promised(minutes: number, parts: Record<string, unknown> = {}): Promise<Held> {
  const asked = await held({}, parts);
  const { world, hold } = asked;
  agree(asked, { promisedBy: addMs(hold().entry.occurredAt, minutes * minuteMs) });
  world.provider.placing = Array(400).fill('dropped');
  return asked;
}

/** When the delay was told, in minutes after the redemption. */
async function toldAfter(asked: Held): Promise<number[]> {
  const { world, hold } = asked;
  const told: number[] = [];
  await drain(world, world.dependencies, () => {
    const minutes = Math.floor((world.clock.now() - hold().entry.occurredAt) / minuteMs);
    for (const { type } of world.published.splice(0)) {
      expect(type).toBe('redemption.delayed.v1');
      told.push(minutes);
    }
  });
  return told;
}

describe('a promised time that will not be kept', () => {
  it('is told before it is missed, once, to the member and to ops', async () => {
    const asked = await promised(24 * 60, { redemption: { giveUpHours: 1 } });
    const { world, id } = asked;
    await route(world.dependencies, task(id));
    const [minutes = 0, ...more] = await toldAfter(asked);
    expect(more).toEqual([]);
    // A fifth of the span before, and the checks come every quarter of an hour.
    expect(minutes).toBeGreaterThanOrEqual(0.8 * 24 * 60);
    expect(minutes).toBeLessThanOrEqual(0.8 * 24 * 60 + 15);
    expect(world.logged.filter((line) => line.startsWith('DELIVERY_LATE'))).toHaveLength(1);
    expect(orderOf(world, id).toldLate).toBe(true);
  });

  it('of a quarter of an hour is told with the first check', async () => {
    const asked = await promised(15, { redemption: { giveUpHours: 1 } });
    await route(asked.world.dependencies, task(asked.id));
    expect(await toldAfter(asked)).toEqual([15]);
  });

  it('is told once also where nothing is ordered yet', async () => {
    const asked = await promised(60, { redemption: { giveUpHours: 3 } });
    const { world, id } = asked;
    world.table.reviews.set(id, {
      ...{ redemption: id, program: 'online-retail', state: 'waiting', rules: [] },
      ...{ openedAt: world.clock.now(), version: 1, decisions: [] },
    });
    expect(await toldAfter(asked)).toEqual([45]);
    expect(orderOf(world, id)).toMatchObject({ state: 'released', cancelled: 'late' });
  });

  it('is not told where the reward is there', async () => {
    const asked = await promised(15);
    asked.world.provider.placing = [];
    await route(asked.world.dependencies, task(asked.id));
    expect(await toldAfter(asked)).toEqual([]);
  });
});

describe('the limit of a program', () => {
  it('gives the points back by itself, after a definite no', async () => {
    const asked = await promised(60, { redemption: { giveUpHours: 2 } });
    const { world, id, hold } = asked;
    await route(world.dependencies, task(id));
    await drain(world);
    const [settlement] = world.table.settlements.get(id) ?? [];
    expect(settlement?.entry).toMatchObject({ kind: 'release' });
    const afterMs = (settlement?.entry.postedAt ?? 0) - hold().entry.occurredAt;
    expect(afterMs).toBeGreaterThanOrEqual(3 * hourMs);
    expect(afterMs).toBeLessThan(4 * hourMs);
    expect(orderOf(world, id).cancelled).toBe('late');
  });

  it('is shorter where the part in cash is not paid', async () => {
    const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
    const redemption = {
      ...{ giveUpHours: 72, cash: { maximumPercent: 50, paidWithinHours: 5 } },
      policies: [{ unit: 'PTS', worth }],
    };
    const asked = await promised(60, { redemption });
    const { world, id, hold } = asked;
    agree(asked, { cash: { amountMinor: 100n, currency: 'GBP' } });
    await drain(world);
    expect(orderOf(world, id)).toMatchObject({ state: 'released', cancelled: 'unpaid' });
    const afterMs = world.clock.now() - hold().entry.occurredAt;
    expect(afterMs).toBeGreaterThanOrEqual(5 * hourMs);
    expect(afterMs).toBeLessThan(6 * hourMs);
    expect(world.provider.calls).toEqual([]);
  });

  it('calls a person where nobody decides a review', async () => {
    const redemption = { unsettledCaseHours: 2, giveUpHours: 5 };
    const asked = await promised(60, { redemption });
    const { world, id } = asked;
    world.table.reviews.set(id, {
      ...{ redemption: id, program: 'online-retail', state: 'waiting', rules: [] },
      ...{ openedAt: world.clock.now(), version: 1, decisions: [] },
    });
    await drain(world);
    expect([...world.table.cases.values()].map(({ reason }) => reason)).toEqual(['UNREVIEWED']);
  });
});
