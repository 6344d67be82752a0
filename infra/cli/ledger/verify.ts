import {
  type Account,
  type EntryKey,
  sumByUnit as unitSums,
} from '../../../shared/domain/ledger/entry.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import { exchangeMismatches } from './exchange-mismatches.ts';

export interface Mismatch {
  readonly member: string;
  readonly unit: string;
  /**
   * A lot's key, `debt`, `pending`, or `vesting` with its day; `entry` where the legs of one entry
   * do not sum to zero; `exchange` where one is not what its own rate says, `fxPosition` or
   * `rounding` where the legs of one entry are not what its exchanges say.
   */
  readonly part: string;
  /** What the entries, or the legs of that entry, add up to; the result of its exchange. */
  readonly entries: string;
  /** What the balance says; of an entry, what should be. */
  readonly balance: string;
  /** The entry that is wrong by itself. */
  readonly key?: EntryKey;
}

export interface Verification {
  readonly members: number;
  readonly entries: number;
  readonly mismatches: Mismatch[];
  readonly sumByUnit: Record<string, string>;
}

/**
 * Every lot, debt, and point that is not spendable yet, summed up from entries, against what the
 * balances say, and every entry against itself and its exchanges. Counters, metrics and tiers are
 * no part of the books. Memory grows with members.
 */
export async function verifyLedger(scan: LedgerScan): Promise<Verification> {
  const parts = new Map<string, bigint>();
  const sums = new Map<string, bigint>();
  const members = new Set<string>();
  const mismatches: Mismatch[] = [];
  let entries = 0;
  const add = (key: string, amount: bigint) => parts.set(key, (parts.get(key) ?? 0n) + amount);
  for await (const { entry } of scan.items()) {
    entries += 1;
    members.add(entry.member);
    for (const [unit, sum] of unitSums(entry.legs)) {
      sums.set(unit, (sums.get(unit) ?? 0n) + sum);
      if (sum !== 0n) {
        const { member, key } = entry;
        mismatches.push({ member, unit, part: 'entry', entries: `${sum}`, balance: '0', key });
      }
    }
    for (const { unit, part, expected, found } of exchangeMismatches(entry)) {
      const { member, key } = entry;
      mismatches.push({ member, unit, part, entries: `${found}`, balance: `${expected}`, key });
    }
    for (const { account, unit, amount } of entry.legs) {
      const part = partOf(account);
      if (part === undefined) continue;
      add(partKey(part.member, unit, part.name), part.name === 'debt' ? -amount : amount);
    }
  }
  const compare = (key: string, balance: bigint) => {
    const expected = parts.get(key) ?? 0n;
    parts.delete(key);
    if (expected !== balance) mismatches.push(mismatch(key, expected, balance));
  };
  for await (const { member, unit, balance } of scan.balances()) {
    members.add(member);
    for (const [lot, points] of balance.lots) compare(partKey(member, unit, lot), points);
    for (const [day, points] of balance.vesting) {
      compare(partKey(member, unit, vestingPart(day)), points);
    }
    compare(partKey(member, unit, 'debt'), balance.debt);
    compare(partKey(member, unit, 'pending'), balance.pending);
  }
  for (const [key, expected] of parts) {
    if (expected !== 0n) mismatches.push(mismatch(key, expected, 0n));
  }
  const sumByUnit = Object.fromEntries([...sums].map(([unit, sum]) => [unit, sum.toString()]));
  return { members: members.size, entries, mismatches, sumByUnit };
}

function vestingPart(day: string): string {
  return `vesting ${day}`;
}

/** What of a member's balance an account is; `undefined` for the program's own. */
function partOf(account: Account): { readonly member: string; readonly name: string } | undefined {
  if (account.kind === 'lot') return { member: account.member, name: account.lot };
  if (account.kind === 'debt') return { member: account.member, name: 'debt' };
  if (account.kind !== 'pending') return undefined;
  const { member, vestOn } = account;
  return { member, name: vestOn === undefined ? 'pending' : vestingPart(vestOn) };
}

function partKey(member: string, unit: string, part: string): string {
  return JSON.stringify([member, unit, part]);
}

function mismatch(key: string, expected: bigint, balance: bigint): Mismatch {
  const [member = '', unit = '', part = ''] = JSON.parse(key) as string[];
  return { member, unit, part, entries: expected.toString(), balance: balance.toString() };
}
