import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Scope } from '../../shared/contracts/routes.ts';

export interface ApiRequest {
  /** Such as `GET /v1/programs/{program}/members/{member}`. */
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
  /** An object is sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly claims?: Readonly<Record<string, string>>;
}

/** A token's claims for the sample program. */
export function claimsOf(
  scope: Scope,
  subject = 'ann',
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { sub: subject, scope, program: 'online-retail', ...more };
}

let requests = 0;

/** Payload 2.0, as far as handlers read it. */
export function eventOf(request: ApiRequest): APIGatewayProxyEventV2 {
  requests += 1;
  const { route, path, query, body, key, claims = claimsOf('integrator', 'shop') } = request;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const event = {
    ...{ version: '2.0', routeKey: route, rawPath: '', rawQueryString: '' },
    headers: {
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...request.headers,
    },
    pathParameters: { program: 'online-retail', ...path },
    ...(query && { queryStringParameters: query }),
    ...(text !== undefined && { body: text }),
    isBase64Encoded: false,
    requestContext: {
      ...{ requestId: `request-${requests}`, http: { method: route.split(' ')[0] } },
      authorizer: { jwt: { claims, scopes: null } },
    },
  };
  return event as unknown as APIGatewayProxyEventV2;
}
