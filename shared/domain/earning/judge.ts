import type { Entry } from '../ledger/entry.ts';
import type { FollowUp } from '../ledger/follow-up.ts';
import type { Decision } from '../member/decision.ts';
import { joined } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { isRetired } from '../money/currency.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program, ReturnRule } from '../program/schema.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { addMs, type Instant, instantOf } from '../time.ts';
import { accrual } from './accrual.ts';
import { activate, isActivation } from './activation.ts';
import { clawBack, returnByRate } from './claw-back.ts';
import type { CustomerEvent, EventSubject } from './event.ts';
import { contextOf, type EventContext, isEnrolled, type Snapshots } from './event-context.ts';
import { localDayAt } from './local-day.ts';
import { type Original, refuseOriginal } from './original.ts';
import { sharesOf } from './split.ts';

const dayMs = 86_400_000;
const earliestEvent = instantOf(Date.UTC(2000, 0, 1));
/** Lots carry two digits of the year; points may live for 20 years after their own month. */
const latestEvent = instantOf(Date.UTC(2078, 11, 31));

export interface JudgeInput {
  readonly compiled: CompiledProgram;
  readonly event: CustomerEvent;
  /** `subjectOf(event)`. */
  readonly subject: EventSubject;
  /** Whose points and figures it is about. */
  readonly member: MemberSnapshot;
  /** Members whose points it may move. */
  readonly snapshots: Snapshots;
  /** Points left by hard budget; one that is not named has none left. */
  readonly budgets: ReadonlyMap<string, bigint>;
  /** Rates around the event's day. */
  readonly rates: RateBook;
  readonly now: Instant;
  /** Of the event's (source, id). */
  readonly hash: string;
  /** The event that this one names, where it has come. */
  readonly original?: Original;
}

export type Judgement =
  | { readonly kind: 'decision'; readonly decision: Decision; readonly followUp?: FollowUp }
  /** It follows up an event that has not come. */
  | { readonly kind: 'waits' };

/** The program's refusals: type, currency and date. `now` is the instant the event is judged at. */
export function refuseEvent(
  program: Program,
  event: CustomerEvent,
  now: Instant,
): Refusal | undefined {
  if (!program.eventTypes.includes(event.type)) return refusal('UNKNOWN_EVENT_TYPE', 'type');
  const { occurredAt } = event;
  if (occurredAt > addMs(now, dayMs)) return refusal('EVENT_IN_FUTURE', 'occurredAt');
  if (occurredAt < earliestEvent || occurredAt > latestEvent) {
    return refusal('DATE_OUT_OF_RANGE', 'occurredAt');
  }
  const { currency } = event;
  if (!program.currencies.includes(currency)) return refusal('CURRENCY_NOT_IN_PROGRAM', 'currency');
  if (isRetired(currency, localDayAt(occurredAt, program.timeZone).date)) {
    return refusal('CURRENCY_RETIRED', 'currency');
  }
  return undefined;
}

/**
 * Refuses an event that comes later than the program's counters are kept. For new events only: one
 * that is booked already is a duplicate, however old it is.
 */
export function refuseLate(
  { lateDays }: Program,
  { occurredAt }: CustomerEvent,
  now: Instant,
): Refusal | undefined {
  const isLate = lateDays !== undefined && occurredAt < addMs(now, -lateDays * dayMs);
  return isLate ? refusal('EVENT_TOO_LATE', 'occurredAt') : undefined;
}

/**
 * What an event does, by the version of the program that was in force when it happened: a return
 * takes, an activation releases what has waited for it, everything else earns. Pure: the same input
 * gives the same judgement.
 */
export function judgeEvent(input: JudgeInput): Result<Judgement, Refusal> {
  const { compiled, event, subject, member } = input;
  const { members, earning } = compiled.program;
  if (members.enrolment === 'closed' && !isEnrolled(member)) {
    return failure(refusal('UNKNOWN_MEMBER', 'member'));
  }
  const context = contextOf(input);
  const [returning] = earning.returns.length === 0 ? [] : compiled.returns.matching(subject);
  if (returning !== undefined) return judgeReturn(input, context, returning);
  if (event.refersTo !== undefined && isActivation(compiled, subject)) {
    return judgeActivation(input, context);
  }
  return decided(accrual({ context, budgets: input.budgets, hash: input.hash }));
}

function judgeReturn(
  { event, original }: JudgeInput,
  context: EventContext,
  rule: ReturnRule,
): Result<Judgement, Refusal> {
  if (event.refersTo === undefined) return decided(returnByRate(context, rule));
  if (original === undefined) return success({ kind: 'waits' });
  const refused = refuseOriginal(original, context.member.member);
  if (refused !== undefined) return failure(refused);
  const taken = clawBack({ context, rule, original });
  return taken.ok ? success({ kind: 'decision', ...taken.value }) : taken;
}

/** An activation earns by its own rules too, where any match it. */
function judgeActivation(
  { budgets, hash, original }: JudgeInput,
  context: EventContext,
): Result<Judgement, Refusal> {
  if (original === undefined) return success({ kind: 'waits' });
  const refused = refuseOriginal(original, context.member.member);
  if (refused !== undefined) return failure(refused);
  const { decision, followUp } = activate(context, original);
  const own = accrual({ context, budgets, hash });
  if (!own.ok) return own;
  const { amountMinor, currency } = context.event;
  return success({
    kind: 'decision',
    decision: { ...joined(decision, own.value), amountMinor, currency },
    ...(followUp && { followUp }),
  });
}

function decided(result: Result<Decision, Refusal>): Result<Judgement, Refusal> {
  return result.ok ? success({ kind: 'decision', decision: result.value }) : result;
}

/** Members beside the event's own whose points it may move, as its data say. */
export function membersOf(
  compiled: CompiledProgram,
  event: CustomerEvent,
  subject: EventSubject,
): string[] {
  if (compiled.program.earning.rules.every(({ split }) => split === undefined)) return [];
  const members = new Set<string>();
  for (const rule of compiled.rules.matching(subject)) {
    const shares = sharesOf(rule, subject, event.member);
    if (shares.ok) for (const { member } of shares.value) members.add(member);
  }
  members.delete(event.member);
  return [...members];
}

/** Members beside the entry's own whose points a follow-up of it may move. */
export function membersFollowed(entry: Entry): string[] {
  const members = (entry.awards ?? []).flatMap(({ parts }) => parts.map(({ member }) => member));
  return [...new Set(members)].filter((member) => member !== entry.member);
}
