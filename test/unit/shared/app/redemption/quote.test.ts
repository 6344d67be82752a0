import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QuoteCommand, quote, viewQuote } from '../../../../../shared/app/redemption/quote.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { product, readCatalogue, reward, rewarding } from '../../../../support/offers.ts';
import {
  asking,
  byQuote,
  change,
  outcomeOf,
  quoted,
  request,
  worldOf,
} from '../../../../support/redeeming.ts';
import type { World } from '../../../../support/world.ts';

const minuteMs = 60_000;
const seed = 20_261_122;

async function code(world: World, parts: Partial<QuoteCommand> = {}) {
  const key = { program: 'online-retail', caller: 'ann', idempotencyKey: 'q1' };
  const result = await quote(world.dependencies, { ...key, request: request(), ...parts });
  if (!result.ok) return result.failure.code;
  return result.value.repeated ? 'repeated' : 'quoted';
}

describe('a quote', () => {
  it('says what a reward costs and how long that holds, and holds nothing', async () => {
    const world = await worldOf(rewarding([reward({ promisedMinutes: 30 })], { quoteMinutes: 5 }));
    const now = world.clock.now();
    expect(await quoted(world)).toMatchObject({
      ...{ rewardId: 'card', points: 1000n, unit: 'PTS', promisedMinutes: 30, country: 'GB' },
      ...{ value: { amountMinor: 1000n, currency: 'GBP' }, quotedAt: now },
      expiresAt: now + 5 * minuteMs,
    });
    expect(world.table.holds.size).toBe(0);
  });

  it('asked for again is the same one, whatever has happened', async () => {
    const world = await worldOf(rewarding());
    const first = await quoted(world);
    change(world, rewarding([reward({ pointsPerMajorUnit: 200 })]));
    world.clock.advance(60 * minuteMs);
    expect(await quoted(world)).toEqual(first);
    expect(await code(world)).toBe('repeated');
    expect(await code(world, { idempotencyKey: 'q2' })).toBe('quoted');
  });

  it.each([
    ['amount', { amountMinor: 2000n }],
    ['country', { country: 'IE' }],
    ['points', { points: 500n }],
    ['reward', { rewardId: 'other' }],
  ])('of another %s under the same key is a conflict', async (_, parts) => {
    const world = await worldOf(rewarding());
    await quoted(world);
    expect(await code(world, { request: request(parts) })).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('that two ask for at once is one', async () => {
    const world = await worldOf(rewarding());
    expect((await Promise.all([code(world), code(world)])).sort()).toEqual(['quoted', 'repeated']);
  });

  it("is its member's own", async () => {
    const world = await worldOf(rewarding());
    const { id } = await quoted(world);
    const key = { program: 'online-retail', quote: id };
    const see = (member: string) => viewQuote(world.dependencies, { ...key, member });
    expect(await see('ann')).toMatchObject({ ok: true, value: { quote: { id } } });
    expect(await see('bob')).toMatchObject({ failure: { code: 'UNKNOWN_QUOTE' } });
  });

  it.each([
    [{ rewardId: 'nothing' }, 'UNKNOWN_REWARD'],
    [{ country: 'DE' }, 'REWARD_NOT_IN_COUNTRY'],
    [{ currency: 'EUR' }, 'REWARD_CURRENCY_MISMATCH'],
  ])('of what cannot be had is refused: %j', async (parts, expected) => {
    const world = await worldOf(rewarding());
    expect(await code(world, { request: request(parts) })).toBe(expected);
    expect(await code(world, { program: 'nowhere' })).toBe('UNKNOWN_PROGRAM');
  });
});

describe('what the member can pay', () => {
  const meansOf = async (world: World, amountMinor: bigint, idempotencyKey = 'q1') => {
    const key = { program: 'online-retail', caller: 'ann', idempotencyKey };
    const result = await quote(world.dependencies, { ...key, request: request({ amountMinor }) });
    if (!result.ok) throw new Error(result.failure.code);
    return result.value.means;
  };
  const nothing = { shortBy: 0n, limits: [] };

  it('is told beside a price that is beyond it', async () => {
    const world = await worldOf(rewarding(), 2500);
    expect(await meansOf(world, 2500n, 'q1')).toEqual(nothing);
    expect(await meansOf(world, 2501n, 'q2')).toEqual({ shortBy: 1n, limits: [] });
    await redeem(world.dependencies, asking('k1'));
    expect(await meansOf(world, 2500n, 'q1')).toEqual({ shortBy: 1000n, limits: [] });
  });

  it('ends where a limit begins, and a quote seen again says how it is now', async () => {
    const limits = [{ id: 'monthly', unit: 'PTS', window: 'month', maximumPoints: 1500 }];
    const world = await worldOf(rewarding([reward()], { limits }));
    expect(await meansOf(world, 1500n)).toEqual(nothing);
    await redeem(world.dependencies, asking('k1'));
    const monthly = { limit: 'monthly', unit: 'PTS', window: 'month', resetsOn: '2026-07-01' };
    expect(await meansOf(world, 1500n)).toEqual({
      shortBy: 0n,
      limits: [{ ...monthly, pointsLeft: 500n }],
    });
    const { id } = await quoted(world, request({ amountMinor: 1500n }));
    const key = { program: 'online-retail', member: 'ann', quote: id };
    const seen = await viewQuote(world.dependencies, key);
    expect(seen).toMatchObject({ value: { means: { limits: [{ pointsLeft: 500n }] } } });
  });
});

describe('what is quoted', () => {
  it('is redeemed as quoted, with what was promised', async () => {
    const world = await worldOf(rewarding([reward({ promisedMinutes: 30 })]));
    const found = await quoted(world);
    change(
      world,
      rewarding([reward({ pointsPerMajorUnit: 999, name: 'Dear', promisedMinutes: 9 })]),
    );
    world.clock.advance(10 * minuteMs);
    const result = await redeem(world.dependencies, asking('k1', byQuote(found)));
    if (!result.ok) throw new Error(result.failure.code);
    expect(result.value.hold).toMatchObject({
      points: 1000n,
      terms: {
        ...{ rewardName: 'Card', quote: found.id },
        promisedBy: world.clock.now() + 30 * minuteMs,
      },
    });
  });

  it('holds until it expires, and not for others', async () => {
    const world = await worldOf(rewarding());
    const found = await quoted(world);
    const asked = byQuote(found);
    expect(await outcomeOf(world, asking('k1', asked, { member: 'bob' }))).toBe('UNKNOWN_QUOTE');
    world.clock.advance(15 * minuteMs - 1);
    expect(await outcomeOf(world, asking('k2', asked))).toBe('1000');
    world.clock.advance(1);
    expect(await outcomeOf(world, asking('k3', asked))).toBe('QUOTE_EXPIRED');
    expect(await outcomeOf(world, asking('k2', asked))).toBe('1000');
  });

  it('buys once, under whatever keys it is asked for', async () => {
    const world = await worldOf(rewarding());
    const asked = byQuote(await quoted(world));
    const [one, other] = await Promise.all([
      outcomeOf(world, asking('k1', asked)),
      outcomeOf(world, asking('k2', asked)),
    ]);
    expect([one, other].toSorted()).toEqual(['1000', 'QUOTE_USED']);
    expect(await outcomeOf(world, asking(one === '1000' ? 'k1' : 'k2', asked))).toBe('1000');
    const refused = await redeem(world.dependencies, asking('k3', asked));
    expect(refused).toMatchObject({ failure: { code: 'QUOTE_USED', field: 'quote' } });
    expect(world.table.holds.size).toBe(1);
    const next = byQuote(await quoted(world, request(), 'q2'));
    expect(await outcomeOf(world, asking('k3', next))).toBe('1000');
  });

  it('is refused with what is nearest, once the reward is gone', async () => {
    const other = reward({ id: 'other', products: ['OTHER'], amountsMinor: [500, 1500] });
    const world = await worldOf(rewarding([reward(), other]));
    const asked = byQuote(await quoted(world));
    const alternatives = [{ rewardId: 'other', amountMinor: 500n }];
    const refused = async () => redeem(world.dependencies, asking('k', asked));
    change(world, rewarding([other]));
    expect(await refused()).toMatchObject({
      failure: { code: 'REWARD_UNAVAILABLE', alternatives },
    });
    change(world, rewarding([reward({ amountsMinor: [900] }), other]));
    expect(await refused()).toMatchObject({
      failure: {
        code: 'AMOUNT_NOT_OFFERED',
        alternatives: [{ rewardId: 'card' }, ...alternatives],
      },
    });
    change(world, rewarding([reward(), other]));
    await readCatalogue(world, [product({ product: 'OTHER' })]);
    expect(await refused()).toMatchObject({
      failure: { code: 'REWARD_UNAVAILABLE', alternatives },
    });
    await readCatalogue(world, [
      product({ bands: [{ minimumMinor: 1500n, maximumMinor: 9999n }] }),
    ]);
    expect(await refused()).toMatchObject({ failure: { code: 'REWARD_UNAVAILABLE' } });
    await readCatalogue(world, [product()]);
    expect(await outcomeOf(world, asking('k', asked))).toBe('1000');
    expect(world.table.holds.size).toBe(1);
  });

  it('of a provider’s catalogue is had while it stands in it', async () => {
    const catalogue = { unit: 'PTS', marginBasisPoints: 1000, providers: ['tremendous'] };
    const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
    const selling = rewarding([], { policies: [{ unit: 'PTS', worth }] }, { catalogue });
    const world = await worldOf(selling);
    await readCatalogue(world, [product()]);
    const asked = byQuote(await quoted(world, request({ rewardId: 'shop-gbp' })));
    await readCatalogue(world, [product({ orderable: false })]);
    expect(await outcomeOf(world, asking('k', asked))).toBe('REWARD_UNAVAILABLE');
    await readCatalogue(world, [product({ product: 'NEW' })]);
    expect(await outcomeOf(world, asking('k', asked))).toBe('REWARD_UNAVAILABLE');
    await readCatalogue(world, [product({ costBasisPoints: 12_000 })]);
    expect(await outcomeOf(world, asking('k', asked))).toBe('1100');
  });

  it('stays so whatever the program says of prices meanwhile', async () => {
    const prices = fc.oneof(
      fc.record({ pointsPerMajorUnit: fc.integer({ min: 1, max: 10_000 }) }),
      fc.record({
        pointsPerMajorUnit: fc.constant(undefined),
        ...{ points: fc.integer({ min: 1, max: 9999 }), amountsMinor: fc.constant([1000]) },
      }),
      fc.record({ pointsPerMajorUnit: fc.constant(100), tiers: fc.constant(undefined) }),
    );
    const others = fc.record({
      minimumPoints: fc.integer({ min: 1, max: 100_000 }),
      promisedMinutes: fc.integer({ min: 1, max: 10_000 }),
      name: fc.constantFrom('Other', 'Card'),
      products: fc.constantFrom(['CARD'], ['ELSE']),
    });
    const limits = fc.constantFrom<Program['redemption']['policies'] | undefined>(
      undefined,
      [{ unit: 'PTS', steps: [7] }],
      [{ unit: 'PTS', minimumPoints: 99_999 }],
    );
    const property = fc.asyncProperty(prices, others, limits, async (price, other, policies) => {
      const world = await worldOf(rewarding());
      const found = await quoted(world);
      change(world, rewarding([reward({ ...price, ...other })], policies ? { policies } : {}));
      const result = await redeem(world.dependencies, asking('k', byQuote(found)));
      if (!result.ok) throw new Error(result.failure.code);
      const { hold } = result.value;
      expect(hold).toMatchObject({ points: 1000n, amountMinor: 1000n, unit: 'PTS' });
      expect(hold.terms.sources).toEqual(found.terms.sources);
      expect(hold.terms.rewardName).toBe('Card');
    });
    await fc.assert(property, { seed, numRuns: 60 });
  });
});
