import { DatabaseSync } from 'node:sqlite';
import { createMemoryLedgerStore } from '../../../shared/adapters/memory/ledger-store.ts';
import { stateIn } from '../../../shared/adapters/memory/member-read.ts';
import { MemberRows } from '../../../shared/adapters/memory/member-rows.ts';
import type {
  BalanceRow,
  LedgerRows,
  MemoryRecord,
} from '../../../shared/adapters/memory/memory-table.ts';
import type { Entry } from '../../../shared/domain/ledger/entry.ts';
import type { FollowUp } from '../../../shared/domain/ledger/follow-up.ts';
import type { CaseRow, LedgerStore, WaitingFollowUp } from '../../../shared/ports/ledger.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import { DiskRows } from './disk-rows.ts';

/**
 * A ledger for as long as it is open: members in memory, and what grows with
 * their events in a temporary file, which SQLite makes nameless where the system allows it.
 */
export interface DiskLedger {
  readonly store: LedgerStore;
  /** Entries in the order of their event time. */
  readonly scan: LedgerScan;
  /** Points drawn from a budget, whatever its shards. */
  readonly budgetUsed: (budget: BudgetName) => bigint;
  /** The file is gone with it. */
  readonly close: () => void;
}

interface BudgetName {
  readonly program: string;
  readonly budget: string;
  readonly shards: number;
}

/** The file's own cache; more would only be memory. */
const cacheKib = 16_384;

/** Throws where the temporary folder takes no file. */
export function openDiskLedger(): DiskLedger {
  const database = new DatabaseSync(temporaryDatabase);
  // Nothing is ever committed: nobody reads it twice.
  database.exec(`PRAGMA cache_size = -${cacheKib}; BEGIN`);
  return { ...ledgerIn(database), close: () => database.close() };
}

/** What SQLite calls a database of its own, on disk as soon as it outgrows its cache. */
const temporaryDatabase = '';

function ledgerIn(database: DatabaseSync): Omit<DiskLedger, 'close'> {
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
  const store: LedgerStore = {
    ...createMemoryLedgerStore({ ...rows, members: new Map() }),
    async *waitingFollowUps(program) {
      for (const row of waiting.values()) if (row.program === program) yield row;
    },
    async *cases(program) {
      for (const row of cases.values()) if (row.program === program) yield row;
    },
  };
  const budgetUsed = ({ program, budget, shards }: BudgetName) => {
    const query = { program, members: [], hashes: [], originals: [] };
    const { budgets: drawn } = stateIn(rows, { ...query, budgets: [{ budget, shards }] });
    return (drawn.get(budget) ?? []).reduce((sum, points) => sum + points, 0n);
  };
  return { store, scan: scanOf(entries, balances), budgetUsed };
}

function scanOf(entries: DiskRows<Entry>, balances: MemberRows<BalanceRow>): LedgerScan {
  return {
    async *items() {
      for (const entry of entries.values()) yield { entry };
    },
    async *balances() {
      yield* balances.values();
    },
  };
}
