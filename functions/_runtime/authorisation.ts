import * as z from 'zod/mini';
import { authorise, type Caller, type Permit } from '../../shared/app/members/authorise.ts';
import { callerClaimsSchema } from '../../shared/contracts/claims.ts';
import type { ApiRoute } from '../../shared/contracts/routes.ts';
import type { RoleAction } from '../../shared/domain/member/role.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../shared/domain/result.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import type { HttpRequest } from './middleware/http.ts';

/** What somebody who acts for a company needs a role for; without a row, by the method. */
const actions: Readonly<Record<string, RoleAction>> = {
  'PUT /v1/programs/{program}/members/{member}/payout-choice': 'administer',
  'DELETE /v1/programs/{program}/members/{member}/payout-choice': 'administer',
  'POST /v1/programs/{program}/members/{member}/statement-links': 'see',
  'PUT /v1/programs/{program}/members/{member}/preferences': 'administer',
};

/** Who asks, where their token allows this route for the program and member in its path. */
export async function permitted(
  ledger: Pick<LedgerStore, 'readMember'>,
  { claims, pathParameters, route: asked }: HttpRequest,
  { method, scopes = [] }: ApiRoute,
): Promise<Result<Permit & { readonly caller: Caller }, Refusal>> {
  const read = z.safeParse(callerClaimsSchema, claims);
  if (!read.success) return failure(refusal('FORBIDDEN'));
  const { sub: subject, participant, ...rest } = read.data;
  const caller: Caller = { ...rest, subject, ...(participant !== undefined && { participant }) };
  const { program = '', member } = pathParameters;
  const permit = await authorise(ledger, caller, {
    ...{ program, scopes, action: actions[asked] ?? (method === 'GET' ? 'see' : 'redeem') },
    ...(member !== undefined && { member }),
  });
  return permit.ok ? success({ ...permit.value, caller }) : permit;
}
