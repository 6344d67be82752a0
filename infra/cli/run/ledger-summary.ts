import { sumByUnit } from '../../../shared/domain/ledger/entry.ts';
import { add } from '../../../shared/domain/money/arithmetic.ts';
import { available } from '../../../shared/domain/points/balance.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { type Instant, localDateAt } from '../../../shared/domain/time.ts';
import type { LedgerItem, LedgerScan } from '../../../shared/ports/stores.ts';

export interface LedgerSummary {
  readonly entries: number;
  readonly sumByUnit: Record<string, string>;
  readonly balanced: boolean;
  /** Available plus held, debts deducted, at `asOf`. */
  readonly liability: Record<string, string>;
}

export interface RewardRow {
  readonly country: string;
  readonly currency: string;
  readonly provider: string;
  readonly count: number;
  readonly amountMinor: string;
}

export interface StateSummary {
  readonly ledger: LedgerSummary;
  readonly members: number;
  readonly rewards: RewardRow[];
  /** By redemption: what became of it. */
  readonly outcomes: ReadonlyMap<string, 'pending' | 'captured' | 'released'>;
}

/** Reads the whole ledger once and sums it up as it stands at `asOf`. */
export async function summariseState(
  scan: LedgerScan,
  program: Program,
  asOf: Instant,
): Promise<StateSummary> {
  const reading = new LedgerReading();
  for await (const item of scan.items()) reading.add(item);
  const today = localDateAt(asOf, program.timeZone);
  const liability = new Map(Object.keys(program.units).map((unit) => [unit, 0n]));
  for await (const { unit, balance } of scan.balances()) {
    liability.set(unit, (liability.get(unit) ?? 0n) + available(balance, today));
  }
  for (const [unit, held] of reading.held) liability.set(unit, (liability.get(unit) ?? 0n) + held);
  const sums = new Map(Object.keys(program.units).map((unit) => [unit, 0n]));
  for (const [unit, sum] of reading.sums) sums.set(unit, sum);
  return {
    ledger: {
      entries: reading.entries,
      sumByUnit: digits(sums),
      balanced: reading.unbalanced === 0 && [...sums.values()].every((sum) => sum === 0n),
      liability: digits(liability),
    },
    members: reading.members.size,
    rewards: reading.rewards(),
    outcomes: reading.outcomes,
  };
}

interface Delivered {
  readonly country: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

class LedgerReading {
  entries = 0;
  unbalanced = 0;
  readonly sums = new Map<string, bigint>();
  readonly held = new Map<string, bigint>();
  readonly members = new Set<string>();
  readonly outcomes = new Map<string, 'pending' | 'captured' | 'released'>();
  readonly #asked = new Map<string, Delivered>();
  readonly #providers = new Map<string, string>();

  add({ entry, hold, settlement }: LedgerItem): void {
    this.entries += 1;
    this.members.add(entry.member);
    for (const [unit, sum] of sumByUnit(entry.legs)) {
      if (sum !== 0n) this.unbalanced += 1;
      this.sums.set(unit, (this.sums.get(unit) ?? 0n) + sum);
    }
    for (const { account, unit, amount } of entry.legs) {
      if (account.kind === 'held') this.held.set(unit, (this.held.get(unit) ?? 0n) + amount);
    }
    if (hold !== undefined) {
      const { redemption, country, currency, amountMinor } = hold;
      this.#asked.set(redemption, { country, currency, amountMinor });
      if (!this.outcomes.has(redemption)) this.outcomes.set(redemption, 'pending');
    }
    if (settlement !== undefined && entry.key.at === 'redemption') {
      const { redemption } = entry.key;
      this.outcomes.set(redemption, entry.kind === 'capture' ? 'captured' : 'released');
      this.#providers.set(redemption, settlement.provider);
    }
  }

  rewards(): RewardRow[] {
    const rows = new Map<string, RewardRow>();
    for (const [redemption, outcome] of this.outcomes) {
      const asked = this.#asked.get(redemption);
      const provider = this.#providers.get(redemption);
      if (outcome !== 'captured' || asked === undefined || provider === undefined) continue;
      const { country, currency, amountMinor } = asked;
      const key = JSON.stringify([country, currency, provider]);
      const row = rows.get(key) ?? { country, currency, provider, count: 0, amountMinor: '0' };
      const before = { amountMinor: BigInt(row.amountMinor), currency };
      const total = add(before, { amountMinor, currency });
      rows.set(key, { ...row, count: row.count + 1, amountMinor: total.amountMinor.toString() });
    }
    return [...rows.entries()]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, row]) => row);
  }
}

function digits(amounts: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries([...amounts].map(([unit, amount]) => [unit, amount.toString()]));
}
