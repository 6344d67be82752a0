import { describe, expect, it } from 'vitest';
import { createSanctionsStore } from '../../shared/adapters/dynamodb/sanctions-lists.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { openDynamoTable } from './backends.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_122;
const loadedAt = instantOf(0);

describe('lists of names on DynamoDB Local', { timeout: 60_000 }, () => {
  it('are there once they were loaded, each by itself, and replaced as a whole', async () => {
    const store = createSanctionsStore(await openDynamoTable(dynamodb(), { seed }));
    expect(await store.index('watch')).toBeUndefined();
    await store.keep({ list: 'watch', names: ['Jane Doe', 'Łukasz Żak'], loadedAt });
    expect((await store.index('watch'))?.hits('Doe, Jane')).toEqual(['Jane Doe']);
    expect((await store.index('watch'))?.hits('Lukasz Zak')).toEqual(['Łukasz Żak']);
    expect(await store.index('other')).toBeUndefined();
    await store.keep({ list: 'watch', names: ['John Smith'], loadedAt });
    expect((await store.index('watch'))?.hits('Jane Doe')).toEqual([]);
  });

  it('are not put over others than those that they were to replace', async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    const store = createSanctionsStore(await openDynamoTable(dynamodb(), { seed, wrap }));
    const listOf = (...names: string[]) => ({ list: 'watch', names, loadedAt });
    const none = { stamp: await store.stamp('watch') };
    expect(none.stamp).toBeUndefined();
    expect(await store.keep(listOf('Jane Doe'), none)).toBe('kept');
    expect(await store.keep(listOf('Old Text'), none)).toBe('lost');
    const first = { stamp: await store.stamp('watch') };
    expect(await store.keep(listOf('John Smith'), first)).toBe('kept');
    expect(await store.keep(listOf('Old Text'), first)).toBe('lost');
    expect((await store.index('watch'))?.hits('John Smith')).toEqual(['John Smith']);
    expect((await store.index('watch'))?.hits('Old Text')).toEqual([]);
    expect(await store.keep(listOf('By Hand'))).toBe('kept');
  });

  it('may be longer than an item, over a bad line too', async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    const store = createSanctionsStore(await openDynamoTable(dynamodb(), { seed, wrap }));
    const names = Array.from({ length: 40_000 }, (_, index) => `Person Number${index} Listed`);
    await store.keep({ list: 'long', names, loadedAt });
    const index = await store.index('long');
    expect(index?.hits('listed person number39999')).toContain('Person Number39999 Listed');
  });
});
