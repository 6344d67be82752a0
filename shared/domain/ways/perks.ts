import * as z from 'zod/mini';
import { firstOfMonth, windowEnd, windowStart } from '../calendar.ts';
import type { Decision, DueWork, RecordWrite } from '../member/decision.ts';
import type { DueInput } from '../member/due.ts';
import { metricKey } from '../member/figure-key.ts';
import { enrolledAt } from '../member/profile.ts';
import { type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import { metricAdds, metricOver } from '../metrics/metric.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { type Instant, instantOf, type LocalDate, startOfDay } from '../time.ts';
import { endEntitlements, grantEntitlements } from './entitlement.ts';
import { dayOf, recordDecision, recordWrite, type WayInput } from './way.ts';

/*
 * Perks granted at enrolment. Where they ask for purchases, each whole period since is judged at
 * its end: the period of enrolment counts only if enrolment was on its first day. A period without
 * the purchases ends the perks; they come back with the purchase that meets the requirement in a
 * later period, at the latest at that period's end. Months count whole, also where a membership
 * year begins within one.
 */

type Requirement = NonNullable<NonNullable<Program['perks']>['requirement']>;

const standingSchema = z.strictObject({
  /** First day of the next period to judge. */
  judgedTo: z.string(),
  lapsed: z.boolean(),
  /** What has come since they last lapsed: used up or run out, it does not come again with them. */
  granted: z._default(z.array(z.string()), []),
});

type PerkStanding = z.output<typeof standingSchema>;

const source = 'perks';
const recordId = 'perks.standing';

/** What enrolment grants at once; empty where it was granted before. */
export function perksAtEnrolment({
  compiled,
  snapshot,
  at,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly at: Instant;
}): RecordWrite[] {
  const { perks } = compiled.program;
  if (!perks || standingIn(snapshot)) return [];
  const granted = grantEntitlements({ compiled, snapshot, ids: perks.entitlements, source, at });
  const day = dayOf(compiled, at);
  const judgedTo = perks.requirement ? firstWhole(perks.requirement, day) : day;
  return [
    standingWrite(snapshot, { judgedTo, lapsed: false, granted: perks.entitlements }),
    ...granted,
  ];
}

function firstWhole({ every }: Requirement, enrolled: LocalDate): LocalDate {
  const begun = windowStart(every, enrolled, enrolled);
  return begun === enrolled ? enrolled : windowEnd(every, enrolled, enrolled);
}

export function perksDue({ compiled, snapshot, now }: DueInput): DueWork[] {
  const { perks } = compiled.program;
  const since = perks && enrolledAt(snapshot);
  if (!perks || since === undefined) return [];
  const standing = standingIn(snapshot);
  if (!standing) {
    const at = instantOf(Math.max(since, compiled.from));
    const records = perksAtEnrolment({ compiled, snapshot, at });
    const decision = recordDecision('PERKS_GRANTED', records);
    return at > now ? [] : [{ at, id: 'perks:granted', decision }];
  }
  const { requirement } = perks;
  if (!requirement) return [];
  return judgementDue({ compiled, snapshot, now }, { requirement, standing, since });
}

function judgementDue(
  { compiled, snapshot, now }: DueInput,
  perks: {
    readonly requirement: Requirement;
    readonly standing: PerkStanding;
    readonly since: Instant;
  },
): DueWork[] {
  const { requirement, standing, since } = perks;
  const { timeZone } = compiled.program;
  const from = standing.judgedTo as LocalDate;
  const end = windowEnd(requirement.every, from, dayOf(compiled, since));
  // Also a standing that a merge has brought is judged, though its period has been before.
  const version = recordOf(snapshot, 'progress', recordId)?.version ?? 0;
  const isOver = startOfDay(end, timeZone) <= now;
  const isMet = boughtIn({ compiled, snapshot, requirement }, from, end);
  if (isOver) {
    const at = startOfDay(end, timeZone);
    const decision = judged({ compiled, snapshot, at, end, isMet, standing });
    return [{ at, id: `perks:${end}:${version}`, decision }];
  }
  const today = dayOf(compiled, now);
  if (!standing.lapsed || !isMet || today < from) return [];
  // The purchases came before the sweep that ended the perks.
  const at = startOfDay(today, timeZone);
  return [
    {
      at,
      id: `perks:back:${from}:${version}`,
      decision: restored({ compiled, snapshot, at, standing }),
    },
  ];
}

function judged(judgement: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly at: Instant;
  readonly end: LocalDate;
  readonly isMet: boolean;
  readonly standing: PerkStanding;
}): Decision {
  const { compiled, snapshot, at, end, isMet, standing } = judgement;
  const ids = compiled.program.perks?.entitlements ?? [];
  const granted = isMet ? ids : [];
  const fresh = granted.filter((id) => standing.lapsed || !standing.granted.includes(id));
  const next = standingWrite(snapshot, { judgedTo: end, lapsed: !isMet, granted });
  const changes = isMet
    ? grantEntitlements({ compiled, snapshot, ids: fresh, source, at })
    : endEntitlements({ snapshot, source, at });
  return recordDecision(reasonOf(isMet, standing.lapsed), [next, ...changes]);
}

