import { expect } from 'vitest';
import type { Entry } from '../../shared/domain/ledger/entry.ts';
import type { LedgerScan } from '../../shared/ports/stores.ts';

/** Points by lot, debt and what is to vest, as text, so that two books compare as they print. */
type Book = Record<string, Record<string, string>>;

function add(book: Map<string, Map<string, bigint>>, path: readonly [string, string], by: bigint) {
  const [owner, account] = path;
  const accounts = book.get(owner) ?? new Map<string, bigint>();
  accounts.set(account, (accounts.get(account) ?? 0n) + by);
  book.set(owner, accounts);
}

function printed(book: ReadonlyMap<string, ReadonlyMap<string, bigint>>): Book {
  const owners = [...book].map(([owner, accounts]) => {
    const filled = [...accounts].filter(([, amount]) => amount !== 0n);
    const texts = filled.map(([account, amount]) => [account, amount.toString()] as const).sort();
    return [owner, Object.fromEntries(texts)] as const;
  });
  return Object.fromEntries(
    owners.filter(([, accounts]) => Object.keys(accounts).length > 0).sort(),
  );
}

/**
 * Every entry balances and stands once; every balance is the fold of its entries. Returns the
 * entries. Written without the domain's own folding.
 */
export async function audit(scan: LedgerScan): Promise<Entry[]> {
  const folded = new Map<string, Map<string, bigint>>();
  const entries: Entry[] = [];
  const keys = new Set<string>();
  for await (const { entry } of scan.items()) {
    entries.push(entry);
    keys.add(JSON.stringify(entry.key));
    const sums = new Map<string, bigint>();
    for (const { account, unit, amount } of entry.legs) {
      sums.set(unit, (sums.get(unit) ?? 0n) + amount);
      const owner = 'member' in account ? `${entry.program}/${account.member}/${unit}` : '';
      if (account.kind === 'lot') add(folded, [owner, account.lot], amount);
      if (account.kind === 'debt') add(folded, [owner, 'debt'], -amount);
      if (account.kind === 'pending') {
        add(folded, [owner, account.vestOn ? `vests ${account.vestOn}` : 'pending'], amount);
      }
    }
    expect([...sums.values()].filter((sum) => sum !== 0n)).toEqual([]);
  }
  expect(keys.size).toBe(entries.length);
  const stored = new Map<string, Map<string, bigint>>();
  for await (const { program, member, unit, balance } of scan.balances()) {
    const owner = `${program}/${member}/${unit}`;
    for (const [lot, points] of balance.lots) {
      expect(points).toBeGreaterThanOrEqual(0n);
      add(stored, [owner, lot], points);
    }
    for (const [day, points] of balance.vesting) {
      expect(points).toBeGreaterThanOrEqual(0n);
      add(stored, [owner, `vests ${day}`], points);
    }
    expect(balance.debt).toBeGreaterThanOrEqual(0n);
    expect(balance.pending).toBeGreaterThanOrEqual(0n);
    add(stored, [owner, 'debt'], balance.debt);
    add(stored, [owner, 'pending'], balance.pending);
  }
  expect(printed(stored)).toEqual(printed(folded));
  return entries;
}

export async function collected<Member>(members: AsyncIterable<Member>): Promise<Member[]> {
  const all: Member[] = [];
  for await (const member of members) all.push(member);
  return all;
}
