import { isDefiniteNo, type Order } from '../domain/redemption/order.ts';
import { instantOf } from '../domain/time.ts';
import type { OrderOutcome } from '../ports/provider.ts';
import type { Hold } from '../ports/stores.ts';
import type { Answer, DispatchDependencies } from './dispatch.ts';
import { capture, release } from './settle.ts';

/** What is left to do after a call. */
export type Conclusion =
  | { readonly kind: 'settled' }
  | { readonly kind: 'newAttempt' }
  /** Ask again soon, with the same reference. */
  | { readonly kind: 'lookUp' }
  /** The provider takes no orders now; the delayed check comes back to it. */
  | { readonly kind: 'waitForCheck' };

interface Concluding extends Answer {
  readonly hold: Hold;
  /** The row before the claim: what earlier calls left behind. */
  readonly before: Order;
  readonly claimed: Order;
}

type Accepted = OrderOutcome & { kind: 'accepted' };
type Rejected = OrderOutcome & { kind: 'rejected' };

/** After this many attempts a provider that keeps asking for a new key has said no. */
const maximumAttempts = 5;

/** Turns an answer into the next state of the row: each case is one conditional write. */
export async function conclude(
  dependencies: DispatchDependencies,
  concluding: Concluding,
): Promise<Conclusion> {
  const { outcome, claimed } = concluding;
  if (outcome.kind === 'accepted') return accepted(dependencies, concluding, outcome);
  if (outcome.kind === 'rejected') return rejected(dependencies, concluding, outcome);
  dependencies.logger.warn('CALL_UNKNOWN', {
    redemption: claimed.redemption,
    call: claimed.call,
    detail: outcome.detail,
  });
  return { kind: 'lookUp' };
}

async function accepted(
  dependencies: DispatchDependencies,
  { hold, claimed }: Concluding,
  { providerOrder, final, reward }: Accepted,
): Promise<Conclusion> {
  const { clock, codes, redemptions, sealer } = dependencies;
  if (!final || reward === undefined) {
    const waiting: Order = {
      ...claimed,
      ...{ state: 'accepted', providerOrder, claimedUntil: clock.now() },
    };
    await redemptions.updateOrder(claimed, waiting, 'dispatch');
    return { kind: 'lookUp' };
  }
  const { program } = hold.entry;
  const { redemption } = hold;
  const context = { program, redemption, field: 'reward' } as const;
  const sealed = await sealer.seal(context, reward.value);
  await codes.put({ program, redemption, attempt: claimed.attempt, kind: reward.kind, sealed });
  const captured = await capture(dependencies, hold, { ...claimed, providerOrder });
  if (captured === 'lost') await reportLateSuccess(dependencies, hold);
  return { kind: 'settled' };
}

/** Somebody else has moved the row on. If the points went back, a reward too many is out. */
async function reportLateSuccess(
  { clock, logger, redemptions }: DispatchDependencies,
  { redemption, entry: { program } }: Hold,
): Promise<void> {
  const state = (await redemptions.read(redemption))?.order?.state;
  if (state !== 'closing' && state !== 'released') return;
  const reason = 'SUCCESS_AFTER_RELEASE';
  await redemptions.openCase({ program, redemption, reason, openedAt: clock.now() });
  logger.error('CASE_OPENED', { redemption, reason });
}

async function rejected(
  dependencies: DispatchDependencies,
  { hold, before, claimed, lookedUp }: Concluding,
  { reason, detail }: Rejected,
): Promise<Conclusion> {
  const { clock, logger, redemptions } = dependencies;
  const now = clock.now();
  const { redemption } = claimed;
  logger.warn('ORDER_REJECTED', { redemption, reason, detail });
  if (reason === 'configuration') logger.error('PROVIDER_CONFIGURATION', { detail });
  const definite = lookedUp || isDefiniteNo(before, now);
  if (!definite) return { kind: 'lookUp' };
  const decided = { undecidedUntil: instantOf(0), claimedUntil: now };
  if (reason === 'retryNewKey' && claimed.attempt < maximumAttempts) {
    const next: Order = {
      ...{ ...claimed, ...decided, state: 'open', attempt: claimed.attempt + 1, call: 0 },
      reasons: [...claimed.reasons, detail],
    };
    const moved = await redemptions.updateOrder(claimed, next, 'dispatch');
    return { kind: moved === 'done' ? 'newAttempt' : 'settled' };
  }
  if (reason === 'permanent' || reason === 'retryNewKey') {
    const closing: Order = {
      ...{ ...claimed, ...decided, state: 'closing' },
      reasons: [...claimed.reasons, detail],
    };
    const closed = await redemptions.updateOrder(claimed, closing, 'dispatch');
    if (closed === 'done') await release(dependencies, hold, closing);
    return { kind: 'settled' };
  }
  await redemptions.updateOrder(claimed, { ...claimed, ...decided }, 'dispatch');
  const soon = reason === 'retrySameKey' || reason === 'waitForLimit';
  return { kind: soon ? 'lookUp' : 'waitForCheck' };
}
