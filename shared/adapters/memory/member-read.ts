import type { Entry } from '../../domain/ledger/entry.ts';
import type { FollowUp } from '../../domain/ledger/follow-up.ts';
import { type MemberSnapshot, recordKey } from '../../domain/member/snapshot.ts';
import type { PostingQuery, PostingState } from '../../ports/ledger.ts';
import { balanceKeyOf } from './balance-change.ts';
import { entryKeyOf, keyOf, type LedgerRows } from './memory-table.ts';

export function eventKey(program: string, hash: string) {
  return { at: 'event', program, hash, part: '0' } as const;
}

export function shardKeyOf(program: string, budget: string, shard: number): string {
  return keyOf(program, budget, shard.toString());
}

/** With records: the member whole. */
function snapshotIn(
  table: LedgerRows,
  program: string,
  asked: PostingQuery['members'][number],
): MemberSnapshot {
  const { member, units, records } = asked;
  if (records) return wholeIn(table, program, member);
  const found = units.flatMap((unit) => {
    const row = table.balances.get(balanceKeyOf({ program, member, unit }));
    return row === undefined ? [] : [[unit, row.balance] as const];
  });
  return { member, balances: new Map(found), records: new Map() };
}

export function wholeIn(table: LedgerRows, program: string, member: string): MemberSnapshot {
  const isOwn = (row: { readonly program: string }): boolean => row.program === program;
  const balances = [...table.balances.of(member)].filter(isOwn);
  const records = [...table.records.of(member)].filter(isOwn);
  return {
    member,
    balances: new Map(balances.map(({ unit, balance }) => [unit, balance])),
    records: new Map(records.map(({ record }) => [recordKey(record.kind, record.id), record])),
  };
}

export function stateIn(table: LedgerRows, query: PostingQuery): PostingState {
  const { program, hashes, originals, budgets } = query;
  const entries = new Map<string, Entry>();
  for (const hash of [...hashes, ...originals]) {
    const entry = table.entries.get(entryKeyOf(eventKey(program, hash)));
    if (entry) entries.set(hash, entry);
  }
  const followUps = new Map<string, FollowUp>();
  for (const hash of originals) {
    const followUp = table.followUps.get(keyOf(program, hash));
    if (followUp) followUps.set(hash, followUp);
  }
  const usedIn = (budget: string, shards: number) =>
    Array.from(
      { length: shards },
      (_, shard) => table.budgets.get(shardKeyOf(program, budget, shard)) ?? 0n,
    );
  return {
    members: new Map(
      query.members.map((asked) => [asked.member, snapshotIn(table, program, asked)]),
    ),
    entries,
    followUps,
    budgets: new Map(budgets.map(({ budget, shards }) => [budget, usedIn(budget, shards)])),
  };
}
