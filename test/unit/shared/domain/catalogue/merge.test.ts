import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternativesTo } from '../../../../../shared/domain/catalogue/alternatives.ts';
import { faceValueOf, sourcesFor } from '../../../../../shared/domain/catalogue/face-value.ts';
import { mergedOffers } from '../../../../../shared/domain/catalogue/merge.ts';
import {
  type CatalogueProduct,
  catalogueRewardId,
  isOffered,
  rewardKinds,
} from '../../../../../shared/domain/catalogue/product.ts';
import { product } from '../../../../support/offers.ts';

const seed = 20_261_122;

const selling = {
  ...{ unit: 'PTS', marginBasisPoints: 300, minimumPoints: 500, leaveOut: [] },
};

function byProvider(products: readonly CatalogueProduct[]) {
  const providers = [...new Set(products.map(({ provider }) => provider))];
  return new Map(
    providers.map((name) => [name, products.filter(({ provider }) => provider === name)]),
  );
}

const merged = (products: readonly CatalogueProduct[], country = 'GB', parts = {}) =>
  mergedOffers({ ...selling, ...parts }, byProvider(products), { country });

describe('products of one maker, kind and currency', () => {
  const tango = product({ provider: 'tango', product: 'T1', brand: 'SHOP', costBasisPoints: 9500 });

  it('are one reward, whoever sells them', () => {
    const offers = merged([product(), tango, product({ currency: 'EUR' })]);
    expect(offers.map(({ rewardId }) => rewardId)).toEqual(['shop-eur', 'shop-gbp']);
    expect(offers[1]).toMatchObject({
      ...{ unit: 'PTS', minimumPoints: 500n, kind: 'eGiftCard' },
      price: { kind: 'byWorth', marginBasisPoints: 300 },
      sources: [{ provider: 'tango' }, { provider: 'tremendous' }],
    });
  });

  it('of another kind are another reward', () => {
    const offers = merged([product(), product({ product: 'P', kind: 'prepaidCard' })]);
    expect(offers).toHaveLength(2);
  });

  it('are sold as the program wants', () => {
    const all = [product(), tango, product({ product: 'D', brand: 'Help', kind: 'donation' })];
    const ids = (parts: object, country = 'GB') =>
      merged(all, country, parts).map(({ rewardId }) => rewardId);
    expect(ids({ kinds: ['donation'] })).toEqual(['help-donation-gbp']);
    expect(ids({ brands: ['Help'] })).toEqual(['help-donation-gbp']);
    expect(ids({ leaveOut: ['shop-gbp'] })).toEqual(['help-donation-gbp']);
    expect(ids({ providers: ['tango'] })).toEqual(['shop-gbp']);
    expect(merged([product({ countries: ['IE'] })])).toEqual([]);
    expect(merged([product({ orderable: false }), product({ product: 'X', bands: [] })])).toEqual(
      [],
    );
  });

  it('have ids that tell makers apart whatever they are called', () => {
    const id = (brand: string) => catalogueRewardId({ brand, kind: 'eGiftCard', currency: 'CNY' });
    const brands = ['星巴克', '麦当劳', 'H&M', 'x'.repeat(80), `${'x'.repeat(80)}y`, 'Café', '-'];
    expect(new Set(brands.map(id)).size).toBe(brands.length);
    for (const brand of brands) expect(id(brand)).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
    expect(id('Décathlon')).toBe('decathlon-cny');
    expect(id('H & M')).toBe(id('h-m'));
  });
});

const products = fc.array(
  fc.record({
    provider: fc.constantFrom('tango', 'runa', 'tremendous'),
    product: fc.constantFrom('A', 'B', 'C'),
    brand: fc.constantFrom('Shop', 'SHOP', 'Books & More'),
    kind: fc.constantFrom(...rewardKinds),
    currency: fc.constantFrom('GBP', 'EUR'),
    countries: fc.constantFrom([], ['GB'], ['IE', 'GB'], ['US']),
    minimumMinor: fc.bigInt({ min: 1n, max: 20n }),
    width: fc.bigInt({ min: 0n, max: 20n }),
    costBasisPoints: fc.integer({ min: 8000, max: 11_000 }),
    orderable: fc.boolean(),
  }),
  { maxLength: 12 },
);
const made = (each: Parameters<typeof product>[0] & { minimumMinor: bigint; width: bigint }) => {
  const { minimumMinor, width, ...parts } = each;
  return product({ ...parts, bands: [{ minimumMinor, maximumMinor: minimumMinor + width }] });
};

describe('whatever is sold', () => {
  it('is offered exactly where some provider has it for the amount', () => {
    const amounts = fc.bigInt({ min: 1n, max: 45n });
    const property = fc.property(products, amounts, (list, amount) => {
      const all = list.map(made);
      for (const offer of merged(all)) {
        const isFor = (each: CatalogueProduct) =>
          catalogueRewardId(each) === offer.rewardId &&
          each.orderable &&
          (each.countries.length === 0 || each.countries.includes('GB'));
        const sellers = all.filter((each) => isFor(each) && isOffered(each.bands, amount));
        expect(faceValueOf(offer, amount).ok).toBe(sellers.length > 0);
        const sources = sourcesFor(offer, amount).map(({ provider }) => provider);
        expect(new Set(sources)).toEqual(new Set(sellers.map(({ provider }) => provider)));
        expect(new Set(sources).size).toBe(sources.length);
      }
    });
    fc.assert(property, { seed });
  });

  it('is the same in any order of reading', () => {
    const property = fc.property(products, fc.nat(), (list, turn) => {
      const seen = new Map(
        list.map((each) => [`${each.provider} ${each.product} ${each.currency}`, made(each)]),
      );
      const all = [...seen.values()];
      const turned = all.map((_, index) => all[(index + turn) % all.length] ?? product());
      expect(merged(turned)).toEqual(merged(all));
    });
    fc.assert(property, { seed });
  });
});

describe('what is nearest to a reward that is gone', () => {
  const wanted = { rewardId: 'x', kind: 'eGiftCard', currency: 'GBP', amountMinor: 2000n } as const;
  const fixed = (brand: string, ...amounts: bigint[]) =>
    product({
      ...{ brand, product: brand },
      bands: amounts.map((each) => ({ minimumMinor: each, maximumMinor: each })),
    });
  const nearest = (all: readonly CatalogueProduct[]) =>
    alternativesTo(merged(all), wanted).map(({ rewardId, amountMinor }) => [rewardId, amountMinor]);

  it('is of its kind, the nearest amount first, three at most', () => {
    const all = [
      ...[fixed('A', 1000n, 1900n), fixed('B', 2500n), fixed('C', 2000n), fixed('D', 9000n)],
      product({ brand: 'Gift', product: 'G', kind: 'donation' }),
    ];
    expect(nearest(all)).toEqual([
      ['c-gbp', 2000n],
      ['a-gbp', 1900n],
      ['b-gbp', 2500n],
    ]);
  });

  it('may be in another currency, where there is no other', () => {
    const euro = product({ brand: 'E', product: 'E', currency: 'EUR' });
    expect(nearest([fixed('D', 9000n), euro])).toEqual([
      ['d-gbp', 9000n],
      ['e-eur', 500n],
    ]);
  });

  it('is always something that can be asked for', () => {
    const property = fc.property(products, (list) => {
      const offers = merged(list.map(made));
      for (const { rewardId, amountMinor } of alternativesTo(offers, wanted)) {
        const offer = offers.find((each) => each.rewardId === rewardId);
        expect(offer && faceValueOf(offer, amountMinor).ok).toBe(true);
      }
    });
    fc.assert(property, { seed });
  });
});
