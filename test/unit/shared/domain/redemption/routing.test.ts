import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogueProduct } from '../../../../../shared/domain/catalogue/product.ts';
import {
  type Candidate,
  chooseProvider,
  type Wanted,
} from '../../../../../shared/domain/redemption/routing.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { runs } from '../../../../properties/runs.ts';

const now = instantOf(1_000_000);
const wanted: Wanted = {
  ...{ kind: 'eGiftCard', value: { amountMinor: 1000n, currency: 'GBP' }, country: 'GB', now },
  ...{ promisedBy: instantOf(now + 3_600_000), tried: [] },
};

function candidate(provider: string, parts: Partial<Candidate> = {}): Candidate {
  const known = { enabled: true, failing: false, outOfFunds: false };
  return { provider, products: [`${provider}-1`], ...known, ...parts };
}

/** A candidate whose catalogue was read and sells its one product so. */
function selling(provider: string, parts: Partial<CatalogueProduct> = {}): Candidate {
  const product = `${provider}-1`;
  const sold: CatalogueProduct = {
    ...{ provider, product, name: product, brand: 'Shop', kind: 'eGiftCard', currency: 'GBP' },
    ...{ bands: [{ minimumMinor: 500n, maximumMinor: 5000n }], countries: ['GB'], languages: [] },
    ...{ deliveryMinutes: 1, costBasisPoints: 10_000, orderable: true, ...parts },
  };
  return candidate(provider, { sold: new Map([[product, sold]]) });
}

const pick = (...candidates: Candidate[]) => {
  const choice = chooseProvider(candidates, wanted);
  return choice && `${choice.provider} ${choice.reason}`;
};

describe('the choice of a provider', () => {
  it('is the only one that is left, also where it takes no orders now', () => {
    expect(pick(candidate('a', { failing: true }))).toBe('a ONLY_PROVIDER_OF_REWARD');
    expect(pick()).toBeUndefined();
    const tried = chooseProvider([candidate('a')], { ...wanted, tried: ['a'] });
    expect(tried).toBeUndefined();
  });

  it.each([
    ['has no account in the region', candidate('b', { enabled: false })],
    ['sells no such kind', candidate('b', { kinds: ['donation'] })],
    ['does not list the product', candidate('b', { sold: new Map() })],
    ['cannot deliver it now', selling('b', { orderable: false })],
    ['sells it elsewhere', selling('b', { countries: ['US'] })],
    ['sells it in another currency', selling('b', { currency: 'EUR' })],
    ['sells no such amount', selling('b', { bands: [{ minimumMinor: 1n, maximumMinor: 999n }] })],
  ])('leaves out who %s', (_, left) => {
    expect(pick(left, candidate('a'))).toBe('a ONLY_PROVIDER_OF_REWARD');
    expect(pick(left)).toBeUndefined();
  });

  it('prefers who takes orders, then who is in time, then who is cheap, then the first', () => {
    const late = { deliveryMinutes: 61, costBasisPoints: 9000 };
    const cheap = { costBasisPoints: 9500 };
    const fee = { amountMinor: 60n, currency: 'GBP' };
    const broken = { ...selling('b', { costBasisPoints: 1 }), failing: true };
    const broke = { ...selling('b', { costBasisPoints: 1 }), outOfFunds: true };
    expect(pick(broken, selling('a'))).toBe('a TAKES_ORDERS');
    expect(pick(broke, selling('a'))).toBe('a TAKES_ORDERS');
    expect(pick(selling('b', late), selling('a'))).toBe('a IN_TIME');
    expect(pick(selling('b'), selling('a', cheap))).toBe('a CHEAPEST');
    expect(pick(selling('b', { ...cheap, fee }), selling('a'))).toBe('a CHEAPEST');
    expect(pick(selling('b'), candidate('a'))).toBe('b LISTED_FIRST');
  });

  it('asks for the products that can be had, in the order of the source', () => {
    const { sold = new Map() } = selling('a');
    const products = ['gone', 'a-1'];
    const choice = chooseProvider([candidate('a', { sold, products })], wanted);
    expect(choice?.products).toEqual(['a-1']);
  });

  it('is the same however the others are listed, unless nothing else tells them apart', () => {
    const any = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        cost: fc.integer({ min: 9000, max: 9003 }),
        failing: fc.boolean(),
      }),
      { selector: ({ name }) => name, minLength: 1 },
    );
    const property = fc.property(any, (all) => {
      const listed = all.map(({ name, cost, failing }) => ({
        ...selling(name, { costBasisPoints: cost }),
        failing,
      }));
      const there = chooseProvider(listed, wanted);
      const back = chooseProvider(listed.toReversed(), wanted);
      if (there?.reason !== 'LISTED_FIRST') expect(back).toEqual(there);
      const best = listed.some(({ failing }) => !failing);
      expect(there?.isHealthy).toBe(best);
    });
    fc.assert(property, runs(300));
  });
});
