import { type AwardRecord, type Entry, memberAmounts, sumByUnit } from '../domain/ledger/entry.ts';
import { formatInstant } from '../domain/time.ts';
import type { HistoryRow, ProjectionStore } from '../ports/stores.ts';

const pageRows = 50;

export interface HistoryLine {
  readonly occurredAt: string;
  readonly kind: string;
  /**
   * What it gave (negative: took) by unit, in digits; a redemption counts once, when it has ended.
   */
  readonly amounts: Readonly<Record<string, string>>;
  readonly rule?: string;
  readonly reason: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Which rules gave what, and how it was worked out. */
  readonly awards?: readonly {
    readonly rule: string;
    readonly unit: string;
    readonly points: string;
    readonly arithmetic: string;
  }[];
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

/** Who works for the program is nobody else's business. */
const staffInputs: ReadonlySet<string> = new Set(['actor', 'approvedBy', 'rejectedBy', 'holder']);

function lineOf({ member, entry, redemption }: HistoryRow): HistoryLine {
  const { reason, rule, inputs = {} } = entry.explanation;
  const shown = Object.entries(inputs).filter(([name]) => !staffInputs.has(name));
  // What another member's event was worth is told to that member alone.
  const isOwn = member === entry.member;
  const awards = isOwn ? (entry.awards ?? []) : [];
  return {
    occurredAt: formatInstant(entry.occurredAt),
    kind: entry.kind,
    amounts: amountsOf(entry, member),
    reason,
    ...(rule !== undefined && { rule }),
    ...(isOwn && shown.length > 0 && { inputs: Object.fromEntries(shown) }),
    ...(awards.length > 0 && { awards: awards.map(lineOfAward) }),
    ...(redemption && { redemption }),
  };
}

function lineOfAward({ rule, unit, points, arithmetic }: AwardRecord) {
  return { rule, unit, points: points.toString(), arithmetic };
}

/** One line tells a whole redemption: a settlement counts what was held before it. */
function amountsOf({ kind, legs }: Entry, member: string): Record<string, string> {
  const amounts = memberAmounts(legs, member);
  const isSettlement = kind === 'capture' || kind === 'release';
  const held = legs.filter(({ account }) => isSettlement && account.kind === 'held');
  for (const [unit, amount] of sumByUnit(held)) {
    amounts.set(unit, (amounts.get(unit) ?? 0n) + amount);
  }
  return Object.fromEntries([...amounts].map(([unit, amount]) => [unit, amount.toString()]));
}
