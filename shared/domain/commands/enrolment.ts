import * as z from 'zod/mini';
import { type Decision, emptyDecision, type RecordWrite } from '../member/decision.ts';
import { type Profile, profileOf, profileWrite } from '../member/profile.ts';
import { emptySnapshot } from '../member/snapshot.ts';
import { text } from '../program/schema/shapes.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, invariant, type Result, success } from '../result.ts';
import { perksAtEnrolment } from '../ways/perks.ts';
import { type CommandInput, commandHandler } from './command.ts';
import { factShapes, keptFacts, refuseFacts } from './facts.ts';
import { joinCompany } from './participants.ts';

const enrolment = z.strictObject({
  kind: z.enum(['person', 'company']),
  ...factShapes,
  /** Where this person acts for it: the first one as its admin, others as viewers. */
  company: z.optional(text),
});
type Enrolment = z.output<typeof enrolment>;

const change = z.strictObject(factShapes);

/** A second enrolment that says the same changes nothing; one that does not is refused. */
const enrolled = commandHandler({
  data: enrolment,
  profile: 'created',
  others: ({ company }: Enrolment) => (company === undefined ? [] : [company]),
  decide: (input: CommandInput<Enrolment>) => {
    const { data, member } = input;
    const refused = refuseEnrolment(input);
    if (refused !== undefined) return failure(refused);
    const standing = profileOf(member);
    if (standing === undefined) return enrol(input);
    const isSame = isSaidAlready(standing, data);
    return isSame ? success(nothingChanged()) : failure(refusal('ALREADY_ENROLLED'));
  },
});

const changed = commandHandler({
  data: change,
  profile: 'required',
  decide: ({ compiled, command, data, member, now }) => {
    const refused = refuseFacts(compiled.program, data, now);
    if (refused !== undefined) return failure(refused);
    const profile = profileOf(member);
    invariant(profile !== undefined, 'A change needs a profile.');
    if (isSaidAlready(profile, data)) return success(nothingChanged());
    const next = { ...profile, ...keptFacts(data) };
    const birthdaySetAt =
      next.birthday === profile.birthday ? profile.birthdaySetAt : command.occurredAt;
    const records = [profileWrite(member, { ...next, birthdaySetAt })];
    return success({ ...emptyDecision('change', { reason: 'MEMBER_CHANGED' }), records });
  },
});

export const enrolmentCommands = { 'member.enrolled': enrolled, 'member.changed': changed };

function refuseEnrolment({ compiled, data, now }: CommandInput<Enrolment>): Refusal | undefined {
  const { program } = compiled;
  if (!program.members.kinds.includes(data.kind)) {
    return refusal('KIND_NOT_IN_PROGRAM', 'data.kind');
  }
  if (data.kind === 'company' && data.company !== undefined) {
    return refusal('FIELD_INVALID', 'data.company');
  }
  return refuseFacts(program, data, now);
}

function enrol({
  compiled,
  command,
  data,
  member,
  others,
}: CommandInput<Enrolment>): Result<Decision, Refusal> {
  const { kind, company } = data;
  const at = command.occurredAt;
  const profile: Profile = {
    ...{ kind, enrolledAt: at, segments: [], participants: {} },
    ...keptFacts(data),
    ...(company !== undefined && { company }),
  };
  const joining = company === undefined ? success([]) : joinAt(company);
  if (!joining.ok) return joining;
  const perks = perksAtEnrolment({ compiled, snapshot: member, at });
  const records = [profileWrite(member, profile), ...joining.value, ...perks];
  return success({ ...emptyDecision('change', { reason: 'ENROLLED', inputs: { kind } }), records });

  function joinAt(reference: string): Result<RecordWrite[], Refusal> {
    const snapshot = others.get(reference) ?? emptySnapshot(reference);
    const joined = joinCompany(snapshot, member.member);
    return joined.ok ? success([joined.value]) : joined;
  }
}

function isSaidAlready(profile: Profile, said: Partial<Enrolment>): boolean {
  const { kind = profile.kind, company = profile.company } = said;
  const next = { ...profile, ...keptFacts(said) };
  return (
    kind === profile.kind &&
    company === profile.company &&
    next.country === profile.country &&
    next.currency === profile.currency &&
    next.donation?.charity === profile.donation?.charity &&
    next.donation?.percent === profile.donation?.percent &&
    next.birthday === profile.birthday &&
    next.segments.join() === profile.segments.join()
  );
}

function nothingChanged(): Decision {
  return emptyDecision('change', { reason: 'NOTHING_CHANGED' });
}
