import { viewRedemption } from '../../shared/app/members/member-views.ts';
import { cancel } from '../../shared/app/redemption/cancel.ts';
import {
  type PaymentDependencies,
  recordPayment,
} from '../../shared/app/redemption/record-payment.ts';
import { redemptionView } from '../../shared/app/redemption/redemption-view.ts';
import { decideReview, type ReviewDependencies } from '../../shared/app/redemption/review.ts';
import {
  actFieldCodes,
  emptyBodySchema,
  paymentBodySchema,
  reviewBodySchema,
} from '../../shared/contracts/redemption-acts.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import { type Result, success } from '../../shared/domain/result.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';
import { type ApiAnswers, type ApiCall, bodyOf, ownRedemption } from './routes.ts';
import { type DeliveryRouteDependencies, deliveryAnswers } from './routes-delivery.ts';

export type RedemptionRouteDependencies = DeliveryRouteDependencies &
  PaymentDependencies &
  ReviewDependencies;

type Answered = Promise<Result<HttpReply, Refusal>>;

const redemption = '/v1/programs/{program}/members/{member}/redemptions/{redemption}';

/** What becomes of redemptions: called off, paid, reviewed, mailed once more; also links. */
export function redemptionAnswers(dependencies: RedemptionRouteDependencies): ApiAnswers {
  return {
    [`POST ${redemption}/cancel`]: async (call) => {
      const own = ownRedemption(call);
      if (!own.ok) return own;
      const body = bodyOf(call, emptyBodySchema);
      if (!body.ok) return body;
      const cancelled = await cancel(dependencies, own.value);
      return cancelled.ok ? success(jsonReply(200, redemptionView(cancelled.value))) : cancelled;
    },
    [`POST ${redemption}/payment`]: async (call) => {
      const own = ownRedemption(call);
      if (!own.ok) return own;
      const body = bodyOf(call, paymentBodySchema, actFieldCodes);
      if (!body.ok) return body;
      const { paymentId, ...paid } = body.value;
      const recorded = await recordPayment(dependencies, { ...own.value, paymentId, paid });
      return recorded.ok ? success(jsonReply(200, redemptionView(recorded.value))) : recorded;
    },
    [`POST ${redemption}/review`]: (call) => review(dependencies, call),
    ...deliveryAnswers(dependencies),
  };
}

async function review(dependencies: ReviewDependencies, call: ApiCall): Answered {
  const own = ownRedemption(call);
  if (!own.ok) return own;
  const body = bodyOf(call, reviewBodySchema);
  if (!body.ok) return body;
  const seen = await viewRedemption(dependencies, own.value);
  if (!seen.ok) return seen;
  const { program, caller, request } = call;
  const decided = await decideReview(dependencies, {
    ...{ program, redemption: request.pathParameters.redemption ?? '', ...body.value },
    actor: caller.subject,
  });
  if (!decided.ok) return decided;
  const { needsSecondPerson, record } = decided.value;
  return success(jsonReply(200, { ...redemptionView(record), needsSecondPerson }));
}
