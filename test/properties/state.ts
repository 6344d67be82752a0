import type { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';

/** What is not nothing, sorted and as text, so that states compare as they print. */
function filled(amounts: ReadonlyMap<string, bigint>): Record<string, string> {
  const entries = [...amounts].filter(([, amount]) => amount !== 0n);
  return Object.fromEntries(entries.map(([key, amount]) => [key, `${amount}`] as const).sort());
}

export interface MemberState {
  readonly lots: Record<string, string>;
  readonly debt: string;
  readonly pending: string;
  readonly vesting: Record<string, string>;
  readonly counters: Record<string, string>;
  readonly metrics: Record<string, string>;
}

/** Everybody's points and figures, by member and unit; nothing for who has none. */
export function statesIn(table: MemoryTable): Record<string, MemberState> {
  const states = [...table.balances.values()].map(({ member, unit, balance }) => {
    const { lots, debt, pending, vesting, standing } = balance;
    const state: MemberState = {
      ...{ lots: filled(lots), debt: `${debt}`, pending: `${pending}`, vesting: filled(vesting) },
      counters: filled(standing.counters),
      metrics: filled(standing.metrics),
    };
    return [`${member} ${unit}`, state] as const;
  });
  return Object.fromEntries(states.filter(([, state]) => isSomething(state)).sort());
}

function isSomething({ debt, pending, ...maps }: MemberState): boolean {
  if (debt !== '0' || pending !== '0') return true;
  return Object.values(maps).some((map) => Object.keys(map).length > 0);
}

/** Points drawn by shard. */
export function budgetsIn(table: MemoryTable): Record<string, string> {
  return filled(table.budgets);
}

/** Legs on an account of the program, by unit and account. */
export function accountsIn(table: MemoryTable): Record<string, string> {
  const sums = new Map<string, bigint>();
  for (const { legs } of table.entries.values()) {
    for (const { account, unit, amount } of legs) {
      const key = `${unit} ${account.kind}`;
      sums.set(key, (sums.get(key) ?? 0n) + amount);
    }
  }
  return filled(sums);
}
