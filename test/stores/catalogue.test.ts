import { describe, expect, it } from 'vitest';
import { createCatalogueStore } from '../../shared/adapters/dynamodb/catalogue-store.ts';
import { createMemoryCatalogue } from '../../shared/adapters/memory/catalogue-store.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { productOf } from '../support/products.ts';
import { type MeteredCall, openDynamoTable } from './backends.ts';
import { catalogueSuite } from './catalogue-suite.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;

describe('memory', () => {
  catalogueSuite(async () => createMemoryCatalogue());
});

describe('DynamoDB Local', () => {
  catalogueSuite(async () => createCatalogueStore(await openDynamoTable(dynamodb(), { seed })));

  it('keeps a large catalogue, and writes only what has changed of it', async () => {
    const meter: MeteredCall[] = [];
    const store = createCatalogueStore(await openDynamoTable(dynamodb(), { seed, meter }));
    // Terms that do not compress: what a large catalogue is made of.
    const terms = (number: number) =>
      Array.from({ length: 40 }, (_, word) => Math.sin(number * 40 + word).toString(36)).join(' ');
    const pounds = Array.from({ length: 2_000 }, (_, number) =>
      productOf({ product: `P${number}`, disclosure: terms(number) }),
    );
    const euros = [productOf({ product: 'E', currency: 'EUR' })];
    const at = instantOf(0);
    await store.replace(undefined, { readAt: at, products: [...pounds, ...euros] }, 'tango');
    expect(await store.products('tango', 'GBP')).toHaveLength(2_000);
    const first = meter.reduce((sum, { units }) => sum + units, 0);
    meter.length = 0;
    const changed = [...pounds, productOf({ product: 'E2', currency: 'EUR' })];
    const state = await store.state('tango');
    expect(await store.replace(state, { readAt: at, products: changed }, 'tango')).toBe('done');
    const second = meter.reduce((sum, { units }) => sum + units, 0);
    expect(first).toBeGreaterThan(300);
    expect(second).toBeLessThan(10);
    expect((await store.products('tango', 'EUR')).map(({ product }) => product)).toEqual(['E2']);
  });
});

describe('DynamoDB Local with faults', () => {
  catalogueSuite(async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    return createCatalogueStore(await openDynamoTable(dynamodb(), { seed, wrap }));
  });
});
