import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { owner } from '../../../../support/points.ts';
import {
  asking,
  change,
  held,
  outcomeOf,
  request,
  worldOf,
} from '../../../../support/redeeming.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import type { World } from '../../../../support/world.ts';

const hourMs = 3_600_000;
const seed = 20_261_122;
const task = (redemption: string) => ({ program: 'online-retail', member: 'ann', redemption });

function limited(limit: Readonly<Record<string, unknown>>) {
  return rewarding([reward()], { limits: [{ id: 'l', unit: 'PTS', ...limit }] });
}

describe('a limit', () => {
  it('counts points in its window', async () => {
    const world = await worldOf(limited({ window: 'day', maximumPoints: 2500 }));
    const ask = (key: string, amountMinor: bigint) =>
      outcomeOf(world, asking(key, request({ amountMinor })));
    expect(await ask('k1', 1500n)).toBe('1500');
    expect(await ask('k2', 1001n)).toBe('LIMIT_REACHED');
    expect(await ask('k3', 1000n)).toBe('1000');
    expect(await ask('k4', 1n)).toBe('LIMIT_REACHED');
    world.clock.advance(12 * hourMs);
    expect(await ask('k5', 2500n)).toBe('2500');
    const { standing } = await world.dependencies.ledger.readBalance(owner);
    expect(standing.counters.size).toBe(1);
  });

  it('counts times, and a repeated request once', async () => {
    const world = await worldOf(limited({ window: 'lifetime', maximumTimes: 2 }));
    expect(await outcomeOf(world, asking('k1'))).toBe('1000');
    expect(await outcomeOf(world, asking('k1'))).toBe('1000');
    expect(await outcomeOf(world, asking('k2'))).toBe('1000');
    expect(await outcomeOf(world, asking('k3'))).toBe('LIMIT_REACHED');
    expect(await outcomeOf(world, asking('k2'))).toBe('1000');
  });

  it('has room again for what was given back, as long as its window stands', async () => {
    const world = await worldOf(limited({ window: 'day', maximumTimes: 1 }));
    const first = await held(world, asking('k1'));
    expect(await outcomeOf(world, asking('k2'))).toBe('LIMIT_REACHED');
    await cancel(world.dependencies, task(first));
    const second = await held(world, asking('k3'));
    world.clock.advance(24 * hourMs);
    await held(world, asking('k4'));
    await cancel(world.dependencies, task(second));
    expect(await outcomeOf(world, asking('k5'))).toBe('LIMIT_REACHED');
  });

  it('that is reached says which it is, what is left and when its window ends', async () => {
    const limits = [
      { id: 'daily', unit: 'PTS', window: 'day', maximumPoints: 5000, maximumTimes: 2 },
      { id: 'weekly', unit: 'PTS', window: 'week', maximumPoints: 2300 },
      { id: 'ever', unit: 'PTS', window: 'lifetime', maximumTimes: 2 },
    ];
    const world = await worldOf(rewarding([reward()], { limits }));
    const refusedOf = async (key: string, amountMinor: bigint) => {
      const result = await redeem(world.dependencies, asking(key, request({ amountMinor })));
      return result.ok ? undefined : result.failure;
    };
    await held(world, asking('k1'));
    const weekly = { limit: 'weekly', unit: 'PTS', window: 'week', resetsOn: '2026-06-22' };
    expect(await refusedOf('k2', 1301n)).toEqual({
      code: 'LIMIT_REACHED',
      limits: [{ ...weekly, pointsLeft: 1300n }],
    });
    await held(world, asking('k3'));
    expect(await refusedOf('k4', 1n)).toEqual({
      code: 'LIMIT_REACHED',
      limits: [
        {
          ...{ limit: 'daily', unit: 'PTS', window: 'day', resetsOn: '2026-06-16' },
          ...{ pointsLeft: 3000n, timesLeft: 0n },
        },
        { limit: 'ever', unit: 'PTS', window: 'lifetime', timesLeft: 0n },
      ],
    });
    change(world, rewarding([reward()], { limits: [{ ...limits[1], maximumPoints: 1500 }] }));
    const left = { code: 'LIMIT_REACHED', limits: [{ ...weekly, pointsLeft: 0n }] };
    expect(await refusedOf('k5', 1n)).toEqual(left);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is kept when many ask at once (seed %i)', async (turn) => {
    const world = await worldOf(limited({ window: 'month', maximumPoints: 3500 }));
    const turns = seededTurns(turn);
    const { ledger, redemptions } = world.dependencies;
    const ports = {
      ledger: interleaved(ledger, turns),
      redemptions: interleaved(redemptions, turns),
    };
    const racing: World = { ...world, dependencies: { ...world.dependencies, ...ports } };
    const keys = Array.from({ length: 6 }, (_, index) => `k${index}`);
    const outcomes = await Promise.all(keys.map((key) => outcomeOf(racing, asking(key))));
    expect(outcomes.filter((outcome) => outcome === '1000')).toHaveLength(3);
    expect(new Set(outcomes)).toEqual(new Set(['1000', 'LIMIT_REACHED']));
  });

  it('holds over any days, amounts and cancellations', async () => {
    const step = fc.record({
      hours: fc.integer({ min: 0, max: 30 }),
      amountMinor: fc.bigInt({ min: 1n, max: 900n }),
      cancels: fc.boolean(),
    });
    const property = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const world = await worldOf(limited({ window: 'day', maximumPoints: 1000, maximumTimes: 3 }));
      const standing: { day: number; points: bigint }[] = [];
      for (const [index, { hours, amountMinor, cancels }] of steps.entries()) {
        world.clock.advance(hours * hourMs);
        const command = asking(`k${index}`, request({ amountMinor }));
        const result = await redeem(world.dependencies, command);
        // Days of London in summer.
        const day = Math.floor((world.clock.now() + hourMs) / (24 * hourMs));
        const today = standing.filter((one) => one.day === day);
        const used = today.reduce((sum, { points }) => sum + points, 0n);
        const fits = used + amountMinor <= 1000n && today.length < 3;
        expect(result.ok).toBe(fits);
        if (!result.ok) continue;
        if (cancels) await cancel(world.dependencies, task(result.value.hold.redemption));
        else standing.push({ day, points: amountMinor });
      }
    });
    await fc.assert(property, { seed, numRuns: 60 });
  });
});

