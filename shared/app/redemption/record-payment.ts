import type { Entry } from '../../domain/ledger/entry.ts';
import { leg } from '../../domain/ledger/recipes.ts';
import type { Money } from '../../domain/money/money.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Clock, Digest, Logger } from '../../ports/runtime.ts';
import type { CashPayment, Hold, RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import { isOwn, type OwnRedemption } from './cancel.ts';

export interface PaymentDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly redemptions: RedemptionStore;
}

export interface PaymentCommand extends OwnRedemption {
  /** The merchant's own name of the payment. */
  readonly paymentId: string;
  readonly paid: Money;
}

/**
 * The merchant says that it has collected the part in cash; only then is anything ordered. Once: a
 * repeated payment changes nothing. Refusals: `UNKNOWN_REDEMPTION`, `PAYMENT_NOT_DUE`,
 * `PAYMENT_MISMATCH`, `PAYMENT_CONFLICT`.
 */
export async function recordPayment(
  dependencies: PaymentDependencies,
  command: PaymentCommand,
): Promise<Result<RedemptionRecord, Refusal>> {
  const { redemptions, logger } = dependencies;
  const { paid, paymentId, redemption } = command;
  const record = await redemptions.read(redemption);
  if (record === undefined || !isOwn(record, command)) {
    return failure(refusal('UNKNOWN_REDEMPTION'));
  }
  const due = record.hold.terms.cash;
  if (due === undefined) return failure(refusal('PAYMENT_NOT_DUE'));
  if (due.currency !== paid.currency) return failure(refusal('PAYMENT_MISMATCH', 'currency'));
  if (due.amountMinor !== paid.amountMinor) {
    return failure(refusal('PAYMENT_MISMATCH', 'amountMinor'));
  }
  const payment = paymentOf(dependencies, record.hold, { paymentId, paid });
  if (record.payment === undefined && isOver(record)) return failure(refusal('PAYMENT_NOT_DUE'));
  const recorded = await redemptions.recordPayment(payment);
  if (recorded === 'conflict') return failure(refusal('PAYMENT_CONFLICT', 'paymentId'));
  const after = (await redemptions.read(redemption)) ?? record;
  if (recorded === 'done') {
    logger.info('PAYMENT_RECORDED', { redemption });
    await watchRelease(dependencies, after);
  }
  return success(after);
}

function isOver({ order, review }: RedemptionRecord): boolean {
  const isGivenUp = order?.state === 'closing' || order?.state === 'released';
  return isGivenUp || review?.state === 'blocked';
}

/** What the merchant owes us is what the reward costs us less. */
function paymentOf(
  { clock, digest }: PaymentDependencies,
  { entry: held, redemption, rewardId }: Hold,
  { paymentId, paid }: Pick<PaymentCommand, 'paymentId' | 'paid'>,
): CashPayment {
  const { amountMinor, currency } = paid;
  const now = clock.now();
  const body = JSON.stringify([redemption, paymentId, amountMinor.toString(), currency]);
  const entry: Entry = {
    key: { at: 'redemption', redemption, part: 'PAY' },
    ...{ kind: 'payment', program: held.program, member: held.member },
    legs: [
      leg({ kind: 'merchantReceivable' }, currency, amountMinor),
      leg({ kind: 'rewardCost' }, currency, -amountMinor),
    ],
    ...{ occurredAt: now, postedAt: now, bodyHash: digest.sha256Short(body) },
    explanation: { rule: rewardId, reason: 'PAID_IN_PART' },
  };
  return { entry, paymentId };
}

/** The points may have gone back while the payment was on its way, and it not with them. */
async function watchRelease(
  { clock, logger, redemptions }: PaymentDependencies,
  { hold, settlements }: RedemptionRecord,
): Promise<void> {
  const last = settlements.at(-1)?.entry;
  const isReversed = last?.legs.some(({ account }) => account.kind === 'merchantReceivable');
  if (last?.kind !== 'release' || isReversed) return;
  const { redemption, entry } = hold;
  const reason = 'PAID_AFTER_RELEASE';
  await redemptions.openCase({ program: entry.program, redemption, reason, openedAt: clock.now() });
  logger.error('CASE_OPENED', { redemption, reason });
}
