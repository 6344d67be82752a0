import { strandedDecision } from '../../domain/commands/stranded.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { DueWork } from '../../domain/member/decision.ts';
import { nextDue } from '../../domain/member/due.ts';
import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import type { TierStanding } from '../../domain/member/standing.ts';
import {
  entryOfSurvivors,
  movementsOfSurvivors,
  type Survivors,
} from '../../domain/member/survivors.ts';
import { noRates } from '../../domain/rates/rate-book.ts';
import { refusal } from '../../domain/refusal.ts';
import { retier } from '../../domain/tiers/tier.ts';
import { placementDecision } from '../../domain/tiers/tier-decision.ts';
import { type Instant, instantOf } from '../../domain/time.ts';
import type { Digest } from '../../ports/runtime.ts';
import type { Booking, BookingContext, BookingGroup, BookingOutcome } from './book.ts';
import { isMerged } from './booking-state.ts';
import type { EntryFrame, PostingDraft } from './posting-draft.ts';

/** In one posting; what is left comes in another one, before anything that is judged. */
export const maximumDueWork = 12;

const notAnOriginal = refusal('FOLLOW_UP_NOT_AN_ORIGINAL', 'refersTo');

/** A group with the member whose it is in truth. */
type PlannedGroup = BookingGroup & {
  readonly survivors: Survivors;
  readonly calendarSurvivors: Survivors;
};

/** Puts the bookings of a group on a draft, one after the other. */
export class BookingPlan {
  readonly #digest: Digest;
  readonly #group: PlannedGroup;
  readonly #draft: PostingDraft;

  constructor(digest: Digest, group: PlannedGroup, draft: PostingDraft) {
    this.#digest = digest;
    this.#group = group;
    this.#draft = draft;
  }

  /**
   * Does what the member's calendar has brought by now, the earliest first, each at the instant it
   * was due; before it, what has come to members after they were merged. Returns how much that
   * was; where it was `most`, more may be left.
   */
  settleCalendar(now: Instant, most: number = maximumDueWork): number {
    const { member, calendarSurvivors } = this.#group;
    for (let step = this.#absorbStranded(now); step < most; step += 1) {
      const snapshot = this.#draft.snapshot(member);
      const due = isMerged(snapshot) ? undefined : this.#nextDue(snapshot, now);
      if (due === undefined) return step;
      const hash = this.#digest.sha256Short(JSON.stringify(['guerdon', due.id, member]));
      const occurredAt = instantOf(due.at);
      const frame = { hash, part: '0', member, bodyHash: hash, occurredAt } as const;
      const movements = movementsOfSurvivors(due.decision.movements, calendarSurvivors);
      this.#draft.apply({ ...due.decision, movements }, frame, occurredAt);
    }
    return most;
  }

  #absorbStranded(now: Instant): number {
    const { calendar, calendarSurvivors, bookings } = this.#group;
    const { program } = calendar.current;
    let count = 0;
    for (const [merged, member] of calendarSurvivors) {
      const [from, survivor] = [merged, member].map((one) => this.#draft.snapshot(one));
      const name = JSON.stringify(['guerdon', 'stranded', merged, now, bookings[0]?.frame.hash]);
      const hash = this.#digest.sha256Short(name);
      const decision = from && survivor && strandedDecision({ program, survivor, from, hash });
      if (decision === undefined) continue;
      this.#draft.apply(decision, { hash, part: '0', member, bodyHash: hash, occurredAt: now });
      count += 1;
    }
    return count;
  }

