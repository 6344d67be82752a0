import { describe, expect, it } from 'vitest';
import { faceValueOf, sourcesFor } from '../../../../../shared/domain/catalogue/face-value.ts';
import { listedOffer } from '../../../../../shared/domain/catalogue/listed.ts';
import type { CatalogueProduct } from '../../../../../shared/domain/catalogue/product.ts';
import { product, reward, rewarding } from '../../../../support/offers.ts';

const unread = new Map<string, readonly CatalogueProduct[]>();

function offered(
  parts: Readonly<Record<string, unknown>> = {},
  catalogues: ReadonlyMap<string, readonly CatalogueProduct[]> = unread,
  country = 'GB',
) {
  const program = rewarding([reward(parts)]);
  const [first] = program.rewards;
  if (first === undefined) throw new Error('There is one reward.');
  return listedOffer(program, first, { country, language: 'de' }, catalogues);
}

const reading = (...products: CatalogueProduct[]) => new Map([['tremendous', products]]);

describe('a listed reward', () => {
  it('is as the program says, where no catalogue has been read', () => {
    const offer = offered({ names: { de: 'Karte' }, promisedMinutes: 90, disclosure: 'Terms.' });
    expect(offer).toMatchObject({
      ...{ rewardId: 'card', name: 'Karte', currency: 'GBP', unit: 'PTS', promisedMinutes: 90 },
      ...{ price: { kind: 'perMajorUnit', points: 100 }, disclosure: 'Terms.' },
      sources: [{ provider: 'tremendous', products: [{ product: 'CARD' }] }],
    });
    expect(offer?.bands).toBeUndefined();
    expect(offered()).toMatchObject({ name: 'Card', promisedMinutes: 1440 });
  });

  it('is as the catalogue says, where it has been read', () => {
    const terms = { disclosure: 'Theirs.', image: 'https://img.example/c.png', deliveryMinutes: 7 };
    expect(offered({}, reading(product(terms)))).toMatchObject({
      ...{ bands: [{ minimumMinor: 500n, maximumMinor: 50_000n }], promisedMinutes: 7 },
      ...{ disclosure: 'Theirs.', image: 'https://img.example/c.png' },
    });
    expect(offered({ disclosure: 'Ours.' }, reading(product(terms)))?.disclosure).toBe('Ours.');
  });

  it.each([
    ['it is not in it', product({ product: 'OTHER' })],
    ['it cannot be ordered', product({ orderable: false })],
    ['it is not for the country', product({ countries: ['IE', 'US'] })],
    ['it is in another currency', product({ currency: 'EUR' })],
  ])('has no source where %s', (_, other) => {
    expect(offered({}, reading(other))).toBeUndefined();
  });

  it('keeps the sources that are left', () => {
    const alternatives = [{ provider: 'tango', products: ['T1'] }];
    const gone = reading(product({ orderable: false }));
    expect(offered({ alternatives }, gone)?.sources.map(({ provider }) => provider)).toEqual([
      'tango',
    ]);
  });

  it('has the face values on its list that somebody sells', () => {
    const fixed = (...amounts: bigint[]) =>
      product({ bands: amounts.map((each) => ({ minimumMinor: each, maximumMinor: each })) });
    const amountsMinor = [1000, 2500, 5000];
    const values = offered({ amountsMinor }, reading(fixed(2500n, 5000n, 7500n)))?.bands;
    expect(values?.map(({ minimumMinor }) => minimumMinor)).toEqual([2500n, 5000n]);
    expect(offered({ amountsMinor })?.bands).toHaveLength(3);
    expect(offered({ amountsMinor }, reading(fixed(7500n)))).toBeUndefined();
  });
});

describe('a face value', () => {
  const value = (parts: Readonly<Record<string, unknown>>, asked?: bigint) => {
    const offer = offered(parts);
    if (offer === undefined) throw new Error('Nothing is offered.');
    const found = faceValueOf(offer, asked);
    return found.ok ? found.value : found.failure.code;
  };

  it('is what is asked for, where it is offered', () => {
    expect(value({}, 1234n)).toBe(1234n);
    expect(value({ amountsMinor: [1000, 2500] }, 2500n)).toBe(2500n);
    expect(value({ amountsMinor: [1000, 2500] }, 2501n)).toBe('AMOUNT_NOT_OFFERED');
  });

  it('need not be asked for, where there is one or none', () => {
    expect(value({ amountsMinor: [1000] })).toBe(1000n);
    expect(value({})).toBe('FIELD_MISSING');
    const thing = { kind: 'experience', pointsPerMajorUnit: undefined, points: 500 };
    expect(value(thing)).toBe(0n);
    expect(value({ ...thing, amountsMinor: [4900] })).toBe(4900n);
    expect(value({ ...thing, amountsMinor: [4900] }, 4900n)).toBe(4900n);
  });

  it('of a thing with one price is nobody’s to choose', () => {
    const thing = { kind: 'experience', pointsPerMajorUnit: undefined, points: 500 };
    expect(value(thing, 100_000n)).toBe('AMOUNT_NOT_OFFERED');
    expect(value({ ...thing, amountsMinor: [4900] }, 5000n)).toBe('AMOUNT_NOT_OFFERED');
  });
});

describe('the sources of a face value', () => {
  it('are the cheapest way of each provider, the cheapest first', () => {
    const band = (minimumMinor: bigint, maximumMinor: bigint) => [{ minimumMinor, maximumMinor }];
    const low = product({ product: 'LOW', bands: band(100n, 999n), costBasisPoints: 9000 });
    const high = product({ product: 'HIGH', bands: band(1000n, 9999n), costBasisPoints: 9500 });
    const tango = { provider: 'tango', product: 'T1', bands: band(500n, 5000n) };
    const catalogues = new Map([
      ['tremendous', [low, high]],
      ['tango', [product({ ...tango, costBasisPoints: 9200 })]],
    ]);
    const alternatives = [
      { provider: 'tremendous', products: ['HIGH'] },
      { provider: 'tango', products: ['T1'] },
    ];
    const offer = offered({ products: ['LOW'], alternatives }, catalogues);
    if (offer === undefined) throw new Error('Nothing is offered.');
    const at = (amountMinor: bigint) =>
      sourcesFor(offer, amountMinor).map(({ provider, products }) => `${provider} ${products}`);
    expect(at(600n)).toEqual(['tremendous LOW', 'tango T1']);
    expect(at(2000n)).toEqual(['tango T1', 'tremendous HIGH']);
    expect(at(200n)).toEqual(['tremendous LOW']);
    expect(at(50n)).toEqual([]);
  });
});
