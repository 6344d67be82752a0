import type { Money } from '../../domain/money/money.ts';
import type { DeliveredReward } from '../../domain/redemption/delivered-reward.ts';
import type { ActOutcome, OrderOutcome, RejectionReason } from '../../ports/provider.ts';
import type { HttpError, HttpFailure } from './http.ts';

/** What we asked for, and what an order must be to be ours. */
export interface Asked {
  readonly reference: string;
  readonly value: Money;
  readonly products: readonly string[];
  readonly withoutReward?: true;
}

/** A no in our own words. */
export type Refusal = readonly [reason: RejectionReason, detail: string];

export function unknown(detail: string): OrderOutcome {
  return { kind: 'unknown', detail };
}

export function rejected([reason, detail]: Refusal): OrderOutcome {
  return { kind: 'rejected', reason, detail };
}

/** Final with its reward; without one the provider may still refuse. */
export function accepted(
  providerOrder: string,
  { charge, reward }: { readonly charge: Money | undefined; readonly reward?: DeliveredReward },
): OrderOutcome & { readonly kind: 'accepted' } {
  return {
    ...{ kind: 'accepted', providerOrder, final: reward !== undefined },
    ...(reward !== undefined && { reward }),
    ...(charge !== undefined && { charge }),
  };
}

/**
 * What a placing call without an order in its answer means. `meaningOf` reads the provider's
 * errors: a refusal for good frees the member's points, so it must be the provider's own word.
 */
export function placingFailure<Problem>(
  failure: HttpFailure<Problem>,
  meaningOf: (error: HttpError<Problem>) => OrderOutcome,
): OrderOutcome {
  if (failure.kind === 'notSent') return rejected(['retrySameKey', 'NOT_REACHED']);
  return failure.kind === 'error' ? meaningOf(failure) : unknown(failure.detail);
}

/**
 * A look-up that fails tells nothing of the order, whatever the status says of the look-up; the
 * refusals by status only lend their details.
 */
export function lookUpFailure(
  failure: HttpFailure,
  refusals: ReadonlyMap<number, Refusal>,
): OrderOutcome {
  if (failure.kind === 'notSent') return unknown('NOT_REACHED');
  if (failure.kind !== 'error') return unknown(failure.detail);
  if (failure.status >= 500) return unknown('SERVER_ERROR');
  const [reason, detail] = refusals.get(failure.status) ?? ['permanent', ''];
  return unknown(reason === 'permanent' ? 'UNEXPECTED_STATUS' : detail);
}

/** The answer of providers that have no such call. */
export async function notOffered(): Promise<ActOutcome> {
  return { kind: 'refused', detail: 'NOT_OFFERED' };
}
