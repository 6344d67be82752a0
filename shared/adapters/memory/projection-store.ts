import { invariant } from '../../domain/result.ts';
import { formatInstant } from '../../domain/time.ts';
import type { HistoryRow, ProjectionStore } from '../../ports/stores.ts';
import { entryKeyOf, keyOf, type MemoryTable } from './memory-table.ts';

/** Sorts after every instant: the cursor of a page that ended before the history began. */
const beforeHistory = '~';

export function createMemoryProjectionStore(table: MemoryTable): ProjectionStore {
  return {
    async putHistory(rows) {
      for (const row of rows) table.history.set(historyKeyOf(row), shown(row));
    },
    async openRedemption(row, turn) {
      if (isNext(table, row, turn)) table.open.set(openKeyOf(row), { turn, row: shown(row) });
    },
    async closeRedemption(row, { turn }) {
      table.history.set(historyKeyOf(row), shown(row));
      if (isNext(table, row, turn)) table.open.set(openKeyOf(row), { turn });
    },
    async putMembers(program, members) {
      const listed = table.members.get(program) ?? [];
      table.members.set(program, new Set([...listed, ...members]));
    },
    async readHistory(query) {
      return readHistory(table, query);
    },
  };
}

function isNext({ open }: MemoryTable, row: HistoryRow, turn: number): boolean {
  return turn > (open.get(openKeyOf(row))?.turn ?? -1);
}

/** A row without what only writers need. */
function shown(row: HistoryRow): HistoryRow {
  const { metrics: _, newMembers: __, delivery: ___, ...entry } = row.entry;
  return { ...row, entry };
}

function historyKeyOf({ program, member, entry }: HistoryRow): string {
  return keyOf(program, member, entryKeyOf(entry.key));
}

function openKeyOf({ program, member, redemption }: HistoryRow): string {
  invariant(redemption !== undefined, 'The row of a redemption names it.');
  return keyOf(program, member, redemption.id);
}

function cursorOf({ entry }: HistoryRow): string {
  return `${formatInstant(entry.occurredAt)}#${entryKeyOf(entry.key)}`;
}

type HistoryQuery = Parameters<ProjectionStore['readHistory']>[0];
type HistoryPage = Awaited<ReturnType<ProjectionStore['readHistory']>>;

/** Open redemptions stand first, newest first, then the history; a page may end between the two. */
function readHistory(table: MemoryTable, query: HistoryQuery): HistoryPage {
  const { program, member, limit, before } = query;
  const isOwn = (row: HistoryRow): boolean => row.program === program && row.member === member;
  const open = [...table.open.values()].flatMap(({ row }) => row ?? []).filter(isOwn);
  open.sort((left, right) => right.entry.occurredAt - left.entry.occurredAt);
  const rows = before === undefined ? open.slice(0, limit) : [];
  if (rows.length === limit) return { rows, next: beforeHistory };
  const wanted = limit - rows.length;
  const older = [...table.history.values()]
    .filter(isOwn)
    .map((row) => ({ row, cursor: cursorOf(row) }))
    .filter(({ cursor }) => cursor < (before ?? beforeHistory))
    .sort((left, right) => (left.cursor < right.cursor ? 1 : -1))
    .slice(0, wanted);
  for (const { row } of older) rows.push(row);
  const last = older.at(-1);
  return older.length < wanted || !last ? { rows } : { rows, next: last.cursor };
}
