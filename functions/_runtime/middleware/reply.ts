import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ProblemDocument, problemContentType } from '../../../shared/contracts/problem.ts';

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * For answers that no browser should show, keep or guess the type of; a reply's own headers win.
 */
const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

/** JSON, with every bigint as a string of digits. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  const body = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? member.toString() : member,
  );
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** `headers` are the page's own, with its content type and policy. */
export function htmlReply(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): HttpReply {
  return { status, headers, body };
}

export function emptyReply(status: number): HttpReply {
  return { status, headers: {}, body: '' };
}

export function problemReply(problem: ProblemDocument): HttpReply {
  return jsonReply(problem.status, problem, {
    'content-type': problemContentType,
    ...(problem.status === 503 && { 'retry-after': '1' }),
  });
}

export function toApiGateway(reply: HttpReply): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: reply.status,
    headers: { ...securityHeaders, ...reply.headers },
    body: reply.body,
    isBase64Encoded: false,
  };
}