function reasonOf(isMet: boolean, wasLapsed: boolean): string {
  if (isMet) return wasLapsed ? 'PERKS_RETURNED' : 'PERKS_KEPT';
  return wasLapsed ? 'PERKS_STAY_LAPSED' : 'PERKS_LAPSED';
}

/** A purchase that meets the requirement of the period under way brings lapsed perks back. */
export function advancePerks(input: WayInput): Decision | undefined {
  const { compiled, event, member } = input;
  const { perks } = compiled.program;
  const standing = standingIn(member);
  const since = enrolledAt(member);
  if (!perks?.requirement || since === undefined || !standing?.lapsed) return undefined;
  const { requirement } = perks;
  const day = dayOf(compiled, event.occurredAt);
  if (day < standing.judgedTo) return undefined;
  const from = windowStart(requirement.every, day, dayOf(compiled, since)) as LocalDate;
  const to = windowEnd(requirement.every, day, dayOf(compiled, since));
  const added = addedBy(input, requirement);
  if (added === 0n) return undefined;
  if (!boughtIn({ compiled, snapshot: member, requirement }, from, to, added)) return undefined;
  return restored({ compiled, snapshot: member, at: event.occurredAt, standing });
}

function restored(back: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly at: Instant;
  readonly standing: PerkStanding;
}): Decision {
  const { compiled, snapshot, at, standing } = back;
  const ids = compiled.program.perks?.entitlements ?? [];
  const granted = grantEntitlements({ compiled, snapshot, ids, source, at });
  const next = standingWrite(snapshot, { ...standing, lapsed: false, granted: ids });
  return recordDecision('PERKS_RETURNED', [next, ...granted], { perks: 'PERKS_RETURNED' });
}

function boughtIn(
  asked: {
    readonly compiled: CompiledProgram;
    readonly snapshot: MemberSnapshot;
    readonly requirement: Requirement;
  },
  from: LocalDate,
  to: LocalDate,
  added = 0n,
): boolean {
  const { compiled, snapshot, requirement } = asked;
  const months = { from: firstOfMonth(from), to: firstOfMonth(to) };
  const sum = metricOver(snapshot, compiled.program, requirement.metric, months);
  return sum + added >= BigInt(requirement.atLeast);
}

function addedBy(input: WayInput, { metric }: Requirement): bigint {
  const { compiled, event, awards = [] } = input;
  const key = metricKey(metric, firstOfMonth(dayOf(compiled, event.occurredAt)));
  const adds = metricAdds({ ...input, awards });
  return adds.reduce((sum, each) => (each.key === key ? sum + each.add : sum), 0n);
}

function standingIn(snapshot: MemberSnapshot): PerkStanding | undefined {
  const record = recordOf(snapshot, 'progress', recordId);
  return record && z.parse(standingSchema, record.value);
}

function standingWrite(snapshot: MemberSnapshot, next: PerkStanding): RecordWrite {
  return recordWrite(snapshot, { kind: 'progress', id: recordId, next });
}
