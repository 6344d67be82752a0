import { chargeLegs } from '../../domain/ledger/recipes.ts';
import type { Money } from '../../domain/money/money.ts';
import type { Order } from '../../domain/redemption/order.ts';
import { entryOf, faceValue, type OrderedRecord, type SettleDependencies } from './settle.ts';

/** A reward that a provider has handed out under a reference that nobody counts on any more. */
export interface LateReward {
  readonly attempt: number;
  readonly provider: string;
  readonly charge?: Money | undefined;
}

/**
 * Books a reward too many, once for each attempt, and tells a person: the points went back, or
 * another attempt was paid for, before it was known. Nothing where the row counts on it.
 */
export async function recordLate(
  dependencies: SettleDependencies,
  record: OrderedRecord,
  late: LateReward,
): Promise<void> {
  const reason = reasonOf(record.order, late);
  if (reason === undefined) return;
  const { attempt, charge = faceValue(record.hold), provider } = late;
  const part = `L#${attempt.toString().padStart(3, '0')}`;
  const legs = chargeLegs({ provider, ...charge });
  const entry = entryOf(dependencies, record, { kind: 'late', part, reason, legs });
  const recorded = await dependencies.redemptions.recordLate({ entry, provider, reason });
  if (recorded === 'exists') return;
  const { redemption } = record.hold;
  dependencies.logger.error('CASE_OPENED', { redemption, provider, reason });
}

function reasonOf({ attempt, state }: Order, late: LateReward): string | undefined {
  if (state === 'released' || state === 'closing') return 'SUCCESS_AFTER_RELEASE';
  return attempt === late.attempt ? undefined : 'SUCCESS_OF_EARLIER_ATTEMPT';
}
