import { isDefiniteNo, type Order } from './order.ts';

/** Why a provider said no. */
export type NoReason =
  | 'permanent'
  | 'retrySameKey'
  | 'retryNewKey'
  | 'waitForFunds'
  | 'waitForLimit'
  | 'configuration';

/** What was heard in one call: of a look-up, or of the order that was placed. */
export type Heard =
  | { readonly kind: 'delivered'; readonly providerOrder: string }
  /** The provider has it, and may still refuse. */
  | { readonly kind: 'taken'; readonly providerOrder: string }
  | { readonly kind: 'no'; readonly reason: NoReason; readonly detail: string }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unknown' };

/** What a provider does with references; a part of its capabilities. */
export interface ReferenceHabits {
  readonly repeatedReference: 'sameOrder' | 'newOrder';
  readonly replaysErrors: boolean;
  readonly referenceLifeDays?: number;
  readonly decidesLater?: true;
}

export interface EndedTurn {
  /** The row before the claim: what earlier calls left behind. */
  readonly before: Order;
  readonly claimed: Order;
  readonly now: Order['claimedUntil'];
  /** Before the provider was asked: its answer says nothing of what came later. */
  readonly askedAt: Order['claimedUntil'];
  /** Whether an order was placed, and not only looked up. */
  readonly placed: boolean;
  readonly habits: ReferenceHabits;
}

/** What to do; `next` is the row to write, where it changes. */
export type Verdict =
  | { readonly kind: 'capture'; readonly next: Order }
  /** Ask again soon, with longer and longer waits. */
  | { readonly kind: 'lookUp'; readonly next?: Order }
  /** Nothing comes of asking soon; the delayed check comes back to it. */
  | { readonly kind: 'rest'; readonly next: Order }
  /** The same provider under the next reference. */
  | { readonly kind: 'newAttempt'; readonly next: Order }
  /** Another source, where one is left: the row still names the one that said no. */
  | { readonly kind: 'nextSource'; readonly next: Order }
  | { readonly kind: 'close'; readonly next: Order };

/** After so many attempts at one source a provider that keeps asking for a new key has said no. */
export const maximumAttempts = 5;

/** References that were only out of their life, or spoilt by an error, may be a few more. */
const maximumReferences = 20;

const dayMs = 86_400_000;

/**
 * Whether the same reference may be sent (again) after "not found": never of an order that the
 * provider has had, nor where a repeat would be a second order while the first may still arrive.
 */
export function mayPlace(
  order: Order,
  { askedAt, now }: Pick<EndedTurn, 'askedAt' | 'now'>,
  habits: ReferenceHabits,
): boolean {
  if (order.state !== 'open' || order.cancelled !== undefined) return false;
  if (order.call === 0) return true;
  if (isOverLife(order, now, habits) || isSpoilt(order, habits)) return false;
  return habits.repeatedReference === 'sameOrder' || isDefiniteNo(order, askedAt);
}

/** The provider may have forgotten the reference: under it a second order could be made. */
function isOverLife({ since }: Order, now: Order['since'], habits: ReferenceHabits): boolean {
  const { referenceLifeDays } = habits;
  return referenceLifeDays !== undefined && now >= since + referenceLifeDays * dayMs;
}

/** Whatever went wrong under it is what the provider would answer for ever. */
function isSpoilt({ call }: Order, { replaysErrors }: ReferenceHabits): boolean {
  return replaysErrors && call >= 2;
}

/** The next state of a row after a call: pure, and the same for the same words. */
export function verdictOf(turn: EndedTurn, heard: Heard): Verdict {
  switch (heard.kind) {
    case 'delivered':
      return { kind: 'capture', next: withOrder(turn.claimed, heard.providerOrder) };
    case 'taken':
      return {
        kind: turn.habits.decidesLater === true ? 'rest' : 'lookUp',
        next: taken(turn, heard.providerOrder),
      };
    case 'notFound':
      return afterNotFound(turn);
    case 'no':
      return afterNo(turn, heard.reason, heard.detail);
    default:
      return turn.placed ? { kind: 'lookUp' } : { kind: 'lookUp', next: lookedUp(turn) };
  }
}

