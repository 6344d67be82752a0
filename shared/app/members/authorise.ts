import type { Scope } from '../../contracts/routes.ts';
import { profileOf } from '../../domain/member/profile.ts';
import { type RoleAction, refuseRole, roleOf } from '../../domain/member/role.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { LedgerStore } from '../../ports/ledger.ts';

/** Who a token speaks for: a member for itself, an integrator or staff for its whole program. */
export interface Caller {
  readonly subject: string;
  readonly scope: Scope;
  readonly program: string;
  /** The person who speaks for the company that `subject` names. */
  readonly participant?: string;
}

/** What is asked: on whom, and what somebody who acts for a company needs a role for. */
export interface Target {
  readonly program: string;
  /** Absent where the program itself is meant. */
  readonly member?: string;
  readonly scopes: readonly Scope[];
  readonly action: RoleAction;
}

/** Whose participant acts, where somebody acts for a company. */
export interface Permit {
  readonly participant?: string;
}

/**
 * Whether the caller may do this. A member acts for themselves; a person also for the company that
 * knows them as a participant, as far as their role goes. Refusals: `FORBIDDEN`, which tells
 * nothing of whether the member exists, and `ROLE_NOT_ENOUGH`.
 */
export async function authorise(
  ledger: Pick<LedgerStore, 'readMember'>,
  caller: Caller,
  { program, member, scopes, action }: Target,
): Promise<Result<Permit, Refusal>> {
  const forbidden = failure(refusal('FORBIDDEN'));
  if (caller.program !== program || !scopes.includes(caller.scope)) return forbidden;
  if (caller.scope !== 'member') return success({});
  if (member === undefined) return forbidden;
  const isSelf = caller.subject === member;
  if (isSelf && caller.participant === undefined) return success({});
  if (!isSelf && caller.participant !== undefined) return forbidden;
  const participant = caller.participant ?? caller.subject;
  const profile = profileOf(await ledger.readMember({ program, member }));
  const role = profile?.kind === 'company' ? roleOf(profile, participant) : undefined;
  if (role === undefined) return forbidden;
  const refused = refuseRole(role, action);
  return refused === undefined ? success({ participant }) : failure(refused);
}
