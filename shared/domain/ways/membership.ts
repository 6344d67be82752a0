import * as z from 'zod/mini';
import { addMonths } from '../calendar.ts';
import type { CustomerEvent } from '../earning/event.ts';
import type { Decision, DueWork } from '../member/decision.ts';
import type { DueInput } from '../member/due.ts';
import { type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import { compare } from '../money/arithmetic.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { addDays, type Instant, instantOf, type LocalDate, startOfDay } from '../time.ts';
import { endEntitlements, grantEntitlements } from './entitlement.ts';
import { dayOf, recordDecision, recordWrite, type WayInput } from './way.ts';

type Membership = Program['memberships'][number];
type Fact = 'started' | 'paid' | 'failed' | 'cancelled';

const states = ['none', 'trial', 'active', 'pastDue', 'lapsed'] as const;
type State = (typeof states)[number];

const recordSchema = z.strictObject({
  /** The latest of each, by the billing system's own time: the order of arrival is nothing. */
  facts: z.strictObject({
    started: z.optional(z.int()),
    paid: z.optional(z.int()),
    failed: z.optional(z.int()),
    cancelled: z.optional(z.int()),
  }),
  /** A trial is had once, by whoever has not paid before. */
  first: z.strictObject({ started: z.optional(z.int()), paid: z.optional(z.int()) }),
  state: z.enum(states),
  /** Since when, by the event or the day that made it. */
  since: z.int(),
});

type Standing = z.output<typeof recordSchema>;

const unknown: Standing = { facts: {}, first: {}, state: 'none', since: 0 };

/**
 * What a billing event makes of a paid membership. It is on trial for `trialDays` of its first
 * start, active for a period from each payment, past due when a payment failed or the time is over,
 * and lapses `graceDays` later; one that was cancelled lapses with the time that was paid for.
 */
export function advanceMembership(input: WayInput, membership: Membership): Decision | undefined {
  const { compiled, event, subject, member } = input;
  const facts = factsOf(membership).filter(
    ([fact, when]) =>
      compiled.matches(when, subject) && (fact !== 'paid' || coversFee(event, membership)),
  );
  if (facts.length === 0) return undefined;
  const before = standingIn(member, membership) ?? unknown;
  const next = facts.reduce(
    (standing, [fact]) => withFact(standing, fact, event.occurredAt),
    before,
  );
  const at = instantOf(Math.max(before.since, event.occurredAt));
  return moved({ compiled, snapshot: member, membership, standing: next, at });
}

/** A payment of less than the fee, or in another currency, pays for nothing. */
function coversFee(paid: CustomerEvent, { fee }: Membership): boolean {
  if (paid.currency !== fee.currency) return false;
  return compare<string>(paid, { ...fee, amountMinor: BigInt(fee.amountMinor) }) >= 0;
}

/** The first end of a trial, a period or a grace that changes anything. */
export function membershipsDue({ compiled, snapshot, now }: DueInput): DueWork[] {
  return compiled.program.memberships.flatMap((membership) => {
    const standing = standingIn(snapshot, membership);
    if (standing === undefined) return [];
    const at = boundaries(compiled, membership, standing).find(
      (boundary) =>
        boundary > standing.since &&
        boundary <= now &&
        stateAt(compiled, membership, { standing, at: boundary }) !== standing.state,
    );
    if (at === undefined) return [];
    const decision = moved({ compiled, snapshot, membership, standing, at });
    const version = recordOf(snapshot, 'membership', membership.id)?.version ?? 0;
    return [{ at, id: `membership:${membership.id}:${version}:${at}`, decision }];
  });
}

function factsOf({ events }: Membership): (readonly [Fact, Readonly<Record<string, unknown>>])[] {
  const { started, paid, failed, cancelled } = events;
  return [
    ['started', started],
    ['paid', paid],
    ...(failed ? [['failed', failed] as const] : []),
    ...(cancelled ? [['cancelled', cancelled] as const] : []),
  ];
}

function withFact(standing: Standing, fact: Fact, at: Instant): Standing {
  const { facts, first } = standing;
  const latest = { ...facts, [fact]: Math.max(facts[fact] ?? at, at) };
  if (fact !== 'started' && fact !== 'paid') return { ...standing, facts: latest };
  const earliest = { ...first, [fact]: Math.min(first[fact] ?? at, at) };
  return { ...standing, facts: latest, first: earliest };
}

/** The record and the entitlements of the state at an instant. */
function moved(move: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly membership: Membership;
  readonly standing: Standing;
  readonly at: Instant;
}): Decision {
  const { compiled, snapshot, membership, standing, at } = move;
  const state = stateAt(compiled, membership, { standing, at });
  const since = state === standing.state ? standing.since : at;
  const next: Standing = { ...standing, state, since };
  const ids = entitlementsIn(membership, state);
  const source = `membership:${membership.id}`;
  const records = [
    recordWrite(snapshot, { kind: 'membership', id: membership.id, next }),
    ...endEntitlements({ snapshot, source, at, keep: ids }),
    ...grantEntitlements({ compiled, snapshot, ids, source, at }),
  ];
  return recordDecision('MEMBERSHIP', records, { [membership.id]: state });
}

function entitlementsIn({ entitlements }: Membership, state: State): readonly string[] {
  if (state === 'none' || state === 'lapsed') return [];
  return entitlements[state] ?? [];
}

interface Moment {
  readonly standing: Standing;
  readonly at: Instant;
}

function stateAt(
  compiled: CompiledProgram,
  membership: Membership,
  { standing, at }: Moment,
): State {
  const { paid, failed } = standing.facts;
  const covered = coveredUntil(compiled, membership, standing);
  if (covered === undefined) return 'none';
  const end = lapsesAt(compiled, membership, standing, covered);
  if (at >= end) return 'lapsed';
  if (at >= covered || (failed ?? 0) > (paid ?? 0)) return 'pastDue';
  return paid === undefined ? 'trial' : 'active';
}

/** The first instant that neither the trial nor a payment covers. */
function coveredUntil(
  compiled: CompiledProgram,
  { trialDays, every }: Membership,
  { facts, first: { started, paid } }: Standing,
): Instant | undefined {
  const dayAt = (at: number): LocalDate => dayOf(compiled, instantOf(at));
  const ends: LocalDate[] = [];
  const hasTrial = started !== undefined && (paid === undefined || started <= paid);
  if (hasTrial && trialDays !== undefined) ends.push(addDays(dayAt(started), trialDays));
  if (facts.paid !== undefined) ends.push(addMonths(dayAt(facts.paid), every === 'year' ? 12 : 1));
  const last = ends.sort().at(-1);
  return last && startOfDay(last, compiled.program.timeZone);
}

function lapsesAt(
  compiled: CompiledProgram,
  { graceDays }: Membership,
  { facts: { started = 0, paid = 0, cancelled } }: Standing,
  covered: Instant,
): Instant {
  if (cancelled !== undefined && cancelled >= Math.max(started, paid)) {
    return instantOf(Math.max(cancelled, covered));
  }
  return startOfDay(addDays(dayOf(compiled, covered), graceDays), compiled.program.timeZone);
}

function boundaries(
  compiled: CompiledProgram,
  membership: Membership,
  standing: Standing,
): Instant[] {
  const covered = coveredUntil(compiled, membership, standing);
  if (covered === undefined) return [];
  return [covered, lapsesAt(compiled, membership, standing, covered)];
}

function standingIn(snapshot: MemberSnapshot, { id }: Membership): Standing | undefined {
  const record = recordOf(snapshot, 'membership', id);
  return record && z.parse(recordSchema, record.value);
}
