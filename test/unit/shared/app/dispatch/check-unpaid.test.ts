import { describe, expect, it } from 'vitest';
import { check } from '../../../../../shared/app/dispatch/check.ts';
import { decideReview } from '../../../../../shared/app/redemption/review.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { asking, held, request, worldOf } from '../../../../support/redeeming.ts';
import type { World } from '../../../../support/world.ts';

const program = 'online-retail';
const hourMs = 3_600_000;

/** Ten pounds for 700 points and three pounds in cash, to be paid within five hours. */
async function due(parts: Readonly<Record<string, unknown>> = {}) {
  const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
  const cash = { maximumPercent: 50, paidWithinHours: 5 };
  const redemption = { policies: [{ unit: 'PTS', worth }], cash, giveUpHours: 72, ...parts };
  const world = await worldOf(rewarding([reward({ promisedMinutes: 30 })], redemption), 1000);
  const id = await held(world, asking('k1', request({ points: 700n })));
  const requestedAt = world.clock.now();
  const checked = async () => {
    await check(world.dependencies, { program, redemption: id, requestedAt });
    return world.table.orders.get(id)?.cancelled;
  };
  return { world, id, checked };
}

async function letGo({ dependencies }: World, redemption: string): Promise<void> {
  const decision = { actor: 'carl', decision: 'release', reason: 'looks right' } as const;
  const decided = await decideReview(dependencies, { program, redemption, ...decision });
  expect(decided.ok).toBe(true);
}

describe('a part in cash that nobody pays', () => {
  it('is waited for from when a person has let the redemption go', async () => {
    const reviews = [{ id: 'first', first: true }];
    const { world, id, checked } = await due({ reviews });
    world.clock.advance(6 * hourMs);
    expect(await checked()).toBeUndefined();
    await letGo(world, id);
    world.clock.advance(5 * hourMs - 1);
    expect(await checked()).toBeUndefined();
    world.clock.advance(1);
    expect(await checked()).toBe('unpaid');
  });

  it('is waited for as long as the program says, however soon the reward would come', async () => {
    const { world, checked } = await due({ giveUpHours: 1 });
    world.clock.advance(5 * hourMs - 1);
    expect(await checked()).toBeUndefined();
    world.clock.advance(1);
    expect(await checked()).toBe('unpaid');
  });
});
