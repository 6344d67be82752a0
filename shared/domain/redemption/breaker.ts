import { addMs, type Instant, instantOf } from '../time.ts';

/** A provider account's breaker: while it is open, nothing is asked of the provider. */
export interface BreakerState {
  readonly state: 'closed' | 'open' | 'halfOpen';
  /** Failures in a row. */
  readonly failures: number;
  readonly openUntil: Instant;
}

export const closedBreaker: BreakerState = {
  ...{ state: 'closed', failures: 0, openUntil: instantOf(0) },
};

/** What a call tells of the account: a refusal of an order is an answer like any other. */
export type CallHealth = 'answered' | 'failed' | 'misconfigured';

/** So many calls in a row that nobody answered open it. */
export const failuresToOpen = 5;

const firstOpenMs = 30_000;
const longestOpenMs = 600_000;
/** A person must correct it: asking more often does not help. */
const misconfiguredOpenMs = 300_000;
/** A try that nobody reports on is over by then. */
const tryMs = 60_000;

/** Whether calls have to wait now; a try that is due, or was forgotten, may be made. */
export function isShut({ state, openUntil }: BreakerState, now: Instant): boolean {
  return state !== 'closed' && now < openUntil;
}

/** After its time one caller tries; all others wait for what it hears. */
export function trying(breaker: BreakerState, now: Instant): BreakerState {
  return { ...breaker, state: 'halfOpen', openUntil: addMs(now, tryMs) };
}

/** After a call; `failures` in a row are those of the caller, with this one. */
export function afterCall(
  breaker: BreakerState,
  health: CallHealth,
  call: { readonly failures: number; readonly now: Instant },
): BreakerState {
  const { failures, now } = call;
  if (health === 'answered') return closedBreaker;
  if (health === 'misconfigured') return opened(breaker, failures, addMs(now, misconfiguredOpenMs));
  const isTry = breaker.state === 'halfOpen';
  if (!isTry && failures < failuresToOpen) return breaker;
  const all = isTry ? breaker.failures + 1 : failures;
  const doublings = Math.min(Math.max(all - failuresToOpen, 0), 10);
  const openMs = Math.min(firstOpenMs * 2 ** doublings, longestOpenMs);
  return opened(breaker, all, addMs(now, openMs));
}

function opened(breaker: BreakerState, failures: number, openUntil: Instant): BreakerState {
  const later = openUntil > breaker.openUntil || breaker.state !== 'open';
  return later ? { state: 'open', failures, openUntil } : breaker;
}
