import * as z from 'zod/mini';
import { authorise } from '../shared/app/authorise.ts';
import { viewHistory } from '../shared/app/history-view.ts';
import { redemptionView, viewBalance, viewRedemption } from '../shared/app/member-views.ts';
import { redeem } from '../shared/app/redeem.ts';
import { viewStatement } from '../shared/app/statement.ts';
import { callerClaimsSchema } from '../shared/contracts/claims.ts';
import { readRedemption } from '../shared/contracts/redemptions.ts';
import { type Refusal, refusal } from '../shared/domain/refusal.ts';
import { failure, type Result, success } from '../shared/domain/result.ts';
import { type HttpRequest, httpHandler, readJsonBody } from './_runtime/middleware/http.ts';
import { type HttpReply, jsonReply } from './_runtime/middleware/reply.ts';
import { composeCheckQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeLedger, composeProjections } from './_runtime/stores.ts';

const runtime = composeRuntime('member-api');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  sealer: composeSealer(runtime),
  checkQueue: composeCheckQueue(),
};
const projections = composeProjections(runtime);

type Answer = Promise<Result<HttpReply, Refusal>>;

interface Target {
  readonly program: string;
  readonly member: string;
  /** Whose idempotency keys a redemption is asked under. */
  readonly caller: string;
}

/** As long as the contracts let a member's name be. */
const maximumNameLength = 128;
const maximumCursorLength = 300;

const members = '/v1/programs/{program}/members/{member}';

const routes: Readonly<Record<string, (request: HttpRequest, target: Target) => Answer>> = {
  [`GET ${members}/balance`]: async (_, target) => {
    const balance = await viewBalance(dependencies, target);
    if (!balance.ok) return balance;
    return success(jsonReply(200, { available: Object.fromEntries(balance.value) }));
  },
  [`GET ${members}/statement`]: async ({ query: { language } }, target) => {
    const view = await viewStatement(dependencies, { ...target, ...(language && { language }) });
    return view.ok ? success(jsonReply(200, view.value)) : view;
  },
  [`GET ${members}/history`]: async ({ query }, target) => {
    const before = query.before;
    if ((before?.length ?? 0) > maximumCursorLength) {
      return failure(refusal('FIELD_INVALID', 'before'));
    }
    const page = await viewHistory(projections, { ...target, ...(before && { before }) });
    return success(jsonReply(200, page));
  },
  [`GET ${members}/redemptions/{redemption}`]: async ({ pathParameters }, target) => {
    const redemption = pathParameters.redemption ?? '';
    const view = await viewRedemption(dependencies, { ...target, redemption });
    return view.ok ? success(jsonReply(200, view.value)) : view;
  },
  [`POST ${members}/redemptions`]: redeemFor,
};

/** 202 for a new redemption, 200 where the same request had been accepted before. */
async function redeemFor(request: HttpRequest, { program, member, caller }: Target): Answer {
  const idempotencyKey = request.headers['idempotency-key'] ?? '';
  if (idempotencyKey.length < 1 || idempotencyKey.length > 128) {
    return failure(refusal('IDEMPOTENCY_KEY_MISSING'));
  }
  const body = readJsonBody(request);
  if (!body.ok) return body;
  const reading = readRedemption(member, body.value);
  if (!reading.ok) return reading;
  const command = { program, caller, idempotencyKey, ...reading.value };
  const redeemed = await redeem(dependencies, command);
  if (!redeemed.ok) return redeemed;
  const { hold, repeated } = redeemed.value;
  const view = redemptionView({ hold, settlements: [] });
  return success(jsonReply(repeated ? 200 : 202, view));
}

/** The member API: every route names a program and a member, and the token must allow both. */
export const handler = httpHandler({
  logger: runtime.logger,
  run: async (request) => {
    const claims = z.safeParse(callerClaimsSchema, request.claims);
    const route = routes[request.route];
    if (!claims.success || route === undefined) return failure(refusal('FORBIDDEN'));
    const { program = '', member = '' } = request.pathParameters;
    if (member.length > maximumNameLength) return failure(refusal('FIELD_INVALID', 'member'));
    const caller = authorise({ ...claims.data, subject: claims.data.sub }, { program, member });
    if (!caller.ok) return caller;
    const { scope, subject } = caller.value;
    return route(request, { program, member, caller: `${scope}:${subject}` });
  },
});
