import * as z from 'zod/mini';
import { type Decision, emptyDecision } from '../member/decision.ts';
import { type Profile, profileOf } from '../member/profile.ts';
import { emptySnapshot, type MemberSnapshot } from '../member/snapshot.ts';
import { text } from '../program/schema/shapes.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { levelEntitlements } from '../tiers/tier-decision.ts';
import { type CommandInput, commandHandler, type MemberCommand } from './command.ts';
import { mergedFigures } from './merge-figures.ts';
import { mergedProfiles } from './merge-profiles.ts';
import { movedRecords } from './merge-records.ts';
import { absorbed } from './stranded.ts';

const merge = z.strictObject({ from: text });
type Merge = z.output<typeof merge>;

/** A transaction has 100 items; entry, balances and their history need the rest. */
const maximumWrites = 80;

/**
 * The command's member takes over all that another member has, who is nobody from then on. Points
 * stay in their units, so that nothing crosses from one wallet to another.
 */
const merged = commandHandler({
  data: merge,
  others: ({ from }) => [from],
  further: furtherMembers,
  decide: (input: CommandInput<Merge>): Result<Decision, Refusal> => {
    const { compiled, member, others, command, data, hash } = input;
    const { program } = compiled;
    const from = others.get(data.from) ?? emptySnapshot(data.from);
    const refused = refuseMerge(program, member, from);
    if (refused !== undefined) return failure(refused);
    const at = command.occurredAt;
    const profiles = mergedProfiles({ survivor: member, from, others, at });
    if (!profiles.ok) return profiles;
    const pair = { program, survivor: member, from };
    const figures = mergedFigures({ ...pair, at });
    const { tier: next } = figures;
    const raised = next && levelEntitlements({ compiled, snapshot: member, next, at });
    const moved = movedRecords({ ...pair, hash });
    const records = [...profiles.value, ...moved, ...(raised ?? [])];
    const movements = absorbed(member.member, from);
    if (records.length + 2 * movements.length > maximumWrites) {
      return failure(refusal('MERGE_TOO_LARGE', 'data.from'));
    }
    const explanation = { reason: 'MERGED', inputs: { from: data.from } };
    return success({ ...emptyDecision('merge', explanation), movements, records, ...figures });
  },
});

export const mergeCommands = { 'member.merged': merged };

/** The company that the other member acts for, or the people who act for it. */
function furtherMembers(
  _command: MemberCommand,
  { from }: Merge,
  snapshots: ReadonlyMap<string, MemberSnapshot>,
): string[] {
  const snapshot = snapshots.get(from);
  const profile = snapshot && profileOf(snapshot);
  if (profile === undefined) return [];
  const { company, participants } = profile;
  return [...(company === undefined ? [] : [company]), ...Object.keys(participants)];
}

function refuseMerge(
  program: Program,
  survivor: MemberSnapshot,
  from: MemberSnapshot,
): Refusal | undefined {
  if (survivor.member === from.member) return refusal('SAME_MEMBER', 'data.from');
  const profile = profileOf(from);
  const isUnknown = from.balances.size === 0 && from.records.size === 0;
  if (isUnknown || (profile === undefined && program.members.enrolment === 'closed')) {
    return refusal('UNKNOWN_MEMBER', 'data.from');
  }
  if (profile?.mergedInto !== undefined) return refusal('MEMBER_MERGED', 'data.from');
  const isSameKind = kindOf(profile) === kindOf(profileOf(survivor));
  return isSameKind ? undefined : refusal('KINDS_DIFFER', 'data.from');
}

/** Somebody who was never enrolled is a person. */
function kindOf(profile: Profile | undefined): Profile['kind'] {
  return profile?.kind ?? 'person';
}
