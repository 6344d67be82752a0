import type { CustomerEvent } from '../domain/earning/event.ts';
import { type JudgeableProgram, type Judgement, judge } from '../domain/earning/judge.ts';
import {
  assertBalanced,
  type Entry,
  type Explanation,
  type Leg,
  memberPoints,
} from '../domain/ledger/entry.ts';
import { accrualLegs, expiredAccrualLegs, takeBackLegs } from '../domain/ledger/recipes.ts';
import { applyLegs, type Balance, isExpired } from '../domain/points/balance.ts';
import { type BalanceOwner, balanceChange } from '../domain/points/balance-change.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { type Instant, type LocalDate, localDateAt } from '../domain/time.ts';
import type { AccrualState, Posting, WaitingReturn } from '../ports/stores.ts';

export interface Candidate {
  readonly index: number;
  readonly delivery: string;
  readonly event: CustomerEvent;
  readonly hash: string;
  readonly bodyHash: string;
  /** Hash of the event that this one follows up. */
  readonly original?: string;
}

export interface PlannedOutcome {
  readonly kind: 'accrued' | 'returned' | 'duplicate' | 'conflict' | 'refused';
  readonly refusal?: Refusal;
}

export interface AccrualPlan {
  readonly outcomes: readonly PlannedOutcome[];
  /** Absent when nothing is left to write. */
  readonly posting?: Posting;
}

interface PlanInput {
  readonly program: JudgeableProgram;
  readonly owner: BalanceOwner;
  readonly state: AccrualState;
  readonly candidates: readonly Candidate[];
  readonly now: Instant;
}

/**
 * What a batch of one member's events writes, given what is stored: pure, so a stale plan is simply
 * made again. An event meets the balance as the events before it in the batch have left it.
 */
export function planAccrual(input: PlanInput): AccrualPlan {
  const draft = new Draft(input);
  const outcomes: PlannedOutcome[] = new Array(input.candidates.length);
  let left = [...input.candidates.entries()];
  while (left.length > 0) {
    const pending = new Set(left.map(([, { hash }]) => hash));
    const [ready, later] = parted(left, ([, candidate]) => !draft.mustFollow(candidate, pending));
    for (const [at, candidate] of ready) outcomes[at] = draft.add(candidate);
    if (ready.length === 0) {
      // Returns that name each other in a circle, or themselves: none of them is an original.
      for (const [at] of later) outcomes[at] = { kind: 'refused', refusal: notAnOriginal };
      break;
    }
    left = later;
  }
  const posting = draft.posting();
  return { outcomes, ...(posting && { posting }) };
}

const notAnOriginal = refusal('FOLLOW_UP_NOT_AN_ORIGINAL', 'refersTo');

function parted<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** The posting in the making. */
class Draft {
  readonly #input: PlanInput;
  readonly #today: LocalDate;
  readonly #entries = new Map<string, Entry>();
  readonly #returned = new Map<string, bigint>();
  readonly #waiting: WaitingReturn[] = [];
  #balance: Balance;

  constructor(input: PlanInput) {
    this.#input = input;
    this.#balance = input.state.balance;
    this.#today = localDateAt(input.now, input.program.program.timeZone);
  }

