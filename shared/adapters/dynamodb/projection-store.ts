import type { HistoryRow, ProjectionStore } from '../../ports/stores.ts';
import { type Image, toImage } from './attributes.ts';
import {
  encodeClosedRow,
  encodeHistoryRow,
  encodeOpenRow,
  isClosedRow,
  isNextTurn,
  parseHistoryRow,
} from './history-item.ts';
import { queryItems } from './item-read.ts';
import { putAlways, putBatch, putOnCondition } from './item-write.ts';
import { listedMemberKey } from './member-list.ts';
import { historyPrefix, memberPartition, openPrefix } from './schema.ts';
import { metered, type Table } from './table.ts';

/** Sorts after every instant: the cursor of a page that ended before the history began. */
const beforeHistory = '~';
const maximumCursorLength = 512;

export function createProjectionStore(table: Table): ProjectionStore {
  return {
    async putHistory(rows) {
      const items = new Map(rows.map(encodeHistoryRow).map((item) => [keyOf(item), item]));
      const call = { operation: 'projection', count: items.size } as const;
      await metered(table, call, (bill) => putBatch(table, [...items.values()], bill));
    },

    async openRedemption(row, turn) {
      const put = { item: encodeOpenRow(row, turn), condition: isNextTurn(turn) };
      await metered(table, callFor(row), (bill) => putOnCondition(table, put, bill));
    },

    async closeRedemption(row, closed) {
      const put = { item: encodeClosedRow(row, closed), condition: isNextTurn(closed.turn) };
      await metered(table, callFor(row), async (bill) => {
        await putAlways(table, encodeHistoryRow(row), bill);
        await putOnCondition(table, put, bill);
      });
    },

    async putMembers(program, members) {
      const items = [...new Set(members)].map((member) => encodeListedMember(program, member));
      const call = { operation: 'projection', count: items.length } as const;
      await metered(table, call, (bill) => putBatch(table, items, bill));
    },

    readHistory: (query) => readHistory(table, query),
  };
}

function encodeListedMember(program: string, member: string): Image {
  return toImage({ ...listedMemberKey(program, member) });
}

function keyOf(item: Readonly<Record<string, { readonly S?: string | undefined }>>): string {
  return JSON.stringify([item.pk?.S, item.sk?.S]);
}

function callFor({ redemption }: HistoryRow) {
  const subject = redemption === undefined ? {} : { subject: redemption.id };
  return { operation: 'projection', count: 1, ...subject } as const;
}

type HistoryQuery = Parameters<ProjectionStore['readHistory']>[0];
type HistoryPage = Awaited<ReturnType<ProjectionStore['readHistory']>>;

/** Open redemptions stand first, newest first, then the history; a page may end between the two. */
async function readHistory(table: Table, query: HistoryQuery): Promise<HistoryPage> {
  const { limit, before } = query;
  const pk = memberPartition(query);
  const rows = before === undefined ? (await readOpen(table, pk)).slice(0, limit) : [];
  if (rows.length === limit) return { rows, next: beforeHistory };
  const cursor = (before ?? beforeHistory).slice(0, maximumCursorLength);
  const wanted = limit - rows.length;
  const history = queryItems(table, {
    pk,
    skPrefix: historyPrefix,
    newestFirst: true,
    limit: wanted,
    startAfter: historyPrefix + cursor,
    consistent: false,
  });
  let last = '';
  let found = 0;
  for await (const image of history) {
    rows.push(parseHistoryRow(image));
    last = image.sk?.S ?? '';
    found += 1;
  }
  return found < wanted ? { rows } : { rows, next: last.slice(historyPrefix.length) };
}

async function readOpen(table: Table, pk: string): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = [];
  const open = queryItems(table, { pk, skPrefix: openPrefix, consistent: false });
  for await (const image of open) if (!isClosedRow(image)) rows.push(parseHistoryRow(image));
  return rows.sort((left, right) => right.entry.occurredAt - left.entry.occurredAt);
}
