import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { cancel } from '../../shared/app/redemption/cancel.ts';
import { redeem } from '../../shared/app/redemption/redeem.ts';
import { sinceEver } from '../../shared/domain/program/version.ts';
import { delivery } from '../support/deliveries.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { reward, rewarding } from '../support/offers.ts';
import { owner } from '../support/points.ts';
import { asking, request } from '../support/redeeming.ts';
import { createWorld } from '../support/world.ts';
import { type Backend, backends } from './backends.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;
const maximumPoints = 1000n;

const limits = [{ id: 'm', unit: 'PTS', window: 'month', maximumPoints: 1000, maximumTimes: 4 }];
const reviews = [{ id: 'fast', velocity: { times: 3, hours: 24 } }];
const program = rewarding([reward()], { limits, reviews });

/** The use cases over a backend's stores; all else is in memory. */
async function over(backend: Backend) {
  const world = createWorld(program);
  const stores = await backend.open();
  await stores.programs.publish({ from: sinceEver, program });
  const dependencies = { ...world.dependencies, ...stores };
  await accrue(dependencies, [delivery({ amountMinor: 1_000_000 })]);
  return dependencies;
}

const asks = fc.array(fc.bigInt({ min: 1n, max: 600n }), { minLength: 2, maxLength: 6 });

describe.each(backends(dynamodb))('limits on $name', { timeout: 60_000 }, (backend) => {
  it('hold however many ask at once, and have room for what was given back', async () => {
    const property = fc.asyncProperty(asks, fc.nat({ max: 5 }), async (amounts, called) => {
      const dependencies = await over(backend);
      const ask = (amountMinor: bigint, index: number) =>
        redeem(dependencies, asking(`k${index}`, request({ amountMinor })));
      const results = await Promise.all(amounts.map(ask));
      const held = results.flatMap((result) => (result.ok ? [result.value.hold] : []));
      const sum = held.reduce((points, hold) => points + hold.points, 0n);
      expect(sum <= maximumPoints && held.length <= 4).toBe(true);
      for (const result of results) {
        if (!result.ok) expect(['LIMIT_REACHED', 'TRY_AGAIN']).toContain(result.failure.code);
      }
      const back = held[called % Math.max(held.length, 1)];
      if (back === undefined) return;
      const { redemption } = back;
      await cancel(dependencies, { program: 'online-retail', member: 'ann', redemption });
      const { standing, redeemVersion } = await dependencies.ledger.readBalance(owner);
      const counters = [...standing.counters.values()].sort((left, right) => Number(left - right));
      expect(counters).toEqual(
        [BigInt(held.length - 1), sum - back.points].sort((left, right) => Number(left - right)),
      );
      expect(redeemVersion).toBe(BigInt(held.length));
      expect(standing.cooldowns.size).toBe(Math.min(held.length, 3));
    });
    await fc.assert(property, { seed, numRuns: Math.min(backend.propertyRuns, 25) });
  });
});
