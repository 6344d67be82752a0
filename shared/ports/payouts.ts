import type { Money } from '../domain/money/money.ts';
import type { PayoutHindrance } from '../domain/payout/decide.ts';
import type { PayeeMask } from '../domain/payout/payee-mask.ts';
import type { PayoutChoice } from '../domain/payout/policy.ts';
import type { SanctionsIndex } from '../domain/payout/sanctions.ts';
import type { Instant } from '../domain/time.ts';

interface MemberOf {
  readonly program: string;
  readonly member: string;
}

/** How a member wants to be paid. */
export interface KeptChoice extends PayoutChoice, MemberOf {
  /** A payee, sealed under the field `payee` of the member; absent on rails that need none. */
  readonly sealedPayee?: string;
  /** What of the payee is told to whoever looks. */
  readonly payeeMask?: PayeeMask;
  /** Where the payee is, and the account: a run looks whether they have been blocked since. */
  readonly payeeCountries?: readonly string[];
  readonly chosenAt: Instant;
  /** One more with each write. */
  readonly version: number;
}

/** One pass over a program's members; it may be taken up again wherever it stopped. */
export interface PayoutRun {
  readonly program: string;
  readonly run: string;
  /** What members have, and what rates are, is judged as of then. */
  readonly asOf: Instant;
  /** A person, or the schedule. */
  readonly requestedBy: string;
  readonly state: 'running' | 'done';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** How far it has come; absent until it has come somewhere, and once it is done. */
  readonly progress?: RunProgress;
}

export interface RunProgress {
  /** Everybody up to this member, in the order of `members`, is done with but for `failed`. */
  readonly through: string;
  /** Few: whoever could not be paid, and is to be met again. */
  readonly failed: readonly string[];
}

/** What a run has made of one wallet: what was planned is written before it is held. */
export interface PayoutLine extends MemberOf {
  readonly run: string;
  readonly unit: string;
  /** What there was, in the wallet's currency. */
  readonly available: Money;
  readonly outcome:
    | { readonly kind: 'payout'; readonly payout: string; readonly rail: string }
    /** Booked at once, under a key that is made of `payout`: nothing is held, nobody asked. */
    | { readonly kind: 'points'; readonly payout: string; readonly rail: string }
    | { readonly kind: 'skipped'; readonly reason: PayoutHindrance };
}

export interface PayoutStore {
  readChoice(owner: MemberOf): Promise<KeptChoice | undefined>;
  /** On condition that the version before it stands (1: there was none). */
  putChoice(choice: KeptChoice): Promise<'done' | 'lost'>;
  /** Forgets it, if there is one; the next one begins at version 1. */
  removeChoice(owner: MemberOf): Promise<void>;
  /** Puts it if there is none of that name; what stands. */
  beginRun(run: PayoutRun): Promise<PayoutRun>;
  endRun(run: PayoutRun & { readonly endedAt: Instant }): Promise<void>;
  /** Keeps how far it has come; of a run that is done, nothing. */
  keepProgress(run: PayoutRun & { readonly progress: RunProgress }): Promise<void>;
  readRun(program: string, run: string): Promise<PayoutRun | undefined>;
  /**
   * Everybody who has, or ever had, a balance or a record, in an order that stays, behind `after`;
   * whoever joins meanwhile may come anywhere in it.
   */
  members(program: string, after?: string): AsyncIterable<string>;
  /**
   * Each replaces what stood for the same wallet in the same run; but a payout, which may be held
   * by now, is never replaced by a reason to skip.
   */
  putLine(line: PayoutLine): Promise<void>;
  /** In no order that means anything. */
  lines(program: string, run: string): AsyncIterable<PayoutLine>;
}

/** Lists of names that nothing may be paid to; `undefined` for one that was never loaded. */
export interface SanctionsLists {
  index(list: string): Promise<SanctionsIndex | undefined>;
}

export interface KeptList {
  readonly list: string;
  /** As the publisher spells them, each spelling by itself. */
  readonly names: readonly string[];
  readonly loadedAt: Instant;
}

export interface SanctionsStore extends SanctionsLists {
  /** Tells what stands under a name from anything else; absent: nothing does. */
  stamp(list: string): Promise<string | undefined>;
  /**
   * Replaces what stood under the same name, whole or not at all. `lost`: something else stands
   * there by now than what was to be replaced; absent: whatever stands there.
   */
  keep(list: KeptList, replaced?: ReplacedList): Promise<'kept' | 'lost'>;
}

export interface ReplacedList {
  readonly stamp: string | undefined;
}
