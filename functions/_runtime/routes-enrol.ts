import { type EnrolDependencies, enrolMember } from '../../shared/app/members/enrol-member.ts';
import {
  changePreferences,
  type PreferencesDependencies,
} from '../../shared/app/messages/preferences.ts';
import {
  enrolmentBodySchema,
  memberFieldCodes,
  preferencesBodySchema,
} from '../../shared/contracts/members.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import { type Result, success } from '../../shared/domain/result.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';
import { type ApiAnswers, type ApiCall, answerWith, bodyOf, idempotencyKeyOf } from './routes.ts';

export type EnrolRouteDependencies = EnrolDependencies & PreferencesDependencies;

const members = '/v1/programs/{program}/members';

/** Who members are, and how they are written to. */
export function enrolAnswers(dependencies: EnrolRouteDependencies): ApiAnswers {
  return {
    [`POST ${members}`]: (call) => enrol(dependencies, call),
    [`PUT ${members}/{member}/preferences`]: async (call) => {
      const body = bodyOf(call, preferencesBodySchema, memberFieldCodes);
      if (!body.ok) return body;
      return answerWith(200, await changePreferences(dependencies, call, body.value));
    },
  };
}

/** 201 for a new member, 200 for one who was enrolled before. */
async function enrol(
  dependencies: EnrolDependencies,
  call: ApiCall,
): Promise<Result<HttpReply, Refusal>> {
  const key = idempotencyKeyOf(call);
  if (!key.ok) return key;
  const body = bodyOf(call, enrolmentBodySchema, memberFieldCodes);
  if (!body.ok) return body;
  const enrolled = await enrolMember(dependencies, {
    ...{ program: call.program, caller: call.keyOwner, idempotencyKey: key.value },
    ...{ actor: call.caller.subject, body: body.value, delivery: call.request.requestId },
  });
  if (!enrolled.ok) return enrolled;
  const { isNew, profile } = enrolled.value;
  return success(jsonReply(isNew ? 201 : 200, profile));
}
