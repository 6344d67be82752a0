import { available, type Balance } from '../points/balance.ts';
import type { Points } from '../points/points.ts';
import type { Program } from '../program/schema.ts';
import type { LocalDate } from '../time.ts';
import { reachedLimits } from './limits.ts';
import type { ReachedLimit } from './reached-limit.ts';

/** What stands between a member and a price: nothing, where nothing is short and no limit met. */
export interface Means {
  /** Points to be earned yet; a debt is paid out of them first. */
  readonly shortBy: bigint;
  readonly limits: readonly ReachedLimit[];
}

export function meansFor(
  program: Program,
  price: Points,
  balance: Balance,
  today: LocalDate,
): Means {
  const missing = price.points - available(balance, today);
  return {
    shortBy: missing > 0n ? missing : 0n,
    limits: reachedLimits(program, price, balance, today),
  };
}
