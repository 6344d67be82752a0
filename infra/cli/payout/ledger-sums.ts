import type { Account } from '../../../shared/domain/ledger/entry.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';

/** What a run's payouts have posted, found in the ledger without the run's own lines. */
export interface LedgerSums {
  readonly payouts: number;
  /** By account, then by unit; what comes to nothing is left out. */
  readonly posted: ReadonlyMap<Account['kind'], ReadonlyMap<string, bigint>>;
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
  const posted = new Map<Account['kind'], Map<string, bigint>>();
  for await (const { entry } of scan.items()) {
    if (entry.key.at !== 'redemption' || !own.has(entry.key.redemption)) continue;
    for (const { account, unit, amount } of entry.legs) {
      const sums = posted.get(account.kind) ?? new Map<string, bigint>();
      posted.set(account.kind, sums.set(unit, (sums.get(unit) ?? 0n) + amount));
    }
  }
  return { payouts: own.size, posted };
}