  /** A return comes after the event that it names, where that is in the batch too. */
  mustFollow(candidate: Candidate, pending: ReadonlySet<string>): boolean {
    const { event, hash, original } = candidate;
    if (original === undefined || !pending.has(original)) return false;
    if (this.#entry(hash) !== undefined || this.#entry(original) !== undefined) return false;
    return judge(this.#input.program, event).judgement.kind === 'takeBack';
  }

  add(candidate: Candidate): PlannedOutcome {
    const existing = this.#entry(candidate.hash);
    if (existing !== undefined) return repeated(existing, candidate);
    const { judgement, explanation } = judge(this.#input.program, candidate.event);
    if (judgement.kind === 'takeBack') return this.#takeBack(candidate, judgement, explanation);
    const legs = judgement.kind === 'earn' ? this.#earned(judgement) : [];
    this.#put(candidate, 'accrual', legs, explanation);
    return { kind: 'accrued' };
  }

  #earned(judgement: Judgement & { kind: 'earn' }): Leg[] {
    if (isExpired(judgement.lot, this.#today)) return expiredAccrualLegs(judgement);
    return accrualLegs(this.#balance, { ...this.#input.owner, ...judgement }, judgement.lot);
  }

  #takeBack(
    candidate: Candidate,
    judgement: Judgement & { kind: 'takeBack' },
    explanation: Explanation,
  ): PlannedOutcome {
    const { original } = candidate;
    if (original === undefined) {
      this.#put(candidate, 'return', this.#taken(judgement.points), explanation);
      return { kind: 'returned' };
    }
    const originalEntry = this.#entry(original);
    if (originalEntry === undefined) {
      this.#wait(candidate, original, judgement.points);
      return { kind: 'returned' };
    }
    const refused = refuseFollowUp(originalEntry, candidate.event.member);
    if (refused !== undefined) return { kind: 'refused', refusal: refused };
    const before = this.#returnedOf(original);
    const points = returnable(originalEntry, before, judgement.points);
    this.#returned.set(original, before + points);
    this.#put(candidate, 'return', this.#taken(points), explanation);
    return { kind: 'returned' };
  }

  #taken(points: bigint): Leg[] {
    return takeBackLegs(this.#balance, { ...this.#input.owner, points }, this.#today);
  }

  #wait(candidate: Candidate, original: string, points: bigint): void {
    const { owner, now } = this.#input;
    const { hash, bodyHash, event } = candidate;
    this.#waiting.push({
      ...{ hash, original, points, bodyHash, ...owner },
      occurredAt: event.occurredAt,
      waitingSince: now,
    });
    this.#put(candidate, 'return', [], { reason: 'WAITING_FOR_ORIGINAL' });
  }

  #put(candidate: Candidate, kind: 'accrual' | 'return', legs: Leg[], why: Explanation): void {
    assertBalanced(legs);
    const { owner, now } = this.#input;
    const { hash, bodyHash, delivery, event } = candidate;
    this.#balance = applyLegs(this.#balance, legs, owner);
    this.#entries.set(hash, {
      key: { at: 'event', program: owner.program, hash, part: '0' },
      ...{ kind, program: owner.program, member: owner.member, legs, bodyHash, delivery },
      occurredAt: event.occurredAt,
      postedAt: now,
      explanation: why,
    });
  }

  #entry(hash: string): Entry | undefined {
    return this.#entries.get(hash) ?? this.#input.state.entries.get(hash);
  }

  #returnedOf(original: string): bigint {
    const read = this.#input.state.followUps.get(original)?.returned ?? 0n;
    return this.#returned.get(original) ?? read;
  }

  posting(): Posting | undefined {
    const entries = [...this.#entries.values()];
    if (entries.length === 0) return undefined;
    const { owner, state } = this.#input;
    const legs = entries.flatMap((entry) => entry.legs);
    const balance = balanceChange(state.balance, legs, owner);
    const followUps = [...this.#returned].map(([original, returned]) => {
      const read = state.followUps.get(original)?.returned ?? 0n;
      return { program: owner.program, original, read, returned };
    });
    const plain = followUps.length === 0 && this.#waiting.length === 0;
    const operation = plain ? 'earn' : 'followUp';
    const rest = { followUps, waiting: this.#waiting, settled: [] };
    return { operation, entries, ...(balance && { balance }), ...rest };
  }
}

/**
 * A key that stands already: our own redelivery, a duplicate, or a conflict. Never a second effect.
 */
function repeated(existing: Entry, { bodyHash, delivery }: Candidate): PlannedOutcome {
  if (existing.bodyHash !== bodyHash) return { kind: 'conflict' };
  if (existing.delivery !== delivery) return { kind: 'duplicate' };
  return { kind: existing.kind === 'return' ? 'returned' : 'accrued' };
}

/** Why an event cannot be returned by this member, or `undefined`. */
export function refuseFollowUp(original: Entry, member: string): Refusal | undefined {
  if (original.kind !== 'accrual') return notAnOriginal;
  if (original.member !== member) return refusal('FOLLOW_UP_MEMBER_MISMATCH', 'refersTo');
  return undefined;
}

/** Never more than the original gave the member, less what has come back before. */
export function returnable(original: Entry, returned: bigint, points: bigint): bigint {
  const left = memberPoints(original.legs) - returned;
  return points < left ? points : left;
}
