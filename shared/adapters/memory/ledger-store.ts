import type { Entry } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';
import type { FollowUp, LedgerStore, Posting, PostOutcome } from '../../ports/stores.ts';
import {
  balanceOf,
  changeBalance,
  entryKeyOf,
  keyOf,
  type MemoryTable,
  mayChange,
} from './memory-table.ts';

/** As the DynamoDB store limits a posting: 100 actions in one transaction. */
const maximumActions = 100;

/** Each call checks and writes without a pause in between, which makes it atomic here. */
export function createMemoryLedgerStore(table: MemoryTable): LedgerStore {
  return {
    async readForAccrual({ owner, hashes, originals }) {
      const entries = new Map<string, Entry>();
      for (const hash of [...hashes, ...originals]) {
        const entry = table.entries.get(entryKeyOf(eventKey(owner.program, hash)));
        if (entry) entries.set(hash, entry);
      }
      const followUps = new Map<string, FollowUp>();
      for (const hash of originals) {
        const followUp = table.followUps.get(keyOf(owner.program, hash));
        if (followUp) followUps.set(hash, followUp);
      }
      return { balance: balanceOf(table, owner), entries, followUps };
    },
    async readBalance(owner) {
      return balanceOf(table, owner);
    },
    async post(posting) {
      return post(table, posting);
    },
    async *waitingReturns(program) {
      const rows = [...table.waiting.values()].filter((row) => row.program === program);
      rows.sort((left, right) => left.waitingSince - right.waitingSince);
      yield* rows;
    },
    async openFollowUpCase(waiting, openedAt, reason) {
      const { program, hash } = waiting;
      if (!table.waiting.delete(keyOf(program, hash))) return;
      table.cases.set(keyOf(program, hash, reason), { program, subject: hash, reason, openedAt });
    },
  };
}

function eventKey(program: string, hash: string) {
  return { at: 'event', program, hash, part: '0' } as const;
}

function post(table: MemoryTable, posting: Posting): PostOutcome {
  const { entries, balance, followUps, waiting, settled } = posting;
  const originals = new Set(waiting.map(({ original }) => original));
  const rows = followUps.length + waiting.length + originals.size + settled.length;
  const actions = entries.length + rows + (balance ? 1 : 0);
  invariant(actions <= maximumActions, 'A transaction has more than 100 actions.');
  const existing = new Map<string, Entry>();
  for (const { key } of entries) {
    const stored = table.entries.get(entryKeyOf(key));
    if (stored && key.at === 'event') existing.set(key.hash, stored);
  }
  if (existing.size > 0) return { kind: 'entriesExist', existing };
  if (balance && !mayChange(table, balance)) return { kind: 'stale' };
  if (!mayFollow(table, posting)) return { kind: 'stale' };
  for (const entry of entries) table.entries.set(entryKeyOf(entry.key), entry);
  if (balance) changeBalance(table, balance);
  for (const { program, original, returned } of followUps) {
    table.followUps.set(keyOf(program, original), { returned });
  }
  for (const row of waiting) table.waiting.set(keyOf(row.program, row.hash), row);
  for (const row of settled) table.waiting.delete(keyOf(row.program, row.hash));
  return { kind: 'posted' };
}

function mayFollow(table: MemoryTable, { followUps, waiting, settled }: Posting): boolean {
  const returned = (program: string, original: string): bigint =>
    table.followUps.get(keyOf(program, original))?.returned ?? 0n;
  return (
    followUps.every(({ program, original, read }) => returned(program, original) === read) &&
    waiting.every(
      ({ program, hash, original }) =>
        !table.entries.has(entryKeyOf(eventKey(program, original))) &&
        !table.waiting.has(keyOf(program, hash)),
    ) &&
    settled.every(({ program, hash }) => table.waiting.has(keyOf(program, hash)))
  );
}
