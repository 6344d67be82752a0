import type { Account } from '../../../shared/domain/ledger/entry.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import { accountName } from './account-name.ts';

export interface AccountRow {
  /** Such as `lot` (what all members can spend) or `donation:CHARITY`. */
  readonly account: string;
  readonly unit: string;
  /** Points or minor units, with the sign of its legs; trial-balance-text.ts has the side. */
  readonly amount: string;
}

export interface TrialBalance {
  readonly entries: number;
  readonly accounts: readonly AccountRow[];
  /** Zero, where the books balance. */
  readonly sumByUnit: Readonly<Record<string, string>>;
  readonly balanced: boolean;
}

/** Sums of all legs of what was posted up to an instant, by unit and account. */
export async function trialBalance(scan: LedgerScan, asOf?: Instant): Promise<TrialBalance> {
  const units = new Map<string, Map<string, bigint>>();
  let entries = 0;
  for await (const { entry } of scan.items()) {
    if (asOf !== undefined && entry.postedAt > asOf) continue;
    entries += 1;
    for (const { account, unit, amount } of entry.legs) {
      const accounts = units.get(unit) ?? new Map<string, bigint>();
      const name = accountName(account);
      units.set(unit, accounts.set(name, (accounts.get(name) ?? 0n) + amount));
    }
  }
  const sorted = [...units].sort(([left], [right]) => (left < right ? -1 : 1));
  const sums = sorted.map(([unit, accounts]) => {
    return [unit, [...accounts.values()].reduce((sum, amount) => sum + amount, 0n)] as const;
  });
  return {
    entries,
    accounts: sorted.flatMap(([unit, accounts]) => rowsOf(unit, accounts)),
    sumByUnit: Object.fromEntries(sums.map(([unit, sum]) => [unit, `${sum}`])),
    balanced: sums.every(([, sum]) => sum === 0n),
  };
}

/** As a reader of books expects them: what members have, what left them, where it came from. */
const order: readonly Account['kind'][] = [
  ...(['lot', 'pending', 'debt', 'held', 'donation', 'providerPayable'] as const),
  ...(['redeemed', 'breakage', 'rewardCost', 'merchantReceivable'] as const),
  ...(['issued', 'adjusted', 'migrated'] as const),
  ...(['converted', 'fxPosition', 'rounding'] as const),
];

function rowsOf(unit: string, accounts: ReadonlyMap<string, bigint>): AccountRow[] {
  return [...accounts]
    .sort(([left], [right]) => placeOf(left) - placeOf(right) || (left < right ? -1 : 1))
    .map(([account, amount]) => ({ account, unit, amount: `${amount}` }));
}

function placeOf(account: string): number {
  return order.findIndex((kind) => account === kind || account.startsWith(`${kind}:`));
}
