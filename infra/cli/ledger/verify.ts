import type { LedgerScan } from '../../../shared/ports/stores.ts';

export interface Mismatch {
  readonly member: string;
  readonly unit: string;
  /** A lot's key, or `debt`. */
  readonly part: string;
  /** What the entries add up to. */
  readonly entries: string;
  /** What the balance says. */
  readonly balance: string;
}

export interface Verification {
  readonly members: number;
  readonly entries: number;
  readonly mismatches: Mismatch[];
  readonly sumByUnit: Record<string, string>;
}

/**
 * Every lot and debt summed up from entries, against what the balances say. Memory grows with
 * members.
 */
export async function verifyLedger(scan: LedgerScan): Promise<Verification> {
  const parts = new Map<string, bigint>();
  const sums = new Map<string, bigint>();
  const members = new Set<string>();
  let entries = 0;
  const add = (key: string, amount: bigint) => parts.set(key, (parts.get(key) ?? 0n) + amount);
  for await (const { entry } of scan.items()) {
    entries += 1;
    members.add(entry.member);
    for (const { account, unit, amount } of entry.legs) {
      sums.set(unit, (sums.get(unit) ?? 0n) + amount);
      if (account.kind === 'lot') add(partKey(account.member, unit, account.lot), amount);
      if (account.kind === 'debt') add(partKey(account.member, unit, 'debt'), -amount);
    }
  }
  const mismatches: Mismatch[] = [];
  const compare = (key: string, balance: bigint) => {
    const expected = parts.get(key) ?? 0n;
    parts.delete(key);
    if (expected !== balance) mismatches.push(mismatch(key, expected, balance));
  };
  for await (const { member, unit, balance } of scan.balances()) {
    members.add(member);
    for (const [lot, points] of balance.lots) compare(partKey(member, unit, lot), points);
    compare(partKey(member, unit, 'debt'), balance.debt);
  }
  for (const [key, expected] of parts) {
    if (expected !== 0n) mismatches.push(mismatch(key, expected, 0n));
  }
  const sumByUnit = Object.fromEntries([...sums].map(([unit, sum]) => [unit, sum.toString()]));
  return { members: members.size, entries, mismatches, sumByUnit };
}

function partKey(member: string, unit: string, part: string): string {
  return JSON.stringify([member, unit, part]);
}

function mismatch(key: string, expected: bigint, balance: bigint): Mismatch {
  const [member = '', unit = '', part = ''] = JSON.parse(key) as string[];
  return { member, unit, part, entries: expected.toString(), balance: balance.toString() };
}
