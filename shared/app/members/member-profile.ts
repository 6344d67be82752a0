import { profileOf } from '../../domain/member/profile.ts';
import type { MemberSnapshot } from '../../domain/member/snapshot.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, invariant, type Result, success } from '../../domain/result.ts';
import { formatInstant, type Instant, instantOf } from '../../domain/time.ts';
import type { Contact, ContactStore } from '../../ports/contacts.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';

export interface MemberOf {
  readonly program: string;
  readonly member: string;
}

export interface ProfileDependencies {
  readonly clock: Clock;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly programs: Pick<ProgramStore, 'load'>;
  readonly contacts: Pick<ContactStore, 'read'>;
}

export interface PreferencesView {
  readonly language?: string;
  readonly off: readonly string[];
  readonly quietHours?: { readonly from: string; readonly to: string };
  readonly saved: readonly string[];
  /** By name, when each was agreed to. */
  readonly consents: Readonly<Record<string, string>>;
  /** The address itself is sealed. */
  readonly email: 'kept' | 'bounced' | 'none';
}

export interface ProfileView {
  readonly member: string;
  readonly enrolled: true;
  readonly kind: 'person' | 'company';
  readonly enrolledAt: string;
  readonly country?: string;
  readonly currency?: string;
  readonly birthday?: string;
  readonly segments: readonly string[];
  readonly donation?: { readonly charity: string; readonly percent: number };
  readonly company?: string;
  readonly participants?: Readonly<Record<string, string>>;
  readonly mergedInto?: string;
  readonly preferences: PreferencesView;
}

/** Somebody of whom something is kept, such as points, without an enrolment. */
export interface UnenrolledView {
  readonly member: string;
  readonly enrolled: false;
}

/** Refusals: `UNKNOWN_PROGRAM`, and `UNKNOWN_MEMBER` of somebody of whom nothing is kept. */
export async function viewProfile(
  { clock, contacts, ledger, programs }: ProfileDependencies,
  owner: MemberOf,
): Promise<Result<ProfileView | UnenrolledView, Refusal>> {
  const program = programAt(await programs.load(owner.program), clock.now());
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM'));
  const [snapshot, contact] = await Promise.all([ledger.readMember(owner), contacts.read(owner)]);
  if (profileOf(snapshot) !== undefined) return success(profileView(snapshot, contact));
  const { balances, records } = snapshot;
  const isKnown = balances.size + records.size > 0 || contact !== undefined;
  if (!isKnown) return failure(refusal('UNKNOWN_MEMBER'));
  return success({ member: owner.member, enrolled: false });
}

/** Throws for somebody who was never enrolled. */
export function profileView(snapshot: MemberSnapshot, contact: Contact | undefined): ProfileView {
  const profile = profileOf(snapshot);
  invariant(profile !== undefined, 'Only of a member who is enrolled there is a view.');
  const { kind, enrolledAt, segments, participants, ...others } = profile;
  const { country, currency, birthday, donation, company, mergedInto } = others;
  return {
    ...{ member: snapshot.member, enrolled: true, kind },
    enrolledAt: formatInstant(instantOf(enrolledAt)),
    ...(country !== undefined && { country }),
    ...(currency !== undefined && { currency }),
    ...(birthday !== undefined && { birthday }),
    segments,
    ...(donation !== undefined && { donation }),
    ...(company !== undefined && { company }),
    ...(kind === 'company' && { participants }),
    ...(mergedInto !== undefined && { mergedInto }),
    preferences: preferencesView(contact),
  };
}

/** Somebody of whom nothing is kept has the preferences of the program. */
export function preferencesView(contact: Contact | undefined): PreferencesView {
  const { language, off = [], quietHours, saved = [], consents = {}, sealed } = contact ?? {};
  const known = contact?.bouncedAt === undefined ? 'kept' : 'bounced';
  return {
    ...(language !== undefined && { language }),
    off,
    ...(quietHours !== undefined && { quietHours }),
    saved,
    consents: Object.fromEntries(Object.entries(consents).map(told)),
    email: sealed === undefined ? 'none' : known,
  };
}

function told([name, at]: readonly [string, Instant]): [string, string] {
  return [name, formatInstant(at)];
}

export async function viewPreferences(
  { contacts }: Pick<ProfileDependencies, 'contacts'>,
  owner: MemberOf,
): Promise<PreferencesView> {
  return preferencesView(await contacts.read(owner));
}
