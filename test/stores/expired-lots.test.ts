import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { toImage } from '../../shared/adapters/dynamodb/attributes.ts';
import { balanceKey } from '../../shared/adapters/dynamodb/schema.ts';
import { keyOf, MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { emptyBalance } from '../../shared/domain/points/balance.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { lot } from '../support/points.ts';
import { dynamoStores, memoryStores, openDynamoTable, type Stores } from './backends.ts';
import { emptyPosting, entryOf, owner } from './ledger-actor.ts';

const dynamodb = useDynamoDbLocal();
const expired = lot('2026-07-01');

/** Nothing expires lots yet; what other writers rely on is laid down here. */
const places: { readonly name: string; open(): Promise<Stores> }[] = [
  {
    name: 'memory',
    async open() {
      const table = new MemoryTable();
      const balance = { ...emptyBalance, expiredThrough: expired };
      const key = keyOf(owner.program, owner.member, owner.unit);
      table.balances.set(key, { ...owner, balance });
      return memoryStores(table);
    },
  },
  {
    name: 'DynamoDB Local',
    async open() {
      const table = await openDynamoTable(dynamodb(), { seed: 5 });
      const item = toImage({ ...balanceKey(owner), xe: expired });
      await dynamodb().send(new PutItemCommand({ TableName: table.tableName, Item: item }));
      return dynamoStores(table);
    },
  },
];

describe.each(places)('after an expiry, in $name', ({ open }) => {
  const credit = async (stores: Stores, into: string) => {
    const entries = [entryOf({ hash: into, kind: 'accrual', points: 0n }, [], 'd1')];
    const guards = { debt: 0n, notExpiredThrough: lot(into) };
    const balance = { ...owner, lots: new Map([[lot(into), 5n]]), debt: 0n, guards };
    const posting = { operation: 'earn', entries, ...emptyPosting, balance } as const;
    return (await stores.ledger.post(posting)).kind;
  };

  it('lots up to its date take no points, later ones do', async () => {
    const stores = await open();
    expect((await stores.ledger.readBalance(owner)).expiredThrough).toBe(expired);
    expect(await credit(stores, '2026-06-30')).toBe('stale');
    expect(await credit(stores, '2026-07-01')).toBe('stale');
    expect(await credit(stores, '2026-07-02')).toBe('posted');
    const balance = await stores.ledger.readBalance(owner);
    expect([...balance.lots]).toEqual([[lot('2026-07-02'), 5n]]);
    expect(balance.expiredThrough).toBe(expired);
  });
});
