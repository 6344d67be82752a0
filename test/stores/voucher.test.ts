import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { sealedKeyPattern } from '../../infra/constructs/table-access.ts';
import { createVoucherStore } from '../../shared/adapters/dynamodb/voucher-store.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { createMemoryVoucherStore } from '../../shared/adapters/memory/voucher-store.ts';
import { instantOf, type LocalDate } from '../../shared/domain/time.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { type MeteredCall, openDynamoTable } from './backends.ts';
import { spa, voucherSuite } from './voucher-suite.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_123;

describe('memory', () => {
  voucherSuite(async () => createMemoryVoucherStore(new MemoryTable(), seededRandomness(seed)));
});

describe('DynamoDB Local', { timeout: 30_000 }, () => {
  voucherSuite(async () => createVoucherStore(await openDynamoTable(dynamodb(), { seed })));

  it('costs an order the same however many codes went before', async () => {
    const meter: MeteredCall[] = [];
    const store = createVoucherStore(await openDynamoTable(dynamodb(), { seed, meter }));
    await store.createPool(spa);
    const ids = Array.from({ length: 60 }, (_, index) => `code-${index}`);
    await store.add(
      spa,
      ids.map((id) => ({ id, content: 'hash', sealed: 'x'.repeat(600) })),
    );
    const pool = await store.pool(spa);
    if (pool === undefined) throw new Error('The pool is missing.');
    for (const id of ids) {
      await store.take({
        ...{ pool, reference: id, value: { amountMinor: 1n, currency: 'GBP' }, request: 'hash' },
        ...{ takenAt: instantOf(0), usefulFrom: '2026-11-23' as LocalDate },
      });
    }
    const taken = meter.filter(({ operation }) => operation === 'dispatch');
    expect(taken.map(({ units }) => units)).toEqual(Array(60).fill(4));
    const loaded = meter.filter(({ count, operation }) => operation === 'vouchers' && count > 0);
    expect(loaded.map(({ units, count }) => [units, count])).toEqual([
      [2 + 49 * 4, 49],
      [2 + 11 * 4, 11],
    ]);
  });

  it('keeps codes, and what stands for them, under guarded keys only', async () => {
    const table = await openDynamoTable(dynamodb(), { seed });
    const store = createVoucherStore(table);
    await store.createPool(spa);
    await store.add(spa, [{ id: 'a', content: 'hash', sealed: 'canary sealed' }]);
    const pool = await store.pool(spa);
    if (pool === undefined) throw new Error('The pool is missing.');
    await store.take({
      ...{ pool, reference: 'r', value: { amountMinor: 1n, currency: 'GBP' }, request: 'hash' },
      ...{ takenAt: instantOf(0), usefulFrom: '2026-11-23' as LocalDate },
    });
    const { Items = [] } = await dynamodb().send(new ScanCommand({ TableName: table.tableName }));
    const guarded = new RegExp(`^${sealedKeyPattern.replaceAll('*', '.*')}$`);
    const open = Items.filter(({ pk }) => !guarded.test(pk?.S ?? ''));
    expect(open.map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual([['V', 'shop/spa-day']]);
    expect(Items).toHaveLength(3);
    // The filters of the stream readers tell ledger entries by this attribute.
    for (const item of Items) expect(item).not.toHaveProperty('k');
  });
});

describe('DynamoDB Local with faults', { timeout: 60_000 }, () => {
  voucherSuite(async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    return createVoucherStore(await openDynamoTable(dynamodb(), { seed, wrap }));
  });
});
