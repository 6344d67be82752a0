import { type Refusal, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';

/** Who a token speaks for: a member for itself, an integrator for every member of its program. */
export interface Caller {
  readonly subject: string;
  readonly scope: 'member' | 'integrator';
  readonly program: string;
}

/** The caller, if it may act for this member in this program. */
export function authorise(
  caller: Caller,
  target: { readonly program: string; readonly member: string },
): Result<Caller, Refusal> {
  const isOwnProgram = caller.program === target.program;
  const isAllowed = caller.scope === 'integrator' || caller.subject === target.member;
  return isOwnProgram && isAllowed ? success(caller) : failure(refusal('FORBIDDEN'));
}
