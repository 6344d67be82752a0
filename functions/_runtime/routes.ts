import * as z from 'zod/mini';
import type { Caller, Permit } from '../../shared/app/members/authorise.ts';
import { memberReference } from '../../shared/contracts/body.ts';
import { readObject } from '../../shared/contracts/object.ts';
import { type ApiRoute, apiRoutes, type RouteFunction } from '../../shared/contracts/routes.ts';
import { isRedemptionId } from '../../shared/domain/redemption/reference.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { failure, invariant, type Result, success } from '../../shared/domain/result.ts';
import type { LedgerStore } from '../../shared/ports/ledger.ts';
import type { Logger } from '../../shared/ports/runtime.ts';
import { permitted } from './authorisation.ts';
import { type HttpRequest, httpHandler, readJsonBody } from './middleware/http.ts';
import { type HttpReply, jsonReply } from './middleware/reply.ts';

/** A request that may be answered: whoever asks may ask it. */
export interface ApiCall extends Permit {
  readonly request: HttpRequest;
  readonly program: string;
  /** Empty where the route names none. */
  readonly member: string;
  readonly caller: Caller;
  /** Whose idempotency keys a request is sent under. */
  readonly keyOwner: string;
}

export type ApiAnswer = (call: ApiCall) => Promise<Result<HttpReply, Refusal>>;
/** By method and path, as in `apiRoutes`. */
export type ApiAnswers = Readonly<Record<string, ApiAnswer>>;

interface ApiHandlerSettings {
  readonly logger: Logger;
  readonly ledger: Pick<LedgerStore, 'readMember'>;
  readonly name: RouteFunction;
  readonly answers: ApiAnswers;
}

/** Answers every route of one function. Throws at its start where the table knows other routes. */
export function apiHandler({ logger, ledger, name, answers }: ApiHandlerSettings) {
  const own = apiRoutes.filter((route) => route.function === name);
  const routes = new Map<string, ApiRoute>(own.map((route) => [keyOf(route), route]));
  const isWhole =
    Object.keys(answers).length === routes.size && own.every((route) => keyOf(route) in answers);
  invariant(isWhole, `${name} answers other routes than the table has for it.`);
  return httpHandler({
    logger,
    run: async (request) => {
      const route = routes.get(request.route);
      const answer = answers[request.route];
      if (route === undefined || answer === undefined) return failure(refusal('FORBIDDEN'));
      const { program = '', member = '' } = request.pathParameters;
      if ('member' in request.pathParameters && !isMember(member)) {
        return failure(refusal('FIELD_INVALID', 'member'));
      }
      const asked = await permitted(ledger, request, route);
      if (!asked.ok) return asked;
      const { caller, ...permit } = asked.value;
      const keyOwner = `${caller.scope}:${caller.subject}`;
      return answer({ request, program, member, caller, keyOwner, ...permit });
    },
  });
}

function keyOf({ method, path }: ApiRoute): string {
  return `${method} ${path}`;
}

function isMember(text: string): boolean {
  return z.safeParse(memberReference, text).success;
}

const jsonType = /^application\/json *(; *charset="?utf-8"? *)?$/i;

/** The body, which must say that it is JSON. */
export function readBody(request: HttpRequest): Result<unknown, Refusal> {
  const type = request.headers['content-type'] ?? '';
  if (!jsonType.test(type)) return failure(refusal('UNSUPPORTED_MEDIA_TYPE'));
  return readJsonBody(request);
}

/** The body by a schema of one object; without a body, an empty one where that is enough. */
export function bodyOf<Schema extends z.ZodMiniType>(
  { request }: ApiCall,
  schema: Schema,
  codes: Parameters<typeof readObject>[2] = {},
): Result<z.output<Schema>, Refusal> {
  const body = request.rawBody.byteLength === 0 ? success({}) : readBody(request);
  return body.ok ? readObject(schema, body.value, codes) : body;
}

/** The query by a schema of one object. */
export function queryOf<Schema extends z.ZodMiniType>(
  { request }: ApiCall,
  schema: Schema,
  codes: Parameters<typeof readObject>[2] = {},
): Result<z.output<Schema>, Refusal> {
  return readObject(schema, request.query, codes);
}

const maximumKeyLength = 128;

/** What makes a repeated request the same one. */
export function idempotencyKeyOf({ request }: ApiCall): Result<string, Refusal> {
  const key = request.headers['idempotency-key'] ?? '';
  const isKey = key.length > 0 && key.length <= maximumKeyLength;
  return isKey ? success(key) : failure(refusal('IDEMPOTENCY_KEY_MISSING'));
}

export interface OwnRedemption {
  readonly program: string;
  readonly member: string;
  readonly redemption: string;
}

/** A path that names no redemption, whoever's, names one that nobody knows. */
export function ownRedemption(call: ApiCall): Result<OwnRedemption, Refusal> {
  const { program, member, request } = call;
  const { redemption = '' } = request.pathParameters;
  if (!isRedemptionId(redemption)) return failure(refusal('UNKNOWN_REDEMPTION'));
  return success({ program, member, redemption });
}

/** A view as JSON, or the refusal that stands for it. */
export function answerWith(
  status: number,
  view: Result<unknown, Refusal>,
): Result<HttpReply, Refusal> {
  return view.ok ? success(jsonReply(status, view.value)) : view;
}
