import { viewRedemption } from '../../shared/app/members/member-views.ts';
import { cancel } from '../../shared/app/redemption/cancel.ts';
import { redemptionViewWithPayout } from '../../shared/app/redemption/payout-view.ts';
import {
  type PaymentDependencies,
  recordPayment,
} from '../../shared/app/redemption/record-payment.ts';
import { decideReview, type ReviewDependencies } from '../../shared/app/redemption/review.ts';
import { noQuerySchema } from '../../shared/contracts/members.ts';
import {
  actFieldCodes,
  emptyBodySchema,
  paymentBodySchema,
  reviewBodySchema,
} from '../../shared/contracts/redemption-acts.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import { type Result, success } from '../../shared/domain/result.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';
import {
  type ApiAnswers,
  type ApiCall,
  answerWith,
  bodyOf,
  ownRedemption,
  queryOf,
} from './routes.ts';
import { type DeliveryRouteDependencies, deliveryAnswers } from './routes-delivery.ts';
import { type PayoutRouteDependencies, payoutAnswers } from './routes-payout.ts';

export type RedemptionRouteDependencies = DeliveryRouteDependencies &
  PaymentDependencies &
  PayoutRouteDependencies &
  ReviewDependencies;

type Answered = Promise<Result<HttpReply, Refusal>>;

const redemption = '/v1/programs/{program}/members/{member}/redemptions/{redemption}';

/** What becomes of redemptions: called off, paid, reviewed, mailed; also links, and payouts. */
export function redemptionAnswers(dependencies: RedemptionRouteDependencies): ApiAnswers {
  return {
    [`GET ${redemption}`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      if (!query.ok) return query;
      const own = ownRedemption(call);
      return own.ok ? answerWith(200, await viewRedemption(dependencies, own.value)) : own;
    },
    [`POST ${redemption}/cancel`]: async (call) => {
      const own = ownRedemption(call);
      if (!own.ok) return own;
      const body = bodyOf(call, emptyBodySchema);
      if (!body.ok) return body;
      const cancelled = await cancel(dependencies, own.value);
      return cancelled.ok
        ? success(jsonReply(200, redemptionViewWithPayout(cancelled.value)))
        : cancelled;
    },
    [`POST ${redemption}/payment`]: async (call) => {
      const own = ownRedemption(call);
      if (!own.ok) return own;
      const body = bodyOf(call, paymentBodySchema, actFieldCodes);
      if (!body.ok) return body;
      const { paymentId, ...paid } = body.value;
      const recorded = await recordPayment(dependencies, { ...own.value, paymentId, paid });
      return recorded.ok
        ? success(jsonReply(200, redemptionViewWithPayout(recorded.value)))
        : recorded;
    },
    [`POST ${redemption}/review`]: (call) => review(dependencies, call),
    ...deliveryAnswers(dependencies),
    ...payoutAnswers(dependencies),
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
  return success(jsonReply(200, { ...redemptionViewWithPayout(record), needsSecondPerson }));
}
