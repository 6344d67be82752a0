import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { sweepMember } from '../booking/sweep-member.ts';
import {
  type RedeemCommand,
  type RedeemDependencies,
  type Redeemed,
  redeemOnce,
} from './redeem-once.ts';

export type { RedeemCommand, RedeemDependencies } from './redeem-once.ts';

/** Redeems points, once what is due of the member is booked; see `redeemOnce`. */
export function redeem(
  dependencies: RedeemDependencies,
  command: RedeemCommand,
): Promise<Result<Redeemed, Refusal>> {
  const settleDue = (owner: { readonly program: string; readonly member: string }) =>
    sweepMember(dependencies, owner);
  return redeemOnce({ ...dependencies, settleDue }, command);
}
