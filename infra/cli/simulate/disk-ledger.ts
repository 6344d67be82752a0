import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createMemoryLedgerStore } from '../../../shared/adapters/memory/ledger-store.ts';
import { stateIn } from '../../../shared/adapters/memory/member-read.ts';
import type { LedgerRows, MemoryRecord } from '../../../shared/adapters/memory/memory-table.ts';
import type { Entry } from '../../../shared/domain/ledger/entry.ts';
import type { FollowUp } from '../../../shared/domain/ledger/follow-up.ts';
import { type MemberSnapshot, recordKey } from '../../../shared/domain/member/snapshot.ts';
import type { Balance } from '../../../shared/domain/points/balance.ts';
import type { BalanceOwner } from '../../../shared/domain/points/balance-change.ts';
import type { CaseRow, LedgerStore, WaitingFollowUp } from '../../../shared/ports/ledger.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import { DiskRows } from './disk-rows.ts';
import { MemberRows } from './member-rows.ts';

type BalanceRow = BalanceOwner & { readonly balance: Balance };

/**
 * The ledger of one program, for as long as it is open: members in memory, and what grows with
 * their events in a file. Nothing of it is ever committed: the file is gone when it is closed.
 */
export interface DiskLedger {
  readonly store: LedgerStore;
  /** Entries in the order of their event time. */
  readonly scan: LedgerScan;
  /** Points drawn from a budget, whatever its shards. */
  readonly budgetUsed: (budget: string, shards: number) => bigint;
  readonly close: () => Promise<void>;
}

/** The file's own cache; more would only be memory. */
const cacheKib = 16_384;

/** Throws, with nothing left behind, where the file cannot be made. */
export async function openDiskLedger(program: string): Promise<DiskLedger> {
  const folder = await mkdtemp(join(tmpdir(), 'guerdon-simulate-'));
  const removed = () => rm(folder, { recursive: true, force: true });
  try {
    const database = openDatabase(join(folder, 'ledger.sqlite'));
    const close = async () => {
      database.close();
      await removed();
    };
    return { ...ledgerIn(database, program), close };
  } catch (error) {
    await removed();
    throw error;
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -${cacheKib};
    BEGIN;
  `);
  return database;
}

function ledgerIn(database: DatabaseSync, program: string): Omit<DiskLedger, 'close'> {
  const balances = new MemberRows<BalanceRow>();
  const records = new MemberRows<MemoryRecord>();
  const budgets = new Map<string, bigint>();
  const entries = new DiskRows<Entry>(database, 'entries', ({ occurredAt }) => occurredAt);
  const waiting = new DiskRows<WaitingFollowUp>(database, 'waiting', (row) => row.waitingSince);
  const cases = new DiskRows<CaseRow>(database, 'cases', ({ openedAt }) => openedAt);
  const rows: LedgerRows = {
    ...{ entries, waiting, cases, balances, records, budgets },
    followUps: new DiskRows<FollowUp>(database, 'follow_ups', ({ version }) => version),
  };
  const snapshotOf = (member: string): MemberSnapshot => ({
    member,
    balances: new Map([...balances.of(member)].map(({ unit, balance }) => [unit, balance])),
    records: new Map(
      [...records.of(member)].map(({ record }) => [recordKey(record.kind, record.id), record]),
    ),
  });
  const store: LedgerStore = {
    ...createMemoryLedgerStore({ ...rows, members: new Map() }),
    async readForPosting({ members, ...query }) {
      const state = stateIn(rows, { ...query, members: [] });
      const snapshots = members.map(({ member }) => [member, snapshotOf(member)] as const);
      return { ...state, members: new Map(snapshots) };
    },
    async readMember({ member }) {
      return snapshotOf(member);
    },
    async *members() {
      yield* new Set([...balances.members(), ...records.members()]);
    },
    async *waitingFollowUps() {
      yield* waiting.values();
    },
    async *cases() {
      yield* cases.values();
    },
  };
  const budgetUsed = (budget: string, shards: number) => {
    const query = { program, members: [], hashes: [], originals: [] };
    const { budgets: drawn } = stateIn(rows, { ...query, budgets: [{ budget, shards }] });
    return (drawn.get(budget) ?? []).reduce((sum, points) => sum + points, 0n);
  };
  return { store, scan: scanOf(entries, balances, program), budgetUsed };
}

function scanOf(
  entries: DiskRows<Entry>,
  balances: MemberRows<BalanceRow>,
  program: string,
): LedgerScan {
  return {
    async *items() {
      for (const entry of entries.values()) yield { entry };
    },
    async *balances() {
      for (const row of balances.values()) if (row.program === program) yield row;
    },
  };
}
