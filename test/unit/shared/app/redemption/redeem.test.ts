import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { type RedeemCommand, redeem } from '../../../../../shared/app/redemption/redeem.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { delivery, redemption } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { interleaved, seededTurns } from '../../../../support/scheduling.ts';
import { createWorld, type World } from '../../../../support/world.ts';

/** A world in which ann has points. */
async function worldWith(points: number): Promise<World> {
  const world = createWorld();
  await accrue(world.dependencies, [delivery({ amountMinor: points * 100 })]);
  return world;
}

async function ask(world: World, command: RedeemCommand): Promise<string> {
  const result = await redeem(world.dependencies, command);
  if (!result.ok) return result.failure.code;
  return result.value.repeated ? 'repeated' : 'held';
}

async function pointsOf(world: World): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance(owner);
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

describe('a redemption', () => {
  it('holds the points and keeps the address sealed', async () => {
    const world = await worldWith(1500);
    const result = await redeem(world.dependencies, redemption('k1'));
    if (!result.ok) throw new Error(result.failure.code);
    const { hold } = result.value;
    expect(hold).toMatchObject({ points: 1000n, unit: 'PTS', rewardId: 'gift-card-gbp' });
    expect(await pointsOf(world)).toBe(500n);
    const context = { program: 'online-retail', redemption: hold.redemption } as const;
    const email = await world.dependencies.sealer.open(
      { ...context, field: 'email' },
      hold.sealedEmail,
    );
    expect(email.reveal()).toBe('ann@example.com');
    const stored = JSON.stringify([...world.table.holds.values()], (_, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    expect(stored + world.logged.join()).not.toContain('ann@example.com');
  });

  it('repeated is the same redemption, also once the points are gone', async () => {
    const world = await worldWith(1000);
    const first = await redeem(world.dependencies, redemption('k1'));
    const second = await redeem(world.dependencies, redemption('k1', { amountMinor: '1000' }));
    expect([first, second]).toMatchObject([
      { ok: true, value: { repeated: false } },
      { ok: true, value: { repeated: true } },
    ]);
    expect(first.ok && second.ok && second.value.hold).toBe(first.ok && first.value.hold);
    expect(await pointsOf(world)).toBe(0n);
  });

  it.each([{ amountMinor: 500 }, { email: 'bob@example.com' }, { rewardId: 'gift-card-eur' }])(
    'with another body under the same key is a conflict: %j',
    async (parts) => {
      const world = await worldWith(5000);
      await ask(world, redemption('k1'));
      expect(await ask(world, redemption('k1', parts))).toBe('IDEMPOTENCY_CONFLICT');
      expect(await pointsOf(world)).toBe(4000n);
    },
  );

  it('for another member under one integrator’s key is a conflict', async () => {
    const world = await worldWith(5000);
    const integrator = { caller: 'shop-system' };
    expect(await ask(world, { ...redemption('k1'), ...integrator })).toBe('held');
    const bobs = { ...redemption('k1', { member: 'bob' }), ...integrator };
    expect(await ask(world, bobs)).toBe('IDEMPOTENCY_CONFLICT');
    expect(await ask(world, { ...redemption('k1') })).toBe('held');
  });

  it.each([
    [{ amountMinor: 100_001 }, 'INSUFFICIENT_POINTS'],
    [{ amountMinor: 499 }, 'BELOW_MINIMUM'],
    [{ rewardId: 'gift-card-yen' }, 'UNKNOWN_REWARD'],
    [{ country: 'DE' }, 'REWARD_NOT_IN_COUNTRY'],
    [{ currency: 'EUR' }, 'REWARD_CURRENCY_MISMATCH'],
  ])('%j is refused: %s, and may be asked again', async (parts, code) => {
    const world = await worldWith(100_000);
    expect(await ask(world, redemption('k1', parts))).toBe(code);
    expect(world.table.holds.size).toBe(0);
    expect(await pointsOf(world)).toBe(100_000n);
    expect(await ask(world, redemption('k1'))).toBe('held');
  });

  it('of an unknown program, or of nobody, is refused', async () => {
    const world = await worldWith(1000);
    expect(await ask(world, { ...redemption('k1'), program: 'nowhere' })).toBe('UNKNOWN_PROGRAM');
    expect(await ask(world, redemption('k1', { member: 'eve' }))).toBe('INSUFFICIENT_POINTS');
  });

  it('spends what goes first', async () => {
    const world = createWorld();
    await accrue(world.dependencies, [
      delivery({ id: 'old', occurredAt: '2024-07-10T10:00:00Z', amountMinor: 60_000 }),
      delivery({ id: 'new', amountMinor: 60_000 }),
    ]);
    await ask(world, redemption('k1'));
    const { lots } = await world.dependencies.ledger.readBalance(owner);
    expect(Object.fromEntries(lots)).toEqual({ 260801: 0n, 280401: 200n });
  });

  it('asks for another try where the balance never stands still', async () => {
    const world = await worldWith(1000);
    const { redemptions } = world.dependencies;
    const restless: typeof redemptions = { ...redemptions, hold: async () => ({ kind: 'stale' }) };
    const result = await redeem({ ...world.dependencies, redemptions: restless }, redemption('k1'));
    expect(result).toEqual({ ok: false, failure: { code: 'TRY_AGAIN' } });
  });
});

describe('redemptions that race', () => {
  const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

  function racing(world: World, seed: number): World {
    const turns = seededTurns(seed);
    const { ledger, redemptions } = world.dependencies;
    const ports = {
      ledger: interleaved(ledger, turns),
      redemptions: interleaved(redemptions, turns),
    };
    return { ...world, dependencies: { ...world.dependencies, ...ports } };
  }

  it.each(seeds)('never spend more than there is (seed %i)', async (seed) => {
    const world = racing(await worldWith(3500), seed);
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
    const results = await Promise.all(keys.map((key) => ask(world, redemption(key))));
    expect(results.filter((result) => result === 'held')).toHaveLength(3);
    expect(new Set(results)).toEqual(new Set(['held', 'INSUFFICIENT_POINTS']));
    expect(await pointsOf(world)).toBe(500n);
  });

  it.each(seeds)('under one key are one redemption (seed %i)', async (seed) => {
    const world = racing(await worldWith(9000), seed);
    const results = await Promise.all([1, 2, 3, 4].map(() => ask(world, redemption('k1'))));
    expect(results.filter((result) => result === 'held')).toHaveLength(1);
    expect(results.filter((result) => result === 'repeated')).toHaveLength(3);
    expect(await pointsOf(world)).toBe(8000n);
  });

  it.each(seeds)('meet earning and returns without a loss (seed %i)', async (seed) => {
    const world = racing(await worldWith(2000), seed);
    const earned = Array.from({ length: 5 }, (_, index) =>
      accrue(world.dependencies, [delivery({ id: `e${index}`, amountMinor: 10_000 })]),
    );
    const back = delivery({ id: 'back', type: 'order.returned', amountMinor: 30_000 });
    const [first, second] = await Promise.all([
      ask(world, redemption('k1')),
      ask(world, redemption('k2')),
      accrue(world.dependencies, [back]),
      ...earned,
    ]);
    const held = [first, second].filter((result) => result === 'held').length;
    expect(await pointsOf(world)).toBe(BigInt(2000 + 500 - 300 - 1000 * held));
  });
});
