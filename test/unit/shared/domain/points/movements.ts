import type { Leg, LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import type { MemberAmount } from '../../../../../shared/domain/member/decision.ts';
import { movementLegs } from '../../../../../shared/domain/member/movement-legs.ts';
import type { Balance } from '../../../../../shared/domain/points/balance.ts';
import type { LocalDate } from '../../../../../shared/domain/time.ts';

export function accrualLegs(
  balance: Balance,
  earned: MemberAmount,
  lot: LotKey,
  today: LocalDate,
): Leg[] {
  return movementLegs({ kind: 'credit', ...earned, lot }, () => balance, today).legs;
}

export function takeBackLegs(balance: Balance, taken: MemberAmount, today: LocalDate): Leg[] {
  return movementLegs({ kind: 'take', ...taken, uncovered: 'debt' }, () => balance, today).legs;
}

/** Legs as `account amount`, in their order: what a reader of the ledger sees. */
export function told(legs: readonly Leg[]): string[] {
  return legs.map(({ account, unit, amount }) => {
    return `${accountOf(account)} ${amount} ${unit}`;
  });
}

function accountOf(account: Leg['account']): string {
  if (account.kind === 'lot') return `lot ${account.lot}`;
  if (account.kind === 'pending' && account.vestOn !== undefined) {
    return `pending ${account.vestOn}`;
  }
  return account.kind;
}
