import type { LotKey } from '../ledger/entry.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { refuseHolder } from '../member/wallet.ts';
import { isExpired } from '../points/balance.ts';
import { lotFor, lotRoundedUp } from '../points/expiry.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Program, unitsOf } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type Instant, type LocalDate, localDateAt } from '../time.ts';

/** What a person who moves points has got wrong: the unit, whose it is, or the reason. */
export function refuseUnit(
  program: Program,
  unit: string,
  holder: MemberSnapshot,
  field = 'data.unit',
): Refusal | undefined {
  if (!unitsOf(program).includes(unit)) return refusal('UNKNOWN_UNIT', field);
  const refused = refuseHolder(program, unit, holder);
  return refused && refusal(refused.code, field);
}

export function refuseReason({ members }: Program, reason: string): Refusal | undefined {
  return members.reasons.includes(reason) ? undefined : refusal('UNKNOWN_REASON', 'data.reason');
}

export interface NamedLot {
  readonly unit: string;
  /** `YYYY-MM-DD`; without it the unit's own expiry decides. */
  readonly expiresOn?: string | undefined;
  /** Where the date stands, for a refusal. */
  readonly field: string;
}

/**
 * The lot that a person credits: the named day, rounded up to the program's period. `LOT_EXPIRED`
 * where it is closed when it would be posted; `DATE_OUT_OF_RANGE` outside 2000-2099.
 */
export function creditLot(
  { program }: CompiledProgram,
  { unit, expiresOn, field }: NamedLot,
  { occurredAt, now }: { readonly occurredAt: Instant; readonly now: Instant },
): Result<LotKey, Refusal> {
  if (expiresOn !== undefined && !/^20/.test(expiresOn)) {
    return failure(refusal('DATE_OUT_OF_RANGE', field));
  }
  const lot =
    expiresOn === undefined
      ? lotFor(program, unit, occurredAt)
      : lotRoundedUp(program, expiresOn as LocalDate);
  const isClosed = isExpired(lot, localDateAt(now, program.timeZone));
  return isClosed ? failure(refusal('LOT_EXPIRED', field)) : success(lot);
}
