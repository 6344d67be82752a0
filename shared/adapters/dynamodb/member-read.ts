import type { Entry } from '../../domain/ledger/entry.ts';
import type { FollowUp } from '../../domain/ledger/follow-up.ts';
import { type MemberSnapshot, recordKey, type StoredRecord } from '../../domain/member/snapshot.ts';
import type { Balance } from '../../domain/points/balance.ts';
import type { PostingQuery, PostingState } from '../../ports/ledger.ts';
import { parseOwnedBalance } from './balance-item.ts';
import { parseShard } from './budget-item.ts';
import { parseEntryItem } from './entry-item.ts';
import { parseFollowUp } from './follow-up-item.ts';
import { getItems, queryItems } from './item-read.ts';
import { parseRecord } from './record-item.ts';
import {
  balanceKey,
  balancePrefix,
  budgetShardKey,
  entryKey,
  followUpKey,
  memberPartition,
  stateRange,
} from './schema.ts';
import type { Table } from './table.ts';

/** One query: balances and records stand side by side, history does not stand between them. */
export async function readMember(
  table: Table,
  { program, member }: { readonly program: string; readonly member: string },
): Promise<MemberSnapshot> {
  const balances = new Map<string, Balance>();
  const records = new Map<string, StoredRecord>();
  const query = { pk: memberPartition({ program, member }), range: stateRange };
  for await (const image of queryItems(table, query)) {
    if (image.sk?.S?.startsWith(balancePrefix)) {
      const { unit, balance } = parseOwnedBalance(image);
      balances.set(unit, balance);
    } else {
      const record = parseRecord(image);
      records.set(recordKey(record.kind, record.id), record);
    }
  }
  return { member, balances, records };
}

type Found = Awaited<ReturnType<typeof getItems>>;

/** One batch for all that has a known key, and one query for each member wanted with records. */
export async function readPostingState(table: Table, query: PostingQuery): Promise<PostingState> {
  const { program, hashes, originals, budgets } = query;
  const wanted = [...new Set([...hashes, ...originals])];
  const byUnit = query.members.filter(({ records }) => !records);
  const whole = query.members.filter(({ records }) => records);
  const keys = [
    ...byUnit.flatMap(({ member, units }) =>
      units.map((unit) => balanceKey({ program, member, unit })),
    ),
    ...wanted.map((hash) => entryKey(program, hash, '0')),
    ...originals.map((hash) => followUpKey(program, hash)),
    ...budgets.flatMap(({ budget, shards }) =>
      Array.from({ length: shards }, (_, shard) => budgetShardKey(program, budget, shard)),
    ),
  ];
  const [found, ...snapshots] = await Promise.all([
    getItems(table, keys),
    ...whole.map(({ member }) => readMember(table, { program, member })),
  ]);
  const partial = byUnit.map((asked) => balancesOf(found, program, asked));
  return {
    members: new Map([...partial, ...snapshots].map((snapshot) => [snapshot.member, snapshot])),
    entries: entriesIn(found, program, wanted),
    followUps: followUpsIn(found, program, originals),
    budgets: new Map(
      budgets.map(({ budget, shards }) => [
        budget,
        Array.from({ length: shards }, (_, shard) =>
          parseShard(found(budgetShardKey(program, budget, shard))),
        ),
      ]),
    ),
  };
}

function balancesOf(
  found: Found,
  program: string,
  { member, units }: PostingQuery['members'][number],
): MemberSnapshot {
  const balances = new Map<string, Balance>();
  for (const unit of units) {
    const image = found(balanceKey({ program, member, unit }));
    if (image) balances.set(unit, parseOwnedBalance(image).balance);
  }
  return { member, balances, records: new Map() };
}

function entriesIn(found: Found, program: string, hashes: readonly string[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const hash of hashes) {
    const image = found(entryKey(program, hash, '0'));
    if (image) entries.set(hash, parseEntryItem(image).entry);
  }
  return entries;
}

function followUpsIn(
  found: Found,
  program: string,
  hashes: readonly string[],
): Map<string, FollowUp> {
  const followUps = new Map<string, FollowUp>();
  for (const hash of hashes) {
    const image = found(followUpKey(program, hash));
    if (image) followUps.set(hash, parseFollowUp(image));
  }
  return followUps;
}
