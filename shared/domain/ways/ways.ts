import type { Explanation } from '../ledger/entry.ts';
import { type Decision, type DueWork, joined } from '../member/decision.ts';
import type { DueInput } from '../member/due.ts';
import { profileOf } from '../member/profile.ts';
import type { Program } from '../program/schema.ts';
import { advanceChallenge } from './challenge.ts';
import { advanceChecklist } from './checklist.ts';
import { entitlementsDue } from './entitlement.ts';
import { advanceGift } from './gift.ts';
import { advanceMembership, membershipsDue } from './membership.ts';
import { advanceMilestone, milestonesDue } from './milestone.ts';
import { occasionsDue } from './occasion.ts';
import { advancePerks, perksDue } from './perks.ts';
import { advanceReferral } from './referral.ts';
import { type WayInput, withRecords } from './way.ts';

type Way = (input: WayInput) => Decision | undefined;

/** The ways that a program has; most have none. */
const waysOf = new WeakMap<Program, readonly Way[]>();

function listWays(program: Program): readonly Way[] {
  const { referral, challenges, checklists, occasions, memberships, gifts, perks } = program;
  return [
    ...(referral ? [advanceReferral] : []),
    ...challenges.map(
      (challenge): Way =>
        (input) =>
          advanceChallenge(input, challenge),
    ),
    ...checklists.map(
      (checklist): Way =>
        (input) =>
          advanceChecklist(input, checklist),
    ),
    ...occasions.flatMap((occasion): Way[] =>
      occasion.kind === 'milestone' ? [(input) => advanceMilestone(input, occasion)] : [],
    ),
    ...memberships.map(
      (membership): Way =>
        (input) =>
          advanceMembership(input, membership),
    ),
    ...(perks?.requirement ? [advancePerks] : []),
    ...gifts.map(
      (gift): Way =>
        (input) =>
          advanceGift(input, gift),
    ),
  ];
}

/**
 * What an event does beside the earning rules: referrals, challenges, checklists, milestones,
 * memberships, perks, gifts. Points stand in its awards and are taken back with a return of the
 * event; records are not: what was reached stays reached. Inputs of the explanation tell, by way,
 * what became of it, and why it paid nothing.
 */
export function advanceWays(input: WayInput): Decision | undefined {
  const { program } = input.compiled;
  const ways = waysOf.get(program) ?? listWays(program);
  waysOf.set(program, ways);
  let { member } = input;
  let all: Decision | undefined;
  for (const way of ways) {
    const decision = way({ ...input, member });
    if (decision === undefined) continue;
    member = withRecords(member, decision.records);
    all = all ? { ...joined(all, decision), explanation: explained(all, decision) } : decision;
  }
  return all;
}

function explained({ explanation }: Decision, second: Decision): Explanation {
  const inputs = { ...explanation.inputs, ...second.explanation.inputs };
  return Object.keys(inputs).length === 0 ? explanation : { ...explanation, inputs };
}

/**
 * Work that days bring: birthdays, anniversaries, ends of entitlements, trials, periods and perks.
 * A member who has become another one has none.
 */
export function waysDue(input: DueInput): DueWork[] {
  const due = [
    ...occasionsDue(input),
    ...milestonesDue(input),
    ...perksDue(input),
    ...membershipsDue(input),
    ...entitlementsDue(input),
  ];
  const isGone = due.length > 0 && profileOf(input.snapshot)?.mergedInto !== undefined;
  return isGone ? [] : due;
}
