import {
  type AwardRecord,
  assertBalanced,
  type Entry,
  type EntryKind,
  type EventPart,
  type Explanation,
  type Leg,
} from '../../domain/ledger/entry.ts';
import { type FollowUp, nothingFollowed } from '../../domain/ledger/follow-up.ts';
import { netted } from '../../domain/ledger/recipes.ts';
import {
  type BudgetDraw,
  type Decision,
  emptyDecision,
  type Movement,
  type OpenedCase,
} from '../../domain/member/decision.ts';
import { movementLegs } from '../../domain/member/movement-legs.ts';
import { emptySnapshot, type MemberSnapshot } from '../../domain/member/snapshot.ts';
import { isExpired } from '../../domain/points/balance.ts';
import type { CompiledProgram } from '../../domain/program/compiled.ts';
import { type Instant, type LocalDate, localDateAt } from '../../domain/time.ts';
import type { Posting, PostingState, WaitingFollowUp } from '../../ports/ledger.ts';
import { BudgetDraft } from './budget-draft.ts';
import type { Calendar } from './compiled-programs.ts';
import { MemberDraft } from './member-draft.ts';

/** What makes an entry itself, whatever it does. */
export interface EntryFrame {
  readonly hash: string;
  readonly part: EventPart;
  readonly member: string;
  readonly bodyHash: string;
  readonly delivery?: string;
  readonly occurredAt: Instant;
}

export interface Versions {
  /** The version that judges. */
  readonly compiled: CompiledProgram;
  /** Its version in force now says what is no longer needed and may go. */
  readonly calendar: Calendar;
}

/**
 * The posting in the making: decisions are applied one after the other, each on what the ones
 * before it have left.
 */
export class PostingDraft {
  readonly #compiled: CompiledProgram;
  readonly #current: CompiledProgram;
  readonly #state: PostingState;
  readonly #now: Instant;
  readonly #members = new Map<string, MemberDraft>();
  readonly #entries = new Map<string, Entry>();
  readonly #followUps = new Map<string, FollowUp>();
  readonly #budgets: BudgetDraft;
  readonly #waiting: WaitingFollowUp[] = [];
  readonly #settled: WaitingFollowUp[] = [];
  readonly #cases: OpenedCase[] = [];
  readonly #announced = new Set<string>();

  constructor({ compiled, calendar }: Versions, state: PostingState, now: Instant) {
    this.#compiled = compiled;
    this.#current = calendar.current;
    this.#state = state;
    this.#now = now;
    this.#budgets = new BudgetDraft(compiled.program.budgets, state.budgets);
  }

  snapshot(member: string): MemberSnapshot {
    return this.#member(member).snapshot;
  }

  snapshots(members: Iterable<string>): Map<string, MemberSnapshot> {
    return new Map([...members].map((member) => [member, this.snapshot(member)]));
  }

  entry(hash: string): Entry | undefined {
    return this.#entries.get(hash) ?? this.#state.entries.get(hash);
  }

  followUp(hash: string): FollowUp {
    return this.#followUps.get(hash) ?? this.#state.followUps.get(hash) ?? nothingFollowed;
  }

  /** Points that each budget has left. */
  budgets(): ReadonlyMap<string, bigint> {
    return this.#budgets.left();
  }

