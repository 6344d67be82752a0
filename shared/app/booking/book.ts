import type { Entry } from '../../domain/ledger/entry.ts';
import type { FollowUp } from '../../domain/ledger/follow-up.ts';
import type { Decision } from '../../domain/member/decision.ts';
import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import type { RateBook } from '../../domain/rates/rate-book.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { invariant, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { LedgerStore, Posting, WaitingFollowUp } from '../../ports/ledger.ts';
import type { Clock, Digest, Logger } from '../../ports/runtime.ts';
import { BookingPlan, maximumDueWork } from './booking-plan.ts';
import { readBookingState } from './booking-state.ts';
import type { Calendar } from './compiled-programs.ts';
import { type EntryFrame, PostingDraft } from './posting-draft.ts';

export interface BookDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly ledger: LedgerStore;
}

/** What a booking decides upon: the state as the bookings before it in the posting have left it. */
export interface BookingContext {
  readonly compiled: CompiledProgram;
  /** Whose points and figures it is about. */
  readonly member: MemberSnapshot;
  readonly snapshots: (members: Iterable<string>) => ReadonlyMap<string, MemberSnapshot>;
  readonly budgets: ReadonlyMap<string, bigint>;
  readonly original?: { readonly entry: Entry; readonly followUp: FollowUp };
  readonly rates: RateBook;
  readonly now: Instant;
}

export type BookingDecision =
  | { readonly kind: 'decision'; readonly decision: Decision; readonly followUp?: FollowUp }
  /** What it names has not come yet. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One thing to book, once by its hash. */
export interface Booking {
  readonly frame: Omit<EntryFrame, 'member'>;
  /** Hash of the entry that it follows up. */
  readonly original?: string;
  /** Further members whose state the decision needs. */
  readonly others: readonly string[];
  readonly decide: (context: BookingContext) => BookingDecision;
  /** The row to wait in, and what says that it has been accepted. */
  readonly waiting?: (now: Instant) => WaitingFollowUp;
  /** The row that it has waited in. */
  readonly waited?: WaitingFollowUp;
}

/** Bookings of one member under one version of a program. */
export interface BookingGroup {
  readonly compiled: CompiledProgram;
  /** What says which days bring what. */
  readonly calendar: Calendar;
  readonly member: string;
  readonly operation: Posting['operation'];
  /** Around the days of all bookings; without them only fixed rates are known. */
  readonly rates?: RateBook;
  readonly bookings: readonly Booking[];
  /** Whose it is in truth, told by the state of `member`. */
  readonly holder?: (member: MemberSnapshot) => Result<string, Refusal>;
}

export type BookingOutcome =
  | { readonly kind: 'booked'; readonly entry: Entry }
  | { readonly kind: 'waiting' | 'duplicate' | 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Stale reads come from other writers of the same member; each round at least one of them succeeds.
 */
const maximumRounds = 12;
/** Of the 100 actions of a transaction (aws-facts 1.1). */
const maximumActions = 98;

/** Somebody else may have booked the same due work once or twice meanwhile. */
const maximumCollisions = 6;

/**
 * Books a group, each booking at most once (P1), after what the member's calendar has brought:
 * reads, decides and posts until what was decided still fits what is stored. The outcome of each
 * stands at its own index.
 */
export async function book(
  dependencies: BookDependencies,
  group: BookingGroup,
): Promise<BookingOutcome[]> {
  const { clock, ledger, logger } = dependencies;
  let collisions = 0;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const now = clock.now();
    const read = await readBookingState(ledger, group, now);
    if (!read.ok) return group.bookings.map(() => ({ kind: 'refused', refusal: read.failure }));
    const draft = new PostingDraft(group, read.value.state, now);
    const plan = new BookingPlan(dependencies.digest, { ...group, ...read.value }, draft);
    // Due work that is booked and still due would keep everything else waiting for ever.
    const due = collisions < maximumCollisions ? plan.settleCalendar(now) : 0;
    if (due >= maximumDueWork) {
      await settleBacklog(dependencies, { ...group, member: read.value.member });
      continue;
    }
    const outcomes = plan.run(now);
    const posting = draft.posting(group.operation);
    if (posting === undefined) return outcomes;
    if (actionsOf(posting) > maximumActions) {
      if (group.bookings.length > 1) return bookHalves(dependencies, group);
      invariant(due > 0, 'One booking does not fit into a transaction.');
      await settleCalendar(dependencies, { ...group, member: read.value.member });
      continue;
    }
    const posted = await ledger.post(posting);
    if (posted.kind === 'posted') return outcomes;
    if (posted.kind === 'entriesExist' && isLateFollowUp(group)) return [{ kind: 'duplicate' }];
    if (posted.kind === 'entriesExist' && due > 0) collisions += 1;
    if (collisions === maximumCollisions) logger.error('CALENDAR_STUCK', { round });
    logger.info('LEDGER_STALE_RETRY', { round, reason: posted.kind });
  }
  throw new Error(`The balance kept changing over ${maximumRounds} rounds.`);
}

/**
 * Books what the member's calendar has brought, as much as one transaction holds, and nothing else.
 * Returns how much that was.
 */
export async function settleCalendar(
  { clock, digest, ledger, logger }: BookDependencies,
  { compiled, calendar, member }: BookingGroup,
): Promise<number> {
  const group: BookingGroup = { compiled, calendar, member, operation: 'sweep', bookings: [] };
  let most = maximumDueWork;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const now = clock.now();
    const read = await readBookingState(ledger, group, now);
    invariant(read.ok, 'A calendar is refused to nobody.');
    const draft = new PostingDraft(group, read.value.state, now);
    const plan = new BookingPlan(digest, { ...group, ...read.value }, draft);
    const due = plan.settleCalendar(now, most);
    const posting = draft.posting('sweep');
    if (posting === undefined) return 0;
    if (actionsOf(posting) > maximumActions) {
      invariant(most > 1, 'What is due at once does not fit into a transaction.');
      most = Math.ceil(most / 2);
      continue;
    }
    const posted = await ledger.post(posting);
    if (posted.kind === 'posted') return due;
    logger.info('LEDGER_STALE_RETRY', { round, reason: posted.kind });
  }
  throw new Error(`The calendar kept changing over ${maximumRounds} rounds.`);
}

/** A calendar that has not been swept for long: all of it, as many postings as that takes. */
async function settleBacklog(dependencies: BookDependencies, group: BookingGroup): Promise<void> {
  for (let due = 1; due > 0; ) due = await settleCalendar(dependencies, group);
}

/** Its entry stands under a key that is not read before: somebody else has settled it. */
function isLateFollowUp({ bookings }: BookingGroup): boolean {
  return bookings.length === 1 && bookings[0]?.frame.part === 'A';
}

async function bookHalves(
  dependencies: BookDependencies,
  group: BookingGroup,
): Promise<BookingOutcome[]> {
  const middle = Math.ceil(group.bookings.length / 2);
  const halves = [group.bookings.slice(0, middle), group.bookings.slice(middle)];
  const outcomes: BookingOutcome[] = [];
  for (const bookings of halves) {
    outcomes.push(...(await book(dependencies, { ...group, bookings })));
  }
  return outcomes;
}

function actionsOf(posting: Posting): number {
  const { entries, balances, records, followUps, budgets, waiting, settled, cases } = posting;
  const checks = new Set(waiting.map(({ original }) => original)).size;
  const parts = [entries, balances, records, followUps, budgets, waiting, settled, cases];
  return parts.reduce((sum, part) => sum + part.length, checks);
}
