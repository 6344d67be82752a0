import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accrue, type EventDelivery } from '../../../../../shared/app/booking/accrue.ts';
import { sweepFollowUps } from '../../../../../shared/app/booking/sweep-follow-ups.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { delivery, returned } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import { createWorld, type World } from '../../../../support/world.ts';

async function send(world: World, ...deliveries: EventDelivery[]): Promise<string[]> {
  const outcomes = await accrue(world.dependencies, deliveries);
  return outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.error;
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  });
}

async function pointsOf(world: World): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance(owner);
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

const sweep = (world: World) => sweepFollowUps(world.dependencies, 'online-retail');
const dayMs = 86_400_000;

describe('a return that names its order', () => {
  it('takes back in proportion, and never more than the order earned', async () => {
    const world = createWorld();
    await send(world, delivery());
    expect(await send(world, returned('r1', 60_000, { of: 'A-1' }))).toEqual(['returned']);
    expect(await pointsOf(world)).toBe(400n);
    expect(await send(world, returned('r2', 60_000, { of: 'A-1' }))).toEqual(['returned']);
    expect(await pointsOf(world)).toBe(0n);
    expect(await send(world, returned('r3', 60_000, { of: 'A-1' }))).toEqual(['returned']);
    expect(await pointsOf(world)).toBe(0n);
  });

  it('counts all returns of one batch together', async () => {
    const world = createWorld();
    const returns = ['r1', 'r2', 'r3'].map((id) => returned(id, 60_000, { of: 'A-1' }));
    expect(await send(world, ...returns, delivery())).toEqual([
      ...['returned', 'returned', 'returned', 'accrued'],
    ]);
    expect(await pointsOf(world)).toBe(0n);
    expect(world.table.waiting.size).toBe(0);
  });

  it('is refused for another member, and for what is no order', async () => {
    const world = createWorld();
    await send(world, delivery(), returned('r1', 10_000, { of: 'A-1' }));
    const foreign = returned('r2', 10_000, { of: 'A-1', member: 'bob' });
    expect(await send(world, foreign)).toEqual(['FOLLOW_UP_MEMBER_MISMATCH']);
    const twice = returned('r3', 10_000, { of: 'r1' });
    expect(await send(world, twice)).toEqual(['FOLLOW_UP_NOT_AN_ORIGINAL']);
    expect(await pointsOf(world)).toBe(900n);
  });

  it('cannot name itself', async () => {
    const world = createWorld();
    const own = await send(world, returned('r1', 10_000, { of: 'r1' }));
    expect(own).toEqual(['FOLLOW_UP_NOT_AN_ORIGINAL']);
    expect(world.table.entries.size).toBe(0);
  });

  it('cannot name another return, nor one that names it, also within one batch', async () => {
    const world = createWorld();
    const [chained, first] = [{ of: 'r2' }, { of: 'A-1' }];
    const batch = [returned('r1', 10_000, chained), returned('r2', 10_000, first), delivery()];
    expect(await send(world, ...batch)).toEqual([
      ...['FOLLOW_UP_NOT_AN_ORIGINAL', 'returned', 'accrued'],
    ]);
    const circle = [
      returned('c1', 10_000, { of: 'c2' }),
      returned('c2', 10_000, { of: 'c3' }),
      returned('c3', 10_000, { of: 'c1' }),
    ];
    expect(new Set(await send(world, ...circle))).toEqual(new Set(['FOLLOW_UP_NOT_AN_ORIGINAL']));
    expect(await pointsOf(world)).toBe(900n);
  });

  it('is never asked to be absent by the transaction that brings what it names', async () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd');
    const event = fc.oneof(
      fc.tuple(ids, ids).map(([id, of]) => returned(id, 100, { of })),
      fc.tuple(ids, ids).map(([id, of]) => delivery({ id, refersTo: { source: 'shop', id: of } })),
    );
    const property = fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
      const world = createWorld();
      const { ledger } = world.dependencies;
      const strict: typeof ledger = {
        ...ledger,
        async post(posting) {
          const brought = posting.entries.map(({ key }) => 'hash' in key && key.hash);
          for (const { original } of posting.waiting) expect(brought).not.toContain(original);
          return ledger.post(posting);
        },
      };
      const dependencies = { ...world.dependencies, ledger: strict };
      const outcomes = await accrue(dependencies, events);
      expect(outcomes.filter(({ kind }) => kind === 'failed')).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('a return that comes before its order', () => {
  it('takes nothing, waits, and is settled once its order has come', async () => {
    const world = createWorld();
    expect(await send(world, returned('r1', 60_000, { of: 'A-1' }))).toEqual(['returned']);
    expect(await send(world, returned('r1', 60_000, { of: 'A-1' }))).toEqual(['returned']);
    expect(await pointsOf(world)).toBe(0n);
    expect(await sweep(world)).toEqual({ applied: 0, waiting: 1, cases: 0 });
    await send(world, delivery());
    expect(await pointsOf(world)).toBe(1000n);
    expect(await sweep(world)).toEqual({ applied: 1, waiting: 0, cases: 0 });
    expect(await sweep(world)).toEqual({ applied: 0, waiting: 0, cases: 0 });
    expect(await pointsOf(world)).toBe(400n);
  });

  it('shares the limit with returns that came in time', async () => {
    const world = createWorld();
    await send(world, returned('r1', 60_000, { of: 'A-1' }));
    await send(world, delivery(), returned('r2', 60_000, { of: 'A-1' }));
    await sweep(world);
    expect(await pointsOf(world)).toBe(0n);
  });

  it('becomes a case at its age limit, or when its order is another member’s', async () => {
    const world = createWorld();
    await send(world, returned('r1', 60_000, { of: 'never' }));
    await send(world, returned('r2', 60_000, { of: 'bobs' }));
    await send(world, delivery({ id: 'bobs', member: 'bob' }));
    expect(await sweep(world)).toEqual({ applied: 0, waiting: 1, cases: 1 });
    world.clock.advance(30 * dayMs);
    expect(await sweep(world)).toEqual({ applied: 0, waiting: 0, cases: 1 });
    expect(world.table.cases.size).toBe(2);
    expect(await pointsOf(world)).toBe(0n);
  });

  it('is settled once, however many sweeps meet', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const world = createWorld();
      await send(world, returned('r1', 60_000, { of: 'A-1' }));
      await send(world, delivery());
      const ledger = interleaved(world.dependencies.ledger, seededTurns(seed));
      const meeting = { ...world.dependencies, ledger };
      await Promise.all([1, 2, 3].map(() => sweepFollowUps(meeting, 'online-retail')));
      expect([seed, await pointsOf(world)]).toEqual([seed, 400n]);
    }
  });
});

describe('orders and their returns', () => {
  const orders = fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 });
  const amount = fc.integer({ min: 0, max: 200_000 });
  const histories = orders.chain((ids) =>
    fc
      .tuple(
        fc.tuple(...ids.map((id) => fc.tuple(fc.constant(`o${id}`), amount))),
        fc.array(fc.tuple(fc.constantFrom(...ids.map((id) => `o${id}`)), amount), { maxLength: 6 }),
      )
      .chain(([placed, backs]) => {
        const events = [
          ...placed.map(([id, amountMinor]) => delivery({ id, amountMinor }, id)),
          ...backs.map(([of, amountMinor], index) => returned(`r${index}`, amountMinor, { of })),
        ];
        const everything = { minLength: events.length, maxLength: events.length };
        const cuts = fc.array(fc.nat(events.length), { maxLength: 4 });
        return fc.tuple(
          fc.constant(expected(placed, backs)),
          fc.shuffledSubarray(events, everything),
          cuts,
        );
      }),
  );

  /** Each order loses the share of its points that came back of its amount, rounded down. */
  function expected(placed: [string, number][], backs: [string, number][]): bigint {
    return placed.reduce((sum, [id, minor]) => {
      const points = BigInt(Math.floor(minor / 100));
      const back = backs.reduce((all, [of, part]) => (of === id ? all + part : all), 0);
      const returned = BigInt(Math.min(back, minor));
      return minor === 0 ? sum : sum + points - (points * returned) / BigInt(minor);
    }, 0n);
  }

  it('end the same in any order and in any batches, once swept', async () => {
    const property = fc.asyncProperty(histories, async ([sum, events, cuts]) => {
      const world = createWorld();
      const bounds = [0, ...cuts, events.length].sort((left, right) => left - right);
      for (const [at, from] of bounds.entries()) {
        await send(world, ...events.slice(from, bounds[at + 1] ?? from));
      }
      await sweep(world);
      expect(await pointsOf(world)).toBe(sum);
      expect(world.table.waiting.size).toBe(0);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
