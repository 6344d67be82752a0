import { type Entry, memberPoints } from '../domain/ledger/entry.ts';
import { formatInstant } from '../domain/time.ts';
import type { HistoryRow, ProjectionStore } from '../ports/stores.ts';

const pageRows = 50;

export interface HistoryLine {
  readonly occurredAt: string;
  readonly kind: string;
  /** What it gave (negative: took), in digits; a redemption counts once, when it has ended. */
  readonly points: string;
  readonly rule?: string;
  readonly reason: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly redemption?: { readonly id: string; readonly state: string };
}

/** One page of a member's history, newest first, with the reason of each line. */
export async function viewHistory(
  store: ProjectionStore,
  asked: { readonly program: string; readonly member: string; readonly before?: string },
): Promise<{ readonly lines: readonly HistoryLine[]; readonly next?: string }> {
  const { rows, next } = await store.readHistory({ ...asked, limit: pageRows });
  return { lines: rows.map(lineOf), ...(next !== undefined && { next }) };
}

function lineOf({ entry, redemption }: HistoryRow): HistoryLine {
  return {
    occurredAt: formatInstant(entry.occurredAt),
    kind: entry.kind,
    points: pointsOf(entry).toString(),
    ...entry.explanation,
    ...(redemption && { redemption }),
  };
}

/** One line tells a whole redemption: a settlement counts what was held before it. */
function pointsOf({ kind, legs }: Entry): bigint {
  const isSettlement = kind === 'capture' || kind === 'release';
  const held = legs.filter(({ account }) => isSettlement && account.kind === 'held');
  return memberPoints(legs) + held.reduce((sum, { amount }) => sum + amount, 0n);
}
