import { expect, it } from 'vitest';
import { createMemoryLedgerStore } from '../../../../../shared/adapters/memory/ledger-store.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import * as projections from '../../../../../shared/adapters/memory/projection-store.ts';
import { project } from '../../../../../shared/app/booking/project.ts';
import type { Entry } from '../../../../../shared/domain/ledger/entry.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

function entryOf(program: string, member: string, newMembers?: readonly string[]): Entry {
  return {
    key: { at: 'event', program, hash: member, part: '0' },
    ...{ kind: 'accrual', program, member, legs: [], bodyHash: 'body' },
    ...{ occurredAt: instantOf(1), postedAt: instantOf(2), explanation: { reason: 'TEST' } },
    ...(newMembers && { newMembers }),
  };
}

it('lists the members that entries name as new, each in its program', async () => {
  const table = new MemoryTable();
  const store = projections.createMemoryProjectionStore(table);
  const entries = [
    entryOf('shop', 'ann', ['ann', 'ben']),
    entryOf('shop', 'eve'),
    entryOf('other', 'dan', ['dan']),
  ];
  await project(store, entries);
  await project(store, entries);
  const ledger = createMemoryLedgerStore(table);
  const listed = async (program: string) => {
    const members: string[] = [];
    for await (const member of ledger.members(program)) members.push(member);
    return members.toSorted();
  };
  expect(await listed('shop')).toEqual(['ann', 'ben']);
  expect(await listed('other')).toEqual(['dan']);
  const { rows } = await store.readHistory({ program: 'shop', member: 'ann', limit: 9 });
  expect(rows.map(({ entry }) => [entry.member, entry.newMembers])).toEqual([['ann', undefined]]);
});
