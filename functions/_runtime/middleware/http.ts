import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { errorFields } from '../../../shared/app/logging/error-fields.ts';
import { problemOf, unexpectedProblem } from '../../../shared/contracts/problem.ts';
import { type Refusal, refusal } from '../../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../../shared/domain/result.ts';
import type { Logger } from '../../../shared/ports/runtime.ts';
import { type HttpReply, problemReply, toApiGateway } from './reply.ts';
import { stack } from './stack.ts';

/** Larger bodies are refused before anything reads them; API Gateway itself takes 10 MB. */
export const maximumRequestBytes = 256 * 1024;

const texts = z.record(z.string(), z.optional(z.string()));

const eventSchema = z.object({
  routeKey: z.string(),
  headers: z._default(texts, {}),
  pathParameters: z._default(texts, {}),
  queryStringParameters: z._default(texts, {}),
  body: z.optional(z.string()),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.object({
    requestId: z.string(),
    http: z.object({ method: z.string(), sourceIp: z._default(z.string(), '') }),
    authorizer: z.optional(
      z.object({ jwt: z.optional(z.object({ claims: z.record(z.string(), z.unknown()) })) }),
    ),
  }),
});

export interface HttpRequest {
  readonly method: string;
  /** Such as `GET /claim/{token}`. The path itself is left out: it can hold a token. */
  readonly route: string;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
  /** Of the JWT that API Gateway has checked; empty on routes without one. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  /** To count attempts by, never to be kept or logged. */
  readonly sourceIp: string;
}

export interface HttpHandlerSettings {
  readonly logger: Logger;
  readonly run: (request: HttpRequest) => Promise<Result<HttpReply, Refusal>>;
  /** Answers instead of the problem document of status 500, for pages that people look at. */
  readonly trouble?: () => HttpReply;
}

/**
 * A handler for HTTP API routes (payload 2.0). Refusals and unexpected errors become problem
 * documents (RFC 9457); an unexpected error is told by its request id only.
 */
export function httpHandler({ logger, run, trouble }: HttpHandlerSettings) {
  return stack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .onError((request) => {
      const { requestId } = request.event.requestContext;
      const route = request.event.routeKey;
      logger.error('UNEXPECTED_ERROR', { requestId, route, ...errorFields(request.error) });
      const reply = trouble?.() ?? problemReply(unexpectedProblem(requestId));
      request.response = toApiGateway(reply);
    })
    .handler(async (event: APIGatewayProxyEventV2) => {
      const request = readRequest(event);
      const answer = request.ok ? await run(request.value) : request;
      return toApiGateway(answer.ok ? answer.value : problemReply(problemOf(answer.failure)));
    });
}

function readRequest(raw: unknown): Result<HttpRequest, Refusal> {
  const event = z.parse(eventSchema, raw);
  const { requestContext, body = '' } = event;
  const rawBody = Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (rawBody.byteLength > maximumRequestBytes) return failure(refusal('BODY_TOO_LARGE'));
  return success({
    method: requestContext.http.method,
    route: event.routeKey,
    pathParameters: event.pathParameters,
    query: event.queryStringParameters,
    headers: Object.fromEntries(
      Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    rawBody,
    claims: requestContext.authorizer?.jwt?.claims ?? {},
    requestId: requestContext.requestId,
    sourceIp: requestContext.http.sourceIp,
  });
}

/** The body as JSON in UTF-8; refuses anything else as MALFORMED_JSON. */
export function readJsonBody(request: HttpRequest): Result<unknown, Refusal> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(request.rawBody);
    return success(JSON.parse(text));
  } catch {
    return failure(refusal('MALFORMED_JSON'));
  }
}