  #nextDue(snapshot: MemberSnapshot, now: Instant): DueWork | undefined {
    for (const { compiled, through } of this.#group.calendar.versions) {
      const until = through < now ? through : now;
      const due = nextDue({ compiled, snapshot, now: until });
      if (due !== undefined) return due;
    }
    return undefined;
  }

  /** A follow-up comes after what it names, where that is in the group too. */
  run(now: Instant): BookingOutcome[] {
    const outcomes: BookingOutcome[] = new Array(this.#group.bookings.length);
    let left = [...this.#group.bookings.entries()];
    while (left.length > 0) {
      const pending = new Set(left.map(([, { frame }]) => frame.hash));
      const later = left.filter(([, booking]) => this.#mustFollow(booking, pending));
      // Follow-ups that name each other in a circle, or themselves: none is an original.
      const circle = later.length === left.length;
      for (const each of left) {
        const [at, booking] = each;
        if (circle || !later.includes(each)) outcomes[at] = this.#add(booking, now, circle);
      }
      left = circle ? [] : later;
    }
    return outcomes;
  }

  #mustFollow({ frame, original }: Booking, pending: ReadonlySet<string>): boolean {
    if (original === undefined || !pending.has(original)) return false;
    return this.#draft.entry(frame.hash) === undefined && this.#draft.entry(original) === undefined;
  }

  #add(booking: Booking, now: Instant, circle: boolean): BookingOutcome {
    const { frame, original } = booking;
    const existing = frame.part === '0' ? this.#draft.entry(frame.hash) : undefined;
    if (existing !== undefined) return repeated(existing, frame);
    const decided = booking.decide(this.#context(original, now));
    if (decided.kind === 'refused') return decided;
    if (decided.kind === 'waits') {
      if (circle) return { kind: 'refused', refusal: notAnOriginal };
      return this.#wait(booking, now);
    }
    const { member, operation, survivors } = this.#group;
    const movements = movementsOfSurvivors(decided.decision.movements, survivors);
    const { tier, ...plain } = { ...decided.decision, movements };
    const isOwn = plain.kind === 'tier' || operation !== 'earn';
    const decision = isOwn && tier !== undefined ? { ...plain, tier } : plain;
    const entry = this.#draft.apply(decision, { ...frame, member });
    if (tier !== undefined && !isOwn) this.#place(tier, frame.occurredAt);
    if (original !== undefined && decided.followUp !== undefined) {
      this.#draft.follow(original, decided.followUp);
    }
    if (booking.waited !== undefined) this.#draft.settle(booking.waited);
    this.#raise(frame.occurredAt);
    return { kind: 'booked', entry };
  }

  #context(original: string | undefined, now: Instant): BookingContext {
    const stored = original === undefined ? undefined : this.#draft.entry(original);
    const entry = stored && entryOfSurvivors(stored, this.#group.survivors);
    return {
      compiled: this.#group.compiled,
      member: this.#draft.snapshot(this.#group.member),
      snapshots: (members) => this.#draft.snapshots(members),
      budgets: this.#draft.budgets(),
      ...(original !== undefined &&
        entry && { original: { entry, followUp: this.#draft.followUp(original) } }),
      rates: this.#group.rates ?? noRates,
      now,
    };
  }

  /** The accepted follow-up has an entry of its own at once, so that a repeated one is known. */
  #wait({ frame, waiting }: Booking, now: Instant): BookingOutcome {
    const row = waiting?.(now);
    if (row === undefined) return { kind: 'waiting' };
    this.#draft.wait(row);
    const explanation = { reason: 'WAITING_FOR_ORIGINAL' };
    this.#draft.applyNothing('return', explanation, { ...frame, member: this.#group.member });
    return { kind: 'waiting' };
  }

  /** The level that one deal gives is an entry of its own, as every change of a level is. */
  #place(next: TierStanding, at: Instant): void {
    const { compiled, member } = this.#group;
    const snapshot = this.#draft.snapshot(member);
    const placed = placementDecision({ compiled, snapshot, next, at });
    this.#draft.apply(placed, tierFrame(this.#digest, member, { ...next, at }));
  }

  /** A level that the figures now earn begins with what earned it. */
  #raise(at: Instant): void {
    const { compiled, member } = this.#group;
    if (compiled.program.tiers === undefined) return;
    const raised = retier({ compiled, snapshot: this.#draft.snapshot(member), at });
    if (raised?.tier === undefined) return;
    this.#draft.apply(raised, tierFrame(this.#digest, member, { ...raised.tier, at }));
  }
}

/** A member's level changes once under each version, whoever notices first. */
export function tierFrame(
  digest: Digest,
  member: string,
  { version, at }: { readonly version: bigint; readonly at: Instant },
): EntryFrame {
  const hash = digest.sha256Short(JSON.stringify(['guerdon', `tier:${version}`, member]));
  return { hash, part: '0', member, bodyHash: hash, occurredAt: at };
}

/**
 * A key that stands already: our own redelivery, a duplicate, or a conflict. Never a second effect.
 */
function repeated(existing: Entry, { bodyHash, delivery }: Booking['frame']): BookingOutcome {
  if (existing.bodyHash !== bodyHash) return { kind: 'conflict' };
  if (existing.delivery !== delivery) return { kind: 'duplicate' };
  return { kind: 'booked', entry: existing };
}
