import { describe, expect, it } from 'vitest';
import { offersOf } from '../../../../../shared/app/catalogue/offers.ts';
import { anybody } from '../../../../../shared/app/catalogue/viewer.ts';
import { chooseSource } from '../../../../../shared/app/dispatch/route-choice.ts';
import { quote } from '../../../../../shared/app/redemption/quote.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import { compileProgram } from '../../../../../shared/domain/program/compiled.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { product, readCatalogue, reward, rewarding } from '../../../../support/offers.ts';
import {
  asking,
  held,
  outcomeOf,
  quoted,
  request,
  worldOf,
} from '../../../../support/redeeming.ts';
import type { World } from '../../../../support/world.ts';

const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
const policies = [{ unit: 'PTS', worth }];
const catalogue = { unit: 'PTS', marginBasisPoints: 0, minimumPoints: 1 };
const tremendous = { provider: 'tremendous', products: ['CARD'] };

async function idsIn(world: World, program: Program): Promise<string[]> {
  const seen = { now: world.clock.now(), country: 'GB', language: undefined };
  const compiled = compileProgram({ program, from: sinceEver });
  const viewer = anybody({ compiled, ...seen });
  const offers = await offersOf(world.dependencies, program, viewer);
  return offers.map(({ rewardId }) => rewardId);
}

describe('what is one program alone', () => {
  const [ours, theirs] = ['online-retail', 'somebody-else'].map((program) =>
    product({ product: `${program}/codes`, brand: program, program }),
  );
  const sold = [ours, theirs].filter((each) => each !== undefined);

  it('is sold by no other out of the catalogue', async () => {
    const program = rewarding([], { policies }, { catalogue });
    const world = await worldOf(program);
    await readCatalogue(world, sold);
    expect(await idsIn(world, program)).toEqual(['online-retail-gbp']);
    const ask = (rewardId: string) => outcomeOf(world, asking(rewardId, request({ rewardId })));
    expect(await ask('somebody-else-gbp')).toBe('UNKNOWN_REWARD');
    expect(await ask('online-retail-gbp')).toBe('1000');
  });

  it('is sold by no other that lists it, nor ordered for one', async () => {
    const program = rewarding([reward({ products: ['somebody-else/codes'] })]);
    const world = await worldOf(program);
    // Nothing was known of it when it was asked for.
    const id = await held(world, asking('k1'));
    const offered = await quoted(world);
    await readCatalogue(world, sold);
    expect(await idsIn(world, program)).toEqual([]);
    expect(await outcomeOf(world, asking('k2'))).toBe('REWARD_UNAVAILABLE');
    const byQuote = { kind: 'quote', quote: offered.id } as const;
    expect(await outcomeOf(world, asking('k3', byQuote))).toBe('REWARD_UNAVAILABLE');
    const hold = world.table.holds.get(id);
    expect(hold && (await chooseSource(world.dependencies, hold, []))).toBeUndefined();
  });
});

describe('a reward of the catalogue that was sold', () => {
  const brand = 'Tea House';
  const [tea, cake] = [product({ brand }), product({ product: 'CAKE', brand: 'Cake' })];
  const program = rewarding([], { policies }, { catalogue });
  const ask = (world: World) =>
    redeem(world.dependencies, asking('k1', request({ rewardId: 'tea-house-gbp' })));

  it('is refused with what is nearest while it cannot be ordered', async () => {
    const world = await worldOf(program);
    await readCatalogue(world, [{ ...tea, orderable: false }, cake]);
    const code = 'REWARD_UNAVAILABLE';
    const alternatives = [{ rewardId: 'cake-gbp', amountMinor: 1000n }];
    expect(await ask(world)).toMatchObject({ failure: { code, field: 'rewardId', alternatives } });
  });

  it('says where it is not sold, and is unknown once it is listed no more', async () => {
    const world = await worldOf(program);
    await readCatalogue(world, [{ ...tea, countries: ['FR'] }, cake]);
    expect(await ask(world)).toEqual({
      ok: false,
      failure: { code: 'REWARD_NOT_IN_COUNTRY', field: 'country' },
    });
    await readCatalogue(world, [cake]);
    expect(await ask(world)).toMatchObject({ failure: { code: 'UNKNOWN_REWARD' } });
  });
});

describe('a provider without an account in the region', () => {
  const elsewhere = { provider: 'runa', products: ['R'] };

  it('has nothing of what a program lists', async () => {
    const program = rewarding([reward(), reward({ ...elsewhere, id: 'tea' })]);
    const world = await worldOf(program);
    expect(await idsIn(world, program)).toEqual(['card']);
    const asked = request({ rewardId: 'tea' });
    const code = 'REWARD_UNAVAILABLE';
    const alternatives = [{ rewardId: 'card', amountMinor: 1000n }];
    const refused = { ok: false, failure: { code, field: 'rewardId', alternatives } };
    expect(await redeem(world.dependencies, asking('k1', asked))).toMatchObject(refused);
    const key = { program: 'online-retail', caller: 'ann', idempotencyKey: 'q1' };
    expect(await quote(world.dependencies, { ...key, request: asked })).toMatchObject(refused);
  });

  it('is left out where another one has the reward', async () => {
    const program = rewarding([reward({ ...elsewhere, alternatives: [tremendous] })]);
    const world = await worldOf(program);
    expect((await quoted(world)).terms.sources).toEqual([tremendous]);
    const id = await held(world, asking('k1'));
    expect(world.table.holds.get(id)?.terms.sources).toEqual([tremendous]);
  });

  it('that has lost it since a quote no longer counts', async () => {
    const world = await worldOf(rewarding([reward()]));
    const offered = await quoted(world);
    const without = { ...world.dependencies, providerNames: [] };
    const byQuote = { kind: 'quote', quote: offered.id } as const;
    const failure = { code: 'REWARD_UNAVAILABLE', field: 'quote' };
    expect(await redeem(without, asking('k1', byQuote))).toMatchObject({ failure });
    expect(await outcomeOf(world, asking('k1', byQuote))).toBe('1000');
  });

  it('sells nothing of its catalogue, which is still known', async () => {
    const program = rewarding(
      [],
      { policies },
      { catalogue: { ...catalogue, providers: ['runa'] } },
    );
    const world = await worldOf(program);
    await readCatalogue(world, [product({ provider: 'runa', brand: 'Tea' })], 'runa');
    expect(await idsIn(world, program)).toEqual([]);
    const ask = (rewardId: string) => outcomeOf(world, asking(rewardId, request({ rewardId })));
    expect(await ask('tea-gbp')).toBe('REWARD_UNAVAILABLE');
    expect(await ask('cake-gbp')).toBe('UNKNOWN_REWARD');
  });
});

it('what a catalogue has no more is not on offer', async () => {
  const program = rewarding([reward()]);
  const world = await worldOf(program);
  expect(await idsIn(world, program)).toEqual(['card']);
  await readCatalogue(world, [product({ product: 'OTHER' })]);
  expect(await idsIn(world, program)).toEqual([]);
  expect(await outcomeOf(world, asking('k1'))).toBe('REWARD_UNAVAILABLE');
});
