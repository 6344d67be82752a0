import { expect, test } from 'vitest';
import { type CatalogueProduct, isOffered } from '../../../shared/domain/catalogue/product.ts';
import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { type Cases, collected } from './on-stage.ts';

/** All of what is sold, in our words, or an error: half a catalogue counts for nothing. */
export function certifyCatalogue(cases: Cases): void {
  const { onStage, harness } = cases;
  if (!cases.has('catalogue')) {
    test('where nothing is sold, the catalogue is empty', () =>
      onStage(async ({ provider }) => {
        expect(await collected(provider.catalogue())).toEqual([]);
        expect(await provider.product('ANY')).toBeUndefined();
      }));
    return;
  }
  test('everything that is sold is read, each product once, in our words', () =>
    onStage(async ({ provider, productsSold }) => {
      const products = await collected(provider.catalogue());
      expect(products).toHaveLength(productsSold);
      expect(new Set(products.map(({ product }) => product)).size).toBe(productsSold);
      for (const product of products) expectInOurWords(product);
      for (const { kind } of products) expect(harness.capabilities.kinds).toContain(kind);
      expect(new Set(products.map((product) => product.provider))).toEqual(
        new Set([provider.name]),
      );
    }));

  test('the same catalogue again is equal', () =>
    onStage(async ({ provider }) => {
      const first = await collected(provider.catalogue());
      expect(await collected(provider.catalogue())).toEqual(first);
    }));

  test('one product is read as the catalogue has it; an unknown one is not sold', () =>
    onStage(async ({ provider, productIn }) => {
      const products = await collected(provider.catalogue());
      for (const currency of ['GBP', 'EUR']) {
        const product = productIn(currency);
        const listed = products.find((it) => it.product === product);
        expect(listed).toMatchObject({ currency, orderable: true });
        if (cases.has('faceValue')) expect(isOffered(listed?.bands ?? [], 1_250n)).toBe(true);
        expect(await provider.product(product)).toEqual(listed);
      }
      expect(await provider.product('NEVERSOLD9999')).toBeUndefined();
    }));
  certifyUnreadable(cases);
}

function certifyUnreadable({ onStage, those, has }: Cases): void {
  for (const trouble of those('breaksOff', 'serverError', 'page', 'truncated', 'emptyObject')) {
    test(`a catalogue that meets ${trouble} cannot be read`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        await expect(collected(stage.provider.catalogue())).rejects.toThrow('could not be read');
      }));
  }

  for (const trouble of those('strangerNotFound', 'serverError', 'page')) {
    test(`a product that meets ${trouble} is not one that is not sold`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        const read = stage.provider.product(stage.productIn('GBP'));
        await expect(read).rejects.toThrow('could not be read');
      }));
  }

  for (const who of ['mistaken', 'unreachable'] as const) {
    if (!has(who === 'mistaken' ? 'key' : 'connection')) continue;
    test(`nothing is read with what is ${who}`, () =>
      onStage(async (stage) => {
        const provider = stage[who];
        await expect(collected(provider.catalogue())).rejects.toThrow('could not be read');
        await expect(provider.product('ANY')).rejects.toThrow('could not be read');
      }));
  }
}

function expectInOurWords(product: CatalogueProduct): void {
  expect(product.product).toMatch(/^\S{1,200}$/);
  expect(product.name).toMatch(/^.{1,200}$/);
  expect(product.brand).toMatch(/^.{1,200}$/);
  expect(isCurrency(product.currency)).toBe(true);
  for (const { minimumMinor, maximumMinor } of product.bands) {
    expect(minimumMinor).toBeGreaterThan(0n);
    expect(maximumMinor).toBeGreaterThanOrEqual(minimumMinor);
  }
  for (const country of product.countries) expect(country).toMatch(/^[A-Z]{2}$/);
  for (const language of product.languages) expect(language).toMatch(/^[a-z]{2}$/);
  const { disclosure = 'none', image = 'https://', costBasisPoints, deliveryMinutes } = product;
  expect(disclosure.length).toBeLessThanOrEqual(2_000);
  expect(disclosure).not.toMatch(/<\/?[a-z][^>]*>/i);
  expect(image).toMatch(/^https:\/\//);
  expect(Number.isSafeInteger(costBasisPoints) && costBasisPoints > 0).toBe(true);
  expect(Number.isSafeInteger(deliveryMinutes) && deliveryMinutes >= 0).toBe(true);
}
