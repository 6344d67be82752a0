import { describe, expect, it } from 'vitest';
import { accrue, type EventDelivery } from '../../../../../shared/app/booking/accrue.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { seededRandomness, shuffled } from '../../../../faults/seeded-randomness.ts';
import { delivery, returned } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import { createWorld } from '../../../../support/world.ts';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

/** Delivers everything at once, what failed again, until nothing fails; how often that took. */
async function deliverAll(seed: number, events: readonly EventDelivery[]) {
  const world = createWorld();
  const ledger = interleaved(world.dependencies.ledger, seededTurns(seed));
  const dependencies = { ...world.dependencies, ledger };
  const counts = new Map<string, number>();
  let left = [...events];
  let rounds = 0;
  for (; left.length > 0 && rounds < 10; rounds += 1) {
    const outcomes = await Promise.all(left.map((one) => accrue(dependencies, [one])));
    const kinds = outcomes.map(([outcome]) => outcome?.kind ?? 'failed');
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    left = left.filter((_, index) => kinds[index] === 'failed');
  }
  const balance = await world.dependencies.ledger.readBalance(owner);
  const today = localDateAt(world.clock.now(), world.program.timeZone);
  return { world, counts, rounds, points: available(balance, today) };
}

describe('64 events of one member, each delivered three times, all at once', () => {
  const thrice = (of: (index: number, name: string) => EventDelivery) =>
    Array.from({ length: 64 }, (_, index) => ['a', 'b', 'c'].map((name) => of(index, name))).flat();

  it.each(seeds)('are booked once each, none failed for good (seed %i)', async (seed) => {
    const orders = thrice((index, name) => delivery({ id: `o${index}` }, `${index}${name}`));
    const sent = shuffled(orders, seededRandomness(seed));
    const { counts, points, world } = await deliverAll(seed, sent);
    expect([counts.get('accrued'), counts.get('duplicate')]).toEqual([64, 128]);
    expect(world.table.entries.size).toBe(64);
    expect(points).toBe(64_000n);
  });

  it.each(seeds)('also where some are returns into debt (seed %i)', async (seed) => {
    const mixed = thrice((index, name) => {
      const parts = { id: `o${index}`, amountMinor: 10_000 + 100 * index };
      if (index % 3 > 0) return delivery(parts, `${index}${name}`);
      return { ...returned(`o${index}`, 2 * parts.amountMinor), delivery: `${index}${name}` };
    });
    const sent = shuffled(mixed, seededRandomness(seed));
    const { points, rounds, world } = await deliverAll(seed, sent);
    const worth = Array.from({ length: 64 }, (_, index) => {
      return index % 3 > 0 ? 100 + index : -2 * (100 + index);
    });
    expect(points).toBe(BigInt(worth.reduce((sum, part) => sum + part, 0)));
    expect(world.table.entries.size).toBe(64);
    expect(rounds).toBeLessThan(10);
  });
});
