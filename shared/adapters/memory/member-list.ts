import type { MemoryTable } from './memory-table.ts';

export type ListedRows = Pick<MemoryTable, 'balances' | 'records' | 'members'>;

/** Everybody of a program who has, or ever had, a balance or a record, or is listed. */
export function membersIn(table: ListedRows, program: string): Set<string> {
  const stored = [...table.balances.values(), ...table.records.values()];
  const own = stored.filter((row) => row.program === program).map(({ member }) => member);
  return new Set([...own, ...(table.members.get(program) ?? [])]);
}
