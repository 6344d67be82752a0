import { type Account, memberAmounts } from '../../../shared/domain/ledger/entry.ts';
import { paidPointsOf } from '../../../shared/domain/payout/points.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';

type Sums = Map<string, bigint>;

/** What a run's payouts have posted, found in the ledger without the run's own lines. */
export interface LedgerSums {
  readonly payouts: number;
  /** By account, then by unit; what comes to nothing is left out. */
  readonly posted: ReadonlyMap<Account['kind'], ReadonlyMap<string, bigint>>;
  /** What has left wallets to become points, by their currency. */
  readonly given: ReadonlyMap<string, bigint>;
  /** What members have got for it, by unit. */
  readonly points: ReadonlyMap<string, bigint>;
}

/** Reads the ledger twice; memory grows with the payouts of the run. */
export async function ledgerSums(
  scan: Pick<LedgerScan, 'items'>,
  run: string,
): Promise<LedgerSums> {
  const own = new Set<string>();
  for await (const { hold } of scan.items()) {
    if (hold?.terms.payout?.run === run) own.add(hold.redemption);
  }
  const posted = new Map<Account['kind'], Sums>();
  const given: Sums = new Map();
  const points: Sums = new Map();
  let exchanged = 0;
  for await (const { entry } of scan.items()) {
    const { key, legs, member } = entry;
    if (key.at === 'event') {
      if (paidPointsOf(entry)?.run !== run) continue;
      exchanged += 1;
      for (const [unit, amount] of memberAmounts(legs, member)) {
        if (amount < 0n) addTo(given, unit, -amount);
        else addTo(points, unit, amount);
      }
      continue;
    }
    if (!own.has(key.redemption)) continue;
    for (const { account, unit, amount } of legs) {
      const sums = posted.get(account.kind) ?? new Map();
      posted.set(account.kind, sums);
      addTo(sums, unit, amount);
    }
  }
  return { payouts: own.size + exchanged, posted, given, points };
}

function addTo(sums: Sums, unit: string, amount: bigint): void {
  sums.set(unit, (sums.get(unit) ?? 0n) + amount);
}
