import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { WireRequest, WireResponse } from '../stand-ins/wire.ts';
import type { Authorized } from './authorizer.ts';
import type { MatchedRoute } from './routes.ts';

export interface ReceivedRequest {
  readonly request: WireRequest;
  readonly matched: MatchedRoute;
  readonly authorized: Authorized | undefined;
  readonly apiId: string;
  readonly stageName: string;
}

/** Content that reaches functions as text; everything else as base64. */
const textual = /^(text\/|application\/(json|.*\+json|xml|javascript|x-www-form-urlencoded))/;

/**
 * An event in payload format 2.0:
 * API Gateway developer guide, page http-api-develop-integrations-lambda.
 */
export function eventOf(received: ReceivedRequest): APIGatewayProxyEventV2 {
  const { request, matched } = received;
  const [rawPath = '/', rawQueryString = ''] = split(request.path, '?');
  const headers = headersOf(request);
  const { cookie, ...others } = headers;
  const parameters = matched.pathParameters;
  const query = queryOf(rawQueryString);
  const isText = textual.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey: matched.route.routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: others,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    requestContext: contextOf(received, rawPath, headers),
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

function contextOf(
  { request, matched, authorized, apiId, stageName }: ReceivedRequest,
  path: string,
  headers: Readonly<Record<string, string>>,
) {
  const now = new Date();
  return {
    accountId: 'anonymous',
    apiId,
    ...(authorized && {
      authorizer: { jwt: { claims: { ...authorized.claims }, scopes: authorized.scopes } },
    }),
    domainName: headers.host ?? '',
    domainPrefix: apiId,
    http: {
      method: request.method,
      path,
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: matched.route.routeKey,
    stage: stageName,
    time: now.toUTCString(),
    timeEpoch: now.getTime(),
  } as APIGatewayProxyEventV2['requestContext'];
}

function headersOf({ headers }: WireRequest): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')]);
  return Object.fromEntries(entries);
}

function queryOf(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  return query;
}

const structured = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

const failed: WireResponse = messageResponse(500, 'Internal Server Error');

/** What API Gateway makes of a function's result; one without a status is a body of its own. */
export function responseOf(result: string | undefined): WireResponse {
  const value: unknown = result === undefined ? null : JSON.parse(result);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    return { status: 200, headers: jsonContent, body: result ?? 'null' };
  }
  const { success, data } = structured.safeParse(value);
  if (!success) return failed;
  const headers = Object.entries(data.headers).map(([name, text]) => {
    return [name.toLowerCase(), String(text)] as const;
  });
  return {
    status: data.statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(headers),
      ...(data.cookies.length > 0 && { 'set-cookie': data.cookies }),
    },
    body: data.isBase64Encoded ? Buffer.from(data.body, 'base64') : data.body,
  };
}

const jsonContent = { 'content-type': 'application/json' };

/** API Gateway's own answers. */
export function messageResponse(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  const body = JSON.stringify({ message });
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
