import {
  type AwardRecord,
  type Entry,
  type ExchangeRecord,
  memberAmounts,
  sumByUnit,
} from '../../domain/ledger/entry.ts';
import { formatFraction } from '../../domain/money/fraction.ts';
import { formatInstant } from '../../domain/time.ts';
import type { HistoryRow, ProjectionStore } from '../../ports/stores.ts';

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
    /** Of the points: what went to a charity. */
    readonly donated?: { readonly charity: string; readonly points: string };
  }[];
  readonly exchanges?: readonly ExchangeLine[];
  readonly redemption?: { readonly id: string; readonly state: string };
}

/** Minor units; negative where a return undid it. `rate` is `n/d` in major units. */
export interface ExchangeLine {
  readonly from: string;
  readonly fromMinor: string;
  readonly to: string;
  readonly toMinor: string;
  readonly rate: string;
  readonly asOf: string;
  readonly source: string;
  readonly rounding: string;
}

/** One page of a member's history, newest first, with the reason of each line. */
export async function viewHistory(
  store: Pick<ProjectionStore, 'readHistory'>,
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
  const exchanges = isOwn ? (entry.exchanges ?? []) : [];
  return {
    occurredAt: formatInstant(entry.occurredAt),
    kind: entry.kind,
    amounts: amountsOf(entry, member, redemption?.state),
    reason,
    ...(rule !== undefined && { rule }),
    ...(isOwn && shown.length > 0 && { inputs: Object.fromEntries(shown) }),
    ...(awards.length > 0 && { awards: awards.map(lineOfAward) }),
    ...(exchanges.length > 0 && { exchanges: exchanges.map(lineOfExchange) }),
    ...(redemption && { redemption }),
  };
}

function lineOfAward({ rule, unit, points, arithmetic, donated }: AwardRecord) {
  const given = donated && { charity: donated.charity, points: donated.points.toString() };
  return { rule, unit, points: points.toString(), arithmetic, ...(given && { donated: given }) };
}

function lineOfExchange({ wholeMinor: _, ...exchange }: ExchangeRecord): ExchangeLine {
  const { fromMinor, toMinor, rate } = exchange;
  return {
    ...exchange,
    ...{ fromMinor: fromMinor.toString(), toMinor: toMinor.toString() },
    rate: formatFraction(rate),
  };
}

/**
 * One line tells a whole redemption: a settlement counts what was held before it, and what undoes
 * it gives that back; while it is held again, its line has it as taken.
 */
function amountsOf(
  { kind, legs }: Entry,
  member: string,
  state: NonNullable<HistoryRow['redemption']>['state'] | undefined,
): Record<string, string> {
  const amounts = memberAmounts(legs, member);
  const counts = kind === 'capture' || kind === 'release' || kind === 'reopen';
  const held = legs.filter(({ account }) => counts && account.kind === 'held');
  const sign = kind === 'reopen' && state === 'open' ? -1n : 1n;
  for (const [unit, amount] of sumByUnit(held)) {
    amounts.set(unit, (amounts.get(unit) ?? 0n) + sign * amount);
  }
  return Object.fromEntries([...amounts].map(([unit, amount]) => [unit, amount.toString()]));
}