  /**
   * Applies a decision and writes its entry. Points that nothing covered are told in a case. What
   * is due moves points as they stood on its own day, everything else as they stand now.
   */
  apply(decision: Decision, frame: EntryFrame, asOf: Instant = this.#now): Entry {
    const { hash, part, ...rest } = frame;
    const { program, timeZone } = this.#compiled.program;
    const today = localDateAt(asOf, timeZone);
    this.#member(frame.member).settled(asOf);
    const moved = decision.movements.flatMap((movement) => this.#move(movement, hash, today));
    const exchanges = decision.movements.flatMap((movement) =>
      movement.kind === 'exchange' ? [movement.exchange] : [],
    );
    const legs = exchanges.length === 0 ? moved : netted(moved);
    assertBalanced(legs);
    this.#member(frame.member).note(decision);
    for (const write of decision.records) this.#member(write.member).write(write);
    const newMembers = this.#announce([
      frame.member,
      ...legs.flatMap(({ account }) => ('member' in account ? account.member : [])),
      ...decision.records.map(({ member }) => member),
    ]);
    this.#cases.push(...decision.cases);
    const awards = this.#drawn(decision, hash);
    const metrics = decision.metrics.map(({ key, add }) => [key, add] as const);
    const entry: Entry = {
      ...{ key: { at: 'event', program, hash, part }, kind: decision.kind, program, ...rest, legs },
      postedAt: this.#now,
      explanation: this.#explained(decision),
      ...(decision.amountMinor !== undefined && { amountMinor: decision.amountMinor }),
      ...(decision.currency !== undefined && { currency: decision.currency }),
      ...(awards.length > 0 && { awards }),
      ...(exchanges.length > 0 && { exchanges }),
      ...(metrics.length > 0 && earningKinds.has(decision.kind) && { metrics }),
      ...(newMembers.length > 0 && { newMembers }),
    };
    this.#entries.set(entryId(hash, part), entry);
    if (part === '0') this.#entries.set(hash, entry);
    return entry;
  }

  /** An entry that stands for itself: what it stands for is still to come. */
  applyNothing(kind: EntryKind, explanation: Explanation, frame: EntryFrame): Entry {
    return this.apply(emptyDecision(kind, explanation), frame);
  }

  follow(hash: string, next: FollowUp): void {
    const { version } = this.#state.followUps.get(hash) ?? nothingFollowed;
    this.#followUps.set(hash, { ...next, version: version + 1 });
  }

  wait(row: WaitingFollowUp): void {
    this.#waiting.push(row);
  }

  settle(row: WaitingFollowUp): void {
    this.#settled.push(row);
  }

  #member(member: string): MemberDraft {
    const read = this.#state.members.get(member) ?? emptySnapshot(member);
    const draft = this.#members.get(member) ?? new MemberDraft(read, this.#current, this.#now);
    this.#members.set(member, draft);
    return draft;
  }

  /** Those of them that nobody has ever written before: the list of members learns of them. */
  #announce(members: readonly string[]): string[] {
    const fresh = [...new Set(members)].filter(
      (member) => this.#member(member).isNew && !this.#announced.has(member),
    );
    for (const member of fresh) this.#announced.add(member);
    return fresh;
  }

  #move(movement: Movement, subject: string, today: LocalDate): Leg[] {
    const { unit } = movement;
    const balanceOf = (member: string, of: string) => this.#member(member).balance(of);
    const { legs, uncovered } = movementLegs(movement, balanceOf, today);
    const members = legs.flatMap(({ account }) => ('member' in account ? account.member : []));
    for (const member of new Set(members)) this.#member(member).post(legs, unit);
    if (movement.kind === 'expire' && isExpired(movement.lot, today)) {
      this.#member(movement.member).close(unit, movement.lot);
    }
    if (uncovered > 0n && movement.kind === 'take' && movement.uncovered === 'case') {
      this.#cases.push({ subject, reason: 'RETURN_NOT_COVERED' });
    }
    return legs;
  }

  /** Awards with the shards that their budgets gave; what comes back goes to its own shard. */
  #drawn({ awards, budgets }: Decision, hash: string): readonly AwardRecord[] {
    const draws: BudgetDraw[] = [];
    for (const draw of budgets) {
      if (draw.points < 0n) this.#budgets.giveBack(draw);
      else draws.push(draw);
    }
    return this.#budgets.draw(awards, draws, hash);
  }

  #explained({ explanation }: Decision): Entry['explanation'] {
    const { from } = this.#compiled;
    return from === 0 ? explanation : { ...explanation, version: from };
  }

  /** Absent when nothing is left to write. */
  posting(operation: Posting['operation']): Posting | undefined {
    const entries = [...new Set(this.#entries.values())];
    if (entries.length === 0) return undefined;
    const members = [...this.#members.values()];
    const isPlain = this.#followUps.size + this.#waiting.length + this.#settled.length === 0;
    return {
      operation: operation === 'earn' && !isPlain ? 'followUp' : operation,
      program: this.#compiled.program.program,
      entries,
      balances: members.flatMap((member) => member.balanceChanges()),
      records: members.flatMap((member) => member.recordWrites()),
      followUps: [...this.#followUps].map(([original, next]) => ({ original, next })),
      budgets: this.#budgets.draws(),
      waiting: this.#waiting,
      settled: this.#settled,
      cases: this.#cases,
      postedAt: this.#now,
    };
  }
}

/** Entries that may be returned, and must then tell what they had added. */
const earningKinds: ReadonlySet<EntryKind> = new Set(['accrual', 'activation']);

function entryId(hash: string, part: EventPart): string {
  return `${hash}#${part}`;
}
