import { describe, expect, it } from 'vitest';
import { compiledAt } from '../../../../../shared/app/booking/compiled-programs.ts';
import { offersOf } from '../../../../../shared/app/catalogue/offers.ts';
import { priceRequest } from '../../../../../shared/app/catalogue/price-request.ts';
import { anybody } from '../../../../../shared/app/catalogue/viewer.ts';
import { monthOf } from '../../../../../shared/domain/rates/snapshot.ts';
import type { RedemptionRequest } from '../../../../../shared/domain/redemption/price.ts';
import { product, readCatalogue, reward, rewarding } from '../../../../support/offers.ts';
import { day } from '../../../../support/points.ts';
import { asking, outcomeOf, request, worldOf } from '../../../../support/redeeming.ts';
import type { World } from '../../../../support/world.ts';

const worth = { currency: 'EUR', amountMinor: 1, points: 2 };
const policies = [{ unit: 'PTS', worth }];
const byWorth = { pointsPerMajorUnit: undefined, marginBasisPoints: 300 };

/** Rates of one day: pounds for a euro. */
async function publish(world: World, date: string, pounds: string): Promise<void> {
  const snapshots = new Map([[day(date), { date: day(date), rates: new Map([['GBP', pounds]]) }]]);
  const month = { source: 'ecb', month: monthOf(day(date)), version: 0, snapshots } as const;
  await world.dependencies.rates.writeMonths([month]);
}

async function at(world: World) {
  const published = await world.dependencies.programs.load('online-retail');
  const now = world.clock.now();
  const compiled = compiledAt(published, now);
  if (compiled === undefined) throw new Error('No program.');
  return { compiled, now };
}

async function priced(world: World, asked: RedemptionRequest = request()) {
  const agreed = await priceRequest(world.dependencies, await at(world), asked);
  return agreed.ok ? agreed.value : agreed.failure;
}

describe('a price in another currency than that of the points’ worth', () => {
  const program = rewarding([reward(byWorth)], { policies });

  it('is made at the rate of the day, and tells it', async () => {
    const world = await worldOf(program);
    await publish(world, '2026-06-12', '0.8');
    // 10 GBP = 12.50 EUR = 2,500 points, and 3 % more.
    expect(await priced(world)).toMatchObject({
      points: 2575n,
      terms: {
        marginBasisPoints: 300,
        rate: {
          ...{ from: 'GBP', to: 'EUR', asOf: '2026-06-12' },
          rate: { numerator: 5n, denominator: 4n },
        },
      },
    });
    expect(await outcomeOf(world, asking('k1'))).toBe('2575');
  });

  it('is refused without a fresh rate', async () => {
    const world = await worldOf(program);
    expect(await priced(world)).toMatchObject({ code: 'RATE_STALE' });
    await publish(world, '2026-06-07', '0.8');
    expect(await priced(world)).toMatchObject({ code: 'RATE_STALE' });
    expect(await outcomeOf(world, asking('k1'))).toBe('RATE_STALE');
    expect(world.table.holds.size).toBe(0);
  });
});

describe('what a program sells', () => {
  const catalogue = { unit: 'PTS', marginBasisPoints: 0, providers: ['tango', 'runa'] };
  const program = rewarding([reward()], { policies }, { catalogue });

  async function shown(world: World, country = 'GB'): Promise<string[]> {
    const viewer = anybody({ ...(await at(world)), country, language: undefined });
    const offers = await offersOf(world.dependencies, program, viewer);
    return offers.map(({ rewardId }) => rewardId);
  }

  it('is its own rewards, and what the catalogues hold beside them', async () => {
    const world = await worldOf(program, 10_000, catalogue.providers);
    expect(await shown(world)).toEqual(['card']);
    const books = product({ provider: 'runa', product: 'B', brand: 'Books' });
    await readCatalogue(world, [product({ provider: 'tango', brand: 'Books' })], 'tango');
    await readCatalogue(world, [books, product({ provider: 'runa', countries: ['IE'] })], 'runa');
    expect(await shown(world)).toEqual(['card', 'books-gbp']);
    expect(await shown(world, 'IE')).toEqual(['books-gbp', 'shop-gbp']);
    await readCatalogue(world, [], 'tremendous');
    expect(await shown(world)).toEqual(['books-gbp']);
  });

  it('is priced by worth, and had from whoever sells it', async () => {
    const world = await worldOf(program, 10_000, catalogue.providers);
    await publish(world, '2026-06-15', '0.8');
    const cheap = product({
      provider: 'tango',
      product: 'T',
      brand: 'Books',
      costBasisPoints: 9000,
    });
    await readCatalogue(world, [cheap], 'tango');
    await readCatalogue(world, [product({ provider: 'runa', brand: 'BOOKS' })], 'runa');
    expect(await priced(world, request({ rewardId: 'books-gbp' }))).toMatchObject({
      ...{ points: 2500n, promisedMinutes: 5 },
      terms: {
        sources: [
          { provider: 'tango', products: ['T'] },
          { provider: 'runa', products: ['CARD'] },
        ],
      },
    });
    const code = async (parts: Partial<RedemptionRequest>) =>
      priced(world, request({ rewardId: 'books-gbp', ...parts }));
    expect(await code({ amountMinor: 1n })).toMatchObject({
      code: 'AMOUNT_NOT_OFFERED',
      // Of the card nobody has said which amounts there are.
      alternatives: [{ rewardId: 'card' }, { rewardId: 'books-gbp', amountMinor: 500n }],
    });
    expect(await code({ rewardId: 'books-eur' })).toMatchObject({ code: 'UNKNOWN_REWARD' });
    expect(await code({ rewardId: 'books' })).toMatchObject({ code: 'UNKNOWN_REWARD' });
  });
});
