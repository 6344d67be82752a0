import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import { type CallOffDependencies, callOff } from '../dispatch/settle-call-off.ts';

export interface OwnRedemption {
  readonly program: string;
  readonly member: string;
  readonly redemption: string;
}

/**
 * Calls a redemption off for its member: at once where no provider was called, else after a
 * definite no (P2). Refusals: `UNKNOWN_REDEMPTION`, `ALREADY_DELIVERED`.
 */
export async function cancel(
  dependencies: CallOffDependencies,
  own: OwnRedemption,
): Promise<Result<RedemptionRecord, Refusal>> {
  const { logger, redemptions } = dependencies;
  const { redemption } = own;
  const record = await redemptions.read(redemption);
  if (record === undefined || !isOwn(record, own)) return failure(refusal('UNKNOWN_REDEMPTION'));
  const calledOff = await callOff(dependencies, record, 'member');
  if (calledOff === 'delivered') return failure(refusal('ALREADY_DELIVERED'));
  logger.info('REDEMPTION_CALLED_OFF', { redemption, outcome: calledOff });
  return success((await redemptions.read(redemption)) ?? record);
}

/** Another member's redemption does not exist for them. */
export function isOwn({ hold }: RedemptionRecord, { program, member }: OwnRedemption): boolean {
  return hold.entry.program === program && hold.entry.member === member;
}
