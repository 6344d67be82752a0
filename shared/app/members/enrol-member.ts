import { canonicalJson } from '../../contracts/json.ts';
import type { EnrolmentBody } from '../../contracts/members.ts';
import type { MemberCommand } from '../../domain/commands/command.ts';
import { profileOf } from '../../domain/member/profile.ts';
import { hasAdmin } from '../../domain/member/role.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { ContactStore } from '../../ports/contacts.ts';
import type { Sealer } from '../../ports/sealing.ts';
import { type CommandDependencies, executeCommands } from '../booking/execute-commands.ts';
import { openAddress, sealAddress } from '../messages/contact-address.ts';
import { consentsNext, emptyContact } from '../messages/preferences.ts';
import { type ProfileView, profileView } from './member-profile.ts';

export interface EnrolDependencies extends CommandDependencies {
  readonly contacts: ContactStore;
  readonly sealer: Sealer;
}

export interface EnrolCommand {
  readonly program: string;
  /** Who asks. */
  readonly actor: string;
  /** Whose idempotency keys these are. */
  readonly caller: string;
  readonly idempotencyKey: string;
  readonly body: EnrolmentBody;
  /** Names this one request. */
  readonly delivery: string;
}

export interface Enrolled {
  readonly profile: ProfileView;
  /** False where the member was enrolled before. */
  readonly isNew: boolean;
}

/** Commands that the API makes of what it is asked. */
const apiSource = 'guerdon:api';

/**
 * Enrols a member by the command `member.enrolled`, and keeps how they are reached, sealed. Safe to
 * repeat under its key. Refusals: those of the command, of the participants, and
 * `IDEMPOTENCY_CONFLICT`.
 */
export async function enrolMember(
  dependencies: EnrolDependencies,
  command: EnrolCommand,
): Promise<Result<Enrolled, Refusal>> {
  const { contacts, ledger } = dependencies;
  const { program, body } = command;
  const { member, participants = [] } = body;
  const refused = refuseName(body) ?? (await refuseParticipants(dependencies, command));
  if (refused !== undefined) return failure(refused);
  const owner = { program, member };
  const isNew = profileOf(await ledger.readMember(owner)) === undefined;
  const enrolment = await execute(dependencies, command, enrolmentOf(command));
  if (!enrolment.ok) return enrolment;
  const kept = await keepContact(dependencies, command, enrolment.value === 'duplicate');
  if (!kept.ok) return kept;
  // Admins first: a company is never without one.
  for (const each of participants.toSorted((left) => (left.role === 'admin' ? -1 : 1))) {
    const added = await execute(dependencies, command, {
      ...{ type: 'participant.added', part: `participant ${each.participant}`, data: each },
    });
    if (!added.ok) return added;
  }
  const [snapshot, contact] = await Promise.all([ledger.readMember(owner), contacts.read(owner)]);
  return success({ profile: profileView(snapshot, contact), isNew });
}

/** A name alone is nowhere to write to. */
function refuseName({ email, name }: EnrolmentBody): Refusal | undefined {
  const isAlone = email === undefined && name !== undefined;
  return isAlone ? refusal('FIELD_MISSING', 'email') : undefined;
}

/** What would refuse a participant when the company is enrolled already. */
async function refuseParticipants(
  { ledger }: EnrolDependencies,
  { program, body }: EnrolCommand,
): Promise<Refusal | undefined> {
  const { kind, member, participants } = body;
  if (participants === undefined) return undefined;
  if (kind !== 'company') return refusal('NOT_A_COMPANY', 'participants');
  const roles = participants.map(({ participant, role }) => [participant, role] as const);
  if (!hasAdmin(Object.fromEntries(roles))) return refusal('LAST_ADMIN', 'participants');
  for (const [at, { participant }] of participants.entries()) {
    const field = `participants.${at}.participant`;
    const profile = profileOf(await ledger.readMember({ program, member: participant }));
    if (profile === undefined) return refusal('UNKNOWN_MEMBER', field);
    if (profile.kind !== 'person') return refusal('FIELD_INVALID', field);
    const isElsewhere = profile.company !== undefined && profile.company !== member;
    if (isElsewhere) return refusal('PARTICIPANT_ELSEWHERE', field);
  }
  return undefined;
}

interface Asked {
  readonly type: string;
  /** Tells the commands of one request apart. */
  readonly part: string;
  readonly data: MemberCommand['data'];
}

function enrolmentOf({ body }: EnrolCommand): Asked {
  const {
    member: _,
    participants: __,
    email: ___,
    name: ____,
    language,
    consents,
    ...facts
  } = body;
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  return { type: 'member.enrolled', part: 'enrolment', data: Object.fromEntries(told) };
}

async function execute(
  dependencies: EnrolDependencies,
  { program, actor, caller, idempotencyKey, body, delivery }: EnrolCommand,
  { type, part, data }: Asked,
): Promise<Result<'done' | 'duplicate', Refusal>> {
  const { clock } = dependencies;
  const id = JSON.stringify([caller, idempotencyKey, part]);
  const { email, name, ...rest } = body;
  // Addresses are compared with what is sealed: no hash of them is kept.
  const canonicalBody = canonicalJson({
    ...rest,
    email: email !== undefined,
    name: name !== undefined,
  });
  const command: MemberCommand = {
    ...{ id, source: apiSource, actor, type, member: body.member, data },
    occurredAt: clock.now(),
  };
  const received = { command, canonicalBody };
  const [outcome] = await executeCommands(dependencies, [{ delivery, program, received }]);
  if (outcome?.kind === 'failed') throw outcome.error;
  if (outcome?.kind === 'conflict') return failure(refusal('IDEMPOTENCY_CONFLICT'));
  if (outcome?.kind === 'refused') return failure(ofBody(outcome.refusal));
  return success(outcome?.kind === 'duplicate' ? 'duplicate' : 'done');
}

/** A field as the caller has named it. */
function ofBody({ field, ...refused }: Refusal): Refusal {
  return field === undefined ? refused : { ...refused, field: field.replace(/^data\./, '') };
}

const maximumRounds = 5;

/** Of somebody who is known already, the contact stays as they have made it since. */
async function keepContact(
  dependencies: EnrolDependencies,
  { program, body }: EnrolCommand,
  isRepeated: boolean,
): Promise<Result<void, Refusal>> {
  const { clock, contacts, sealer } = dependencies;
  const { member, email, name, language, consents } = body;
  const owner = { program, member };
  for (let round = 1; round <= maximumRounds; round += 1) {
    const standing = await contacts.read(owner);
    if (standing !== undefined) {
      const isFirst = isRepeated && standing.version === 1 && standing.sealed !== undefined;
      if (!isFirst || email === undefined) return success(undefined);
      const known = await openAddress(sealer, owner, standing.sealed);
      const isSame = known.email === email && known.name === name;
      return isSame ? success(undefined) : failure(refusal('IDEMPOTENCY_CONFLICT'));
    }
    const address =
      email === undefined ? undefined : { email, ...(name !== undefined && { name }) };
    const sealed = address && (await sealAddress(sealer, owner, address));
    const empty = emptyContact(owner);
    const put = await contacts.put({
      ...{ ...empty, version: 1, consents: consentsNext(empty, consents, clock.now()) },
      ...(sealed !== undefined && { sealed }),
      ...(language !== undefined && { language }),
    });
    if (put === 'done') return success(undefined);
  }
  return failure(refusal('TRY_AGAIN'));
}
