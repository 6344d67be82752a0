import {
  type CatalogueDependencies,
  viewCatalogue,
} from '../../shared/app/catalogue/catalogue-page.ts';
import { type QuoteDependencies, quote, viewQuote } from '../../shared/app/redemption/quote.ts';
import { type RedeemDependencies, redeem } from '../../shared/app/redemption/redeem.ts';
import { redemptionView } from '../../shared/app/redemption/redemption-view.ts';
import {
  catalogueFieldCodes,
  catalogueQuerySchema,
} from '../../shared/contracts/catalogue-query.ts';
import { noQuerySchema } from '../../shared/contracts/members.ts';
import { quoteView, readQuote } from '../../shared/contracts/quotes.ts';
import { readRedemption } from '../../shared/contracts/redemptions.ts';
import { isRedemptionId } from '../../shared/domain/redemption/reference.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../shared/domain/result.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';
import {
  type ApiAnswers,
  type ApiCall,
  answerWith,
  idempotencyKeyOf,
  queryOf,
  readBody,
} from './routes.ts';

export type RedeemRouteDependencies = CatalogueDependencies &
  QuoteDependencies &
  RedeemDependencies;

type Answered = Promise<Result<HttpReply, Refusal>>;

const member = '/v1/programs/{program}/members/{member}';

/** What points buy: catalogue, quotes and redemptions. */
export function redeemAnswers(dependencies: RedeemRouteDependencies): ApiAnswers {
  return {
    [`GET ${member}/catalogue`]: async (call) => {
      const query = queryOf(call, catalogueQuerySchema, catalogueFieldCodes);
      if (!query.ok) return query;
      const { program, member: of } = call;
      const page = await viewCatalogue(dependencies, { program, member: of, ...query.value });
      return answerWith(200, page);
    },
    [`POST ${member}/quotes`]: (call) => quoteFor(dependencies, call),
    [`GET ${member}/quotes/{quote}`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      if (!query.ok) return query;
      const { program, member: of, request } = call;
      const asked = request.pathParameters.quote ?? '';
      if (!isRedemptionId(asked)) return failure(refusal('UNKNOWN_QUOTE'));
      const found = await viewQuote(dependencies, { program, member: of, quote: asked });
      return found.ok ? success(jsonReply(200, quoteView(found.value))) : found;
    },
    [`POST ${member}/redemptions`]: (call) => redeemFor(dependencies, call),
  };
}

/** 201 for a new quote, 200 where the same request was answered before. */
async function quoteFor(dependencies: QuoteDependencies, call: ApiCall): Answered {
  const key = idempotencyKeyOf(call);
  if (!key.ok) return key;
  const body = readBody(call.request);
  if (!body.ok) return body;
  const reading = readQuote(call.member, body.value);
  if (!reading.ok) return reading;
  const { program, keyOwner: caller } = call;
  const command = { program, caller, idempotencyKey: key.value, request: reading.value };
  const quoted = await quote(dependencies, command);
  if (!quoted.ok) return quoted;
  return success(jsonReply(quoted.value.repeated ? 200 : 201, quoteView(quoted.value)));
}

/** 202 for a new redemption, 200 where the same request had been accepted before. */
async function redeemFor(dependencies: RedeemDependencies, call: ApiCall): Answered {
  const key = idempotencyKeyOf(call);
  if (!key.ok) return key;
  const body = readBody(call.request);
  if (!body.ok) return body;
  const reading = readRedemption(call.member, body.value);
  if (!reading.ok) return reading;
  const { program, keyOwner: caller, participant = reading.value.participant } = call;
  if (reading.value.participant !== undefined && reading.value.participant !== participant) {
    return failure(refusal('FORBIDDEN', 'participant'));
  }
  const redeemed = await redeem(dependencies, {
    ...{ program, caller, idempotencyKey: key.value, ...reading.value },
    ...(participant !== undefined && { participant }),
  });
  if (!redeemed.ok) return redeemed;
  const { record, repeated } = redeemed.value;
  return success(jsonReply(repeated ? 200 : 202, redemptionView(record)));
}
