import type { RecordWrite } from '../member/decision.ts';
import { type Profile, profileOf, profileWrite } from '../member/profile.ts';
import { higherRole } from '../member/role.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, invariant, type Result, success } from '../result.ts';
import type { Instant } from '../time.ts';
import { maximumParticipants } from './participants.ts';

export interface MergedProfiles {
  readonly survivor: MemberSnapshot;
  readonly from: MemberSnapshot;
  readonly others: ReadonlyMap<string, MemberSnapshot>;
  readonly at: Instant;
}

/**
 * Both profiles after a merge, and those of the company or the people that name the one that goes.
 * The survivor's own facts stand; what they lack comes from the other, but for a donation, which
 * nobody but themselves can have agreed to. Two people who act for different companies are refused:
 * `PARTICIPANT_ELSEWHERE`.
 */
export function mergedProfiles(input: MergedProfiles): Result<RecordWrite[], Refusal> {
  const { survivor, from, at } = input;
  const theirs: Profile = profileOf(from) ?? newProfile(at);
  const own = profileOf(survivor);
  if (
    own?.company !== undefined &&
    theirs.company !== undefined &&
    own.company !== theirs.company
  ) {
    return failure(refusal('PARTICIPANT_ELSEWHERE', 'data.from'));
  }
  const united = own === undefined ? withoutConsent(theirs) : unitedProfile(own, theirs);
  if (Object.keys(united.participants).length > maximumParticipants) {
    return failure(refusal('TOO_MANY_PARTICIPANTS', 'data.from'));
  }
  const gone = { ...theirs, company: undefined, participants: {}, mergedInto: survivor.member };
  const isKnown = own !== undefined || profileOf(from) !== undefined;
  return success([
    ...(isKnown ? [profileWrite(survivor, united)] : []),
    profileWrite(from, gone),
    ...companyWrites(theirs, input),
    ...participantWrites(theirs, input),
  ]);
}

function newProfile(at: Instant): Profile {
  return { kind: 'person', enrolledAt: at, segments: [], participants: {} };
}

/** Whoever gives something away has said so, or has taken it back: nobody inherits that. */
function withoutConsent(profile: Profile): Profile {
  return { ...profile, donation: undefined };
}

function unitedProfile(own: Profile, theirs: Profile): Profile {
  const participants = { ...theirs.participants };
  for (const [participant, role] of Object.entries(own.participants)) {
    participants[participant] = higherRole(role, theirs.participants[participant]);
  }
  const { birthday, birthdaySetAt } =
    own.birthday === undefined
      ? { ...theirs, birthdaySetAt: theirs.birthdaySetAt ?? theirs.enrolledAt }
      : own;
  return {
    ...own,
    ...(birthday !== undefined && { birthday, birthdaySetAt }),
    country: own.country ?? theirs.country,
    currency: own.currency ?? theirs.currency,
    company: own.company ?? theirs.company,
    segments: [...new Set([...own.segments, ...theirs.segments])].sort(),
    participants,
  };
}

/** In the company, the survivor takes the place of the other one. */
function companyWrites({ company }: Profile, input: MergedProfiles): RecordWrite[] {
  if (company === undefined) return [];
  const { snapshot, profile } = profileAmong(input.others, company);
  const { [input.from.member]: role, ...participants } = profile.participants;
  if (role === undefined) return [];
  const { member } = input.survivor;
  participants[member] = higherRole(role, participants[member]);
  return [profileWrite(snapshot, { ...profile, participants })];
}

/** People who acted for the other company act for the survivor. */
function participantWrites({ participants }: Profile, input: MergedProfiles): RecordWrite[] {
  return Object.keys(participants).map((participant) => {
    const { snapshot, profile } = profileAmong(input.others, participant);
    return profileWrite(snapshot, { ...profile, company: input.survivor.member });
  });
}

function profileAmong(
  others: ReadonlyMap<string, MemberSnapshot>,
  member: string,
): { readonly snapshot: MemberSnapshot; readonly profile: Profile } {
  const snapshot = others.get(member);
  const profile = snapshot && profileOf(snapshot);
  invariant(snapshot && profile, 'A company and its participants name each other.');
  return { snapshot, profile };
}