/** The call only looked: what may still take effect is what earlier ones left behind. */
function lookedUp({ before, claimed, now }: EndedTurn): Order {
  return { ...claimed, undecidedUntil: before.undecidedUntil, claimedUntil: now };
}

function withOrder(order: Order, providerOrder: string): Order {
  return { ...order, providerOrder };
}

/** An undone order that the provider has again stays one that was captured before. */
function taken({ claimed, now }: EndedTurn, providerOrder: string): Order {
  const state = claimed.state === 'open' ? 'accepted' : claimed.state;
  return { ...withOrder(claimed, providerOrder), state, claimedUntil: now };
}

function afterNotFound(turn: EndedTurn): Verdict {
  const { askedAt, before, claimed, now, habits } = turn;
  if (claimed.state !== 'open') return { kind: 'lookUp' };
  if (!isDefiniteNo(before, askedAt)) return { kind: 'lookUp', next: lookedUp(turn) };
  const reason = isOverLife(before, now, habits) ? 'REFERENCE_TOO_OLD' : 'REFERENCE_SPOILT';
  if (claimed.cancelled !== undefined) return closed(turn, 'NOT_FOUND');
  return claimed.attempt < maximumReferences ? renewed(turn, reason) : closed(turn, reason);
}

type Step = 'nextSource' | 'newAttempt' | 'soon' | 'funds' | 'limit' | 'configuration';

const stepAfter: Readonly<Record<NoReason, Step>> = {
  permanent: 'nextSource',
  retryNewKey: 'newAttempt',
  retrySameKey: 'soon',
  waitForFunds: 'funds',
  waitForLimit: 'limit',
  configuration: 'configuration',
};

function afterNo(turn: EndedTurn, reason: NoReason, detail: string): Verdict {
  const { askedAt, before, claimed, placed } = turn;
  // What the provider says of an order that it has is certain, whatever else is under way.
  if (placed && !isDefiniteNo(before, askedAt)) return { kind: 'lookUp' };
  if (claimed.cancelled !== undefined) return closed(turn, detail);
  const step = stepAfter[reason];
  if (step === 'newAttempt' && mayAskAnew(claimed)) return renewed(turn, detail);
  if (step === 'nextSource' || step === 'newAttempt') {
    return { kind: 'nextSource', next: decided(turn, detail) };
  }
  if (step === 'soon') return { kind: 'lookUp', next: unspoilt(turn, false) };
  if (step === 'limit') {
    return { kind: 'lookUp', next: { ...unspoilt(turn, false), waitingFor: step } };
  }
  return { kind: 'rest', next: { ...unspoilt(turn, turn.habits.replaysErrors), waitingFor: step } };
}

/** Attempts are counted over all sources: what earlier ones have not used is left to later ones. */
function mayAskAnew({ attempt, tried }: Order): boolean {
  return attempt < maximumAttempts * (tried.length + 1);
}

/** Nothing of this attempt is under way any more, and what it has cost is no other one's price. */
function decided({ claimed, now }: EndedTurn, detail?: string): Order {
  const { providerOrder: _, charge: __, ...rest } = claimed;
  const reasons = detail === undefined ? claimed.reasons : [...claimed.reasons, detail];
  return { ...rest, reasons, claimedUntil: now, undecidedUntil: none, state: 'open' };
}

const none = 0 as Order['undecidedUntil'];

/** A reference that an order was refused under may be good for nothing else. */
function unspoilt(turn: EndedTurn, isSpoilt: boolean): Order {
  const row = decided(turn);
  const isUsed = isSpoilt || !turn.placed;
  if (!isUsed || row.attempt >= maximumReferences) return row;
  return { ...row, attempt: row.attempt + 1, call: 0 };
}

function renewed(turn: EndedTurn, detail: string): Verdict {
  const next = decided(turn, detail);
  return { kind: 'newAttempt', next: { ...next, attempt: next.attempt + 1, call: 0 } };
}

function closed(turn: EndedTurn, detail: string): Verdict {
  return { kind: 'close', next: { ...decided(turn, detail), state: 'closing' } };
}
