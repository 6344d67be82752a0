import * as z from 'zod/mini';
import { type Decision, emptyDecision, type RecordWrite } from '../member/decision.ts';
import { type Profile, profileOf, profileWrite } from '../member/profile.ts';
import { hasAdmin, type Role, roleOf, roles } from '../member/role.ts';
import { emptySnapshot, type MemberSnapshot } from '../member/snapshot.ts';
import { text } from '../program/schema/shapes.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import { type CommandInput, commandHandler } from './command.ts';

/** A profile is read whole, whoever asks. */
export const maximumParticipants = 200;

const addition = z.strictObject({ participant: text, role: z.enum(roles) });
const removal = z.strictObject({ participant: text });

/** Also gives another role to somebody who acts for the company already. */
const added = commandHandler({
  data: addition,
  profile: 'required',
  others: ({ participant }) => [participant],
  decide: (input) => {
    const { data, command } = input;
    const read = readBoth(input, data.participant);
    if (!read.ok) return read;
    const { company, person, personSnapshot } = read.value;
    if (person.company !== undefined && person.company !== command.member) {
      return failure(refusal('PARTICIPANT_ELSEWHERE', 'data.participant'));
    }
    const participants = { ...company.participants, [data.participant]: data.role };
    const refused = refuseParticipants(participants, 'data.role');
    if (refused !== undefined) return failure(refused);
    const joins = { ...person, company: command.member };
    const records = [
      profileWrite(input.member, { ...company, participants }),
      ...(person.company === undefined ? [profileWrite(personSnapshot, joins)] : []),
    ];
    return success(decisionOf('PARTICIPANT_ADDED', records, data));
  },
});

const removed = commandHandler({
  data: removal,
  profile: 'required',
  others: ({ participant }) => [participant],
  decide: (input) => {
    const { data } = input;
    const read = readBoth(input, data.participant);
    if (!read.ok) return read;
    const { company, person, personSnapshot } = read.value;
    if (roleOf(company, data.participant) === undefined) {
      return failure(refusal('PARTICIPANT_UNKNOWN', 'data.participant'));
    }
    const { [data.participant]: _, ...participants } = company.participants;
    const refused = refuseParticipants(participants, 'data.participant');
    if (refused !== undefined) return failure(refused);
    const records = [
      profileWrite(input.member, { ...company, participants }),
      profileWrite(personSnapshot, { ...person, company: undefined }),
    ];
    return success(decisionOf('PARTICIPANT_REMOVED', records, data));
  },
});

export const participantCommands = { 'participant.added': added, 'participant.removed': removed };

/**
 * The company's profile with somebody who enrols for it: its first person is its admin, as there
 * must be one; others are viewers until an admin says more.
 */
export function joinCompany(
  snapshot: MemberSnapshot,
  participant: string,
): Result<RecordWrite, Refusal> {
  const company = profileOf(snapshot);
  if (company === undefined) return failure(refusal('UNKNOWN_MEMBER', 'data.company'));
  if (company.kind !== 'company') return failure(refusal('NOT_A_COMPANY', 'data.company'));
  if (company.mergedInto !== undefined) return failure(refusal('MEMBER_MERGED', 'data.company'));
  const role = hasAdmin(company.participants) ? 'viewer' : 'admin';
  const participants = { ...company.participants, [participant]: role } as const;
  const refused = refuseParticipants(participants, 'data.company');
  if (refused !== undefined) return failure(refused);
  return success(profileWrite(snapshot, { ...company, participants }));
}

function refuseParticipants(
  participants: Readonly<Record<string, Role>>,
  field: string,
): Refusal | undefined {
  if (!hasAdmin(participants)) return refusal('LAST_ADMIN', field);
  const count = Object.keys(participants).length;
  return count > maximumParticipants ? refusal('TOO_MANY_PARTICIPANTS', field) : undefined;
}

interface CompanyAndPerson {
  readonly company: Profile;
  readonly person: Profile;
  readonly personSnapshot: MemberSnapshot;
}

function readBoth(
  { member, others }: Pick<CommandInput<unknown>, 'member' | 'others'>,
  participant: string,
): Result<CompanyAndPerson, Refusal> {
  const company = profileOf(member);
  if (company?.kind !== 'company') return failure(refusal('NOT_A_COMPANY', 'member'));
  const personSnapshot = others.get(participant) ?? emptySnapshot(participant);
  const person = profileOf(personSnapshot);
  if (person === undefined) return failure(refusal('UNKNOWN_MEMBER', 'data.participant'));
  if (person.kind !== 'person') return failure(refusal('FIELD_INVALID', 'data.participant'));
  if (person.mergedInto !== undefined) {
    return failure(refusal('MEMBER_MERGED', 'data.participant'));
  }
  return success({ company, person, personSnapshot });
}

function decisionOf(
  reason: string,
  records: readonly RecordWrite[],
  inputs: Readonly<Record<string, string>>,
): Decision {
  return { ...emptyDecision('change', { reason, inputs }), records };
}
