import { balanceIn } from '../../domain/member/snapshot.ts';
import { available, type Balance } from '../../domain/points/balance.ts';
import { unitsOf } from '../../domain/program/schema.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { localDateAt } from '../../domain/time.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore, RedemptionStore } from '../../ports/stores.ts';
import { redemptionViewWithPayout } from '../redemption/payout-view.ts';

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

interface ViewDependencies {
  readonly clock: Clock;
  readonly ledger: LedgerStore;
  readonly programs: ProgramStore;
  readonly redemptions: RedemptionStore;
}

/** Available points by unit: unexpired lots less debt, as of now. */
export async function viewBalance(
  { clock, ledger, programs }: ViewDependencies,
  { program: name, member }: MemberOf,
): Promise<Result<ReadonlyMap<string, bigint>, Refusal>> {
  const now = clock.now();
  const program = programAt(await programs.load(name), now);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const today = localDateAt(now, program.timeZone);
  const units = unitsOf(program);
  const balances = await readBalances(ledger, { program: name, member }, units);
  return success(new Map(units.map((unit) => [unit, available(balances(unit), today)])));
}

/** One unit is one item; of more, the member read whole is one query. */
async function readBalances(
  ledger: LedgerStore,
  owner: MemberOf,
  [first, ...others]: readonly string[],
): Promise<(unit: string) => Balance> {
  if (first !== undefined && others.length === 0) {
    const balance = await ledger.readBalance({ ...owner, unit: first });
    return () => balance;
  }
  const snapshot = await ledger.readMember(owner);
  return (unit) => balanceIn(snapshot, unit);
}

/** A member's own redemption; another member's does not exist for them. */
export async function viewRedemption(
  { redemptions }: Pick<ViewDependencies, 'redemptions'>,
  { program, member, redemption }: MemberOf & { readonly redemption: string },
): Promise<Result<ReturnType<typeof redemptionViewWithPayout>, Refusal>> {
  const record = await redemptions.read(redemption);
  const entry = record?.hold.entry;
  if (record === undefined || entry?.program !== program || entry.member !== member) {
    return failure(refusal('UNKNOWN_REDEMPTION'));
  }
  return success(redemptionViewWithPayout(record));
}
