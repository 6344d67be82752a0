import { describe, expect, it } from 'vitest';
import { check } from '../../../../../shared/app/dispatch/check.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { asking, held, outcomeOf, request, worldOf } from '../../../../support/redeeming.ts';

const gift = (parts: Parameters<typeof request>[0] = {}) =>
  ({ kind: 'gift', choice: 'c1', request: request(parts) }) as const;
const hourMs = 3_600_000;

describe('what somebody else pays for', () => {
  it('is given whatever the program says of points', async () => {
    const worth = { currency: 'EUR', amountMinor: 1, points: 1 };
    const policies = [{ unit: 'PTS', minimumPoints: 5000, steps: [5000], worth }];
    const byWorth = { pointsPerMajorUnit: undefined, marginBasisPoints: 0 };
    // In another currency than points are worth something in, and without a rate.
    const world = await worldOf(rewarding([reward(byWorth)], { policies }));
    expect(await outcomeOf(world, asking('k1'))).toBe('RATE_STALE');
    expect(await outcomeOf(world, asking('k2', gift()))).toBe('0');
    const stepped = await worldOf(rewarding([reward()], { policies }));
    expect(await outcomeOf(stepped, asking('k1'))).toBe('BELOW_MINIMUM');
    expect(await outcomeOf(stepped, asking('k2', gift()))).toBe('0');
    const from = await worldOf(rewarding([reward({ minimumPoints: 5000 })]));
    expect(await outcomeOf(from, asking('k1'))).toBe('BELOW_MINIMUM');
    expect(await outcomeOf(from, asking('k2', gift()))).toBe('0');
  });

  it('gives nothing back to limits and rules that it never counted in', async () => {
    const limits = [{ id: 'l', unit: 'PTS', window: 'lifetime', maximumTimes: 1 }];
    const reviews = [{ id: 'first', first: true, fromPoints: 5000 }];
    const world = await worldOf(rewarding([reward()], { limits, reviews, giveUpHours: 1 }), 50_000);
    const given = await held(world, asking('k1', gift()));
    expect(await outcomeOf(world, asking('k2'))).toBe('1000');
    expect(await outcomeOf(world, asking('k3'))).toBe('LIMIT_REACHED');
    const requestedAt = world.clock.now();
    world.clock.advance(72 * hourMs);
    const task = { program: 'online-retail', redemption: given, requestedAt };
    await check(world.dependencies, task);
    expect(world.table.orders.get(given)?.state).toBe('released');
    expect(await outcomeOf(world, asking('k4'))).toBe('LIMIT_REACHED');
  });
});
