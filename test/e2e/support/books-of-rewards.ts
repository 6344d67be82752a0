import type { Session } from '../../../infra/cli/run/session.ts';
import { parseReference } from '../../../shared/domain/redemption/reference.ts';

/** What became of a redemption, by our books and by those of all providers together. */
export interface Outcome {
  /** The last word of the ledger; `open` where it has none. */
  readonly settled: 'captured' | 'released' | 'open';
  readonly member: string;
  readonly points: bigint;
  readonly captures: number;
  readonly releases: number;
  readonly reopenings: number;
  /** Rewards too many that were booked as such. */
  readonly late: number;
  /** Providers that have issued a reward for it, one entry for each reward. */
  readonly issuedBy: readonly string[];
}

const paidFor: ReadonlySet<string> = new Set(['EXECUTED', 'COMPLETED', 'COMPLETE', 'SUCCESSFUL']);

/** Every redemption of the table, with the rewards that stand in the stand-ins' books. */
export async function readOutcomes({
  standIns,
  table,
}: Pick<Session, 'standIns' | 'table'>): Promise<Map<string, Outcome>> {
  const issued = new Map<string, string[]>();
  for (const { name, orders } of standIns) {
    for (const { reference, status } of orders()) {
      const redemption = parseReference(reference)?.redemption ?? reference;
      if (!paidFor.has(status)) continue;
      issued.set(redemption, [...(issued.get(redemption) ?? []), name]);
    }
  }
  const outcomes = new Map<string, Outcome>();
  const counted = new Map<string, Record<string, number>>();
  for await (const { entry, hold } of table.scan.items()) {
    if (entry.key.at !== 'redemption') continue;
    const { redemption } = entry.key;
    const counts = counted.get(redemption) ?? {};
    counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
    counted.set(redemption, counts);
    if (hold === undefined) continue;
    outcomes.set(redemption, {
      ...{ ...nothing, member: entry.member, points: hold.points },
      issuedBy: issued.get(redemption) ?? [],
    });
  }
  for (const [redemption, outcome] of outcomes) {
    outcomes.set(redemption, { ...outcome, ...told(counted.get(redemption) ?? {}) });
  }
  return outcomes;
}

const nothing = { settled: 'open', captures: 0, releases: 0, reopenings: 0, late: 0 } as const;

function told(counts: Readonly<Record<string, number>>) {
  const { capture = 0, release = 0, reopen = 0, late = 0 } = counts;
  const isOpen = capture + release === reopen;
  const settled = isOpen
    ? ('open' as const)
    : release > 0
      ? ('released' as const)
      : ('captured' as const);
  return { settled, captures: capture, releases: release, reopenings: reopen, late };
}

/** Sentences about every redemption that got not exactly what it should; none: all is well. */
export function wrongOutcomes(outcomes: ReadonlyMap<string, Outcome>): string[] {
  return [...outcomes].flatMap(([redemption, { settled, issuedBy, ...counts }]) => {
    const due = settled === 'captured' ? 1 : 0;
    const isRight = settled !== 'open' && issuedBy.length === due && counts.late === 0;
    const isOnce = counts.captures - counts.reopenings + counts.releases === 1;
    if (isRight && isOnce) return [];
    const { captures, releases, reopenings, late } = counts;
    const told = JSON.stringify({ captures, releases, reopenings, late, issuedBy });
    return [`${redemption} is ${settled}: ${told}`];
  });
}
