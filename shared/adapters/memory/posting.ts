import type { Entry } from '../../domain/ledger/entry.ts';
import { nothingFollowed } from '../../domain/ledger/follow-up.ts';
import type { RecordWrite } from '../../domain/member/decision.ts';
import { invariant } from '../../domain/result.ts';
import type { Posting, PostOutcome } from '../../ports/ledger.ts';
import { nextRecordVersion } from '../record-version.ts';
import { balanceKeyOf, changeBalance, mayChange } from './balance-change.ts';
import { eventKey, shardKeyOf } from './member-read.ts';
import { entryKeyOf, keyOf, type LedgerRows } from './memory-table.ts';

/** As the DynamoDB store limits a posting: 100 actions in one transaction, one on each item. */
const maximumActions = 100;

export function post(table: LedgerRows, posting: Posting): PostOutcome {
  assertOneTransaction(posting);
  const existing = new Map<string, Entry>();
  for (const { key } of posting.entries) {
    const stored = table.entries.get(entryKeyOf(key));
    if (stored && key.at === 'event') existing.set(key.hash, stored);
  }
  if (existing.size > 0) return { kind: 'entriesExist', existing };
  if (!stillHolds(table, posting)) return { kind: 'stale' };
  write(table, posting);
  return { kind: 'posted' };
}

function recordKeyOf(program: string, { member, kind, id }: RecordWrite): string {
  return keyOf(program, member, kind, id);
}

function assertOneTransaction(posting: Posting): void {
  const { program, entries, balances, records, followUps, budgets, waiting, settled } = posting;
  const items = [
    ...entries.map(({ key }) => entryKeyOf(key)),
    ...balances.map((change) => keyOf('B', balanceKeyOf(change))),
    ...records.map((record) => keyOf('D', recordKeyOf(program, record))),
    ...followUps.map(({ original }) => keyOf('F', original)),
    ...budgets.map(({ budget, shard }) => keyOf('S', shardKeyOf(program, budget, shard))),
    ...waiting.map(({ hash }) => keyOf('W', hash)),
    ...settled.map(({ hash }) => keyOf('W', hash)),
    ...[...new Set(waiting.map(({ original }) => original))].map((hash) =>
      entryKeyOf(eventKey(program, hash)),
    ),
  ];
  invariant(new Set(items).size === items.length, 'A transaction has two actions on one item.');
  const cases = new Set(posting.cases.map(({ subject, reason }) => keyOf(subject, reason)));
  const actions = items.length + cases.size;
  invariant(actions <= maximumActions, 'A transaction has more than 100 actions.');
}

function stillHolds(table: LedgerRows, posting: Posting): boolean {
  const { program, balances, records, followUps, budgets, waiting, settled } = posting;
  return (
    balances.every((change) => mayChange(table, change)) &&
    records.every((record) => {
      const stored = table.records.get(recordKeyOf(program, record));
      return stored?.record.version === record.version;
    }) &&
    followUps.every(({ original, next }) => {
      const { version } = table.followUps.get(keyOf(program, original)) ?? nothingFollowed;
      return version === next.version - 1;
    }) &&
    budgets.every(({ budget, shard, points, limit }) => {
      const used = table.budgets.get(shardKeyOf(program, budget, shard)) ?? 0n;
      return points < 0n ? used >= -points : used + points <= limit;
    }) &&
    waiting.every(
      ({ hash, original }) =>
        !table.entries.has(entryKeyOf(eventKey(program, original))) &&
        !table.waiting.has(keyOf(program, hash)),
    ) &&
    settled.every(({ hash }) => table.waiting.has(keyOf(program, hash)))
  );
}

function write(table: LedgerRows, posting: Posting): void {
  const { program, entries, balances, records, postedAt } = posting;
  for (const entry of entries) table.entries.set(entryKeyOf(entry.key), entry);
  for (const change of balances) changeBalance(table, change);
  for (const record of records) writeRecord(table, posting, record);
  for (const { original, next } of posting.followUps) {
    table.followUps.set(keyOf(program, original), next);
  }
  for (const { budget, shard, points } of posting.budgets) {
    const key = shardKeyOf(program, budget, shard);
    table.budgets.set(key, (table.budgets.get(key) ?? 0n) + points);
  }
  for (const row of posting.waiting) table.waiting.set(keyOf(program, row.hash), row);
  for (const { hash } of posting.settled) table.waiting.delete(keyOf(program, hash));
  for (const { subject, reason } of posting.cases) {
    const row = { program, subject, reason, openedAt: postedAt };
    table.cases.set(keyOf(program, subject, reason, postedAt.toString()), row);
  }
}

/** Values are copied, as JSON copies them on their way to a table. */
function writeRecord(table: LedgerRows, { program, postedAt }: Posting, record: RecordWrite): void {
  const { member, kind, id, next } = record;
  const key = recordKeyOf(program, record);
  if (next === undefined) {
    invariant(record.version !== undefined, 'Only a record that was read can be removed.');
    table.records.delete(key);
    return;
  }
  const version = nextRecordVersion(record.version, postedAt);
  const value: unknown = JSON.parse(JSON.stringify(next));
  table.records.set(key, { program, member, record: { kind, id, version, value } });
}