describe('a review', () => {
  const reviewed = (...reviews: Readonly<Record<string, unknown>>[]) =>
    rewarding([reward()], { reviews });

  it('is asked for from so many points on', async () => {
    const world = await worldOf(reviewed({ id: 'large', fromPoints: 1000 }));
    expect(await outcomeOf(world, asking('k1', request({ amountMinor: 999n })))).toBe('999');
    expect(await outcomeOf(world, asking('k2'))).toBe('1000 under review');
    expect([...world.table.reviews.values()]).toMatchObject([
      { state: 'waiting', rules: ['large'], version: 1 },
    ]);
  });

  it('looks at redemptions until one was let go', async () => {
    const world = await worldOf(reviewed({ id: 'first', first: true, fromPoints: 500 }));
    const small = request({ amountMinor: 100n });
    expect(await outcomeOf(world, asking('k1'))).toBe('1000 under review');
    expect(await outcomeOf(world, asking('k2'))).toBe('1000 under review');
    const third = await held(world, asking('k3', small));
    await cancel(world.dependencies, task(third));
    expect(await outcomeOf(world, asking('k4'))).toBe('1000 under review');
    expect(await outcomeOf(world, asking('k5', small))).toBe('100');
    expect(await outcomeOf(world, asking('k6'))).toBe('1000');
  });

  it('is asked for when there were too many in the hours before', async () => {
    const world = await worldOf(reviewed({ id: 'fast', velocity: { times: 2, hours: 24 } }));
    const outcomes: string[] = [];
    for (const [index, hours] of [0, 10, 10, 10, 25, 0].entries()) {
      world.clock.advance(hours * hourMs);
      outcomes.push(await outcomeOf(world, asking(`k${index}`)));
    }
    // At hours 0, 10, 20, 30, 55 and 55: two in the day before 20 and before 30.
    const [yes, no] = ['1000 under review', '1000'];
    expect(outcomes).toEqual([no, no, yes, yes, no, no]);
    expect(await outcomeOf(world, asking('k9'))).toBe(yes);
  });

  it('asks for every condition of a rule', async () => {
    const rule = { id: 'both', fromPoints: 1000, velocity: { times: 1, hours: 1 } };
    const world = await worldOf(reviewed(rule));
    expect(await outcomeOf(world, asking('k1'))).toBe('1000');
    expect(await outcomeOf(world, asking('k2', request({ amountMinor: 500n })))).toBe('500');
    expect(await outcomeOf(world, asking('k3'))).toBe('1000 under review');
  });
});
