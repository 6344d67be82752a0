import { heldIn, isListed } from '../../../shared/domain/member/statement.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';

/** What is available by member and unit, as digits: points or minor units, less debt. */
export type MemberBalances = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Lists of each member what a statement lists: see `isListed`. */
export async function memberBalances(
  scan: LedgerScan,
  program: Pick<Program, 'units'>,
  on: LocalDate,
): Promise<MemberBalances> {
  const nothing = Object.fromEntries(Object.keys(program.units).map((unit) => [unit, '0']));
  const found: Record<string, Record<string, string>> = Object.create(null);
  for await (const { member, unit, balance } of scan.balances()) {
    const held = heldIn(unit, balance, on);
    const units = found[member] ?? { ...nothing };
    if (isListed(program, held)) units[unit] = held.available.toString();
    found[member] = units;
  }
  return found;
}
