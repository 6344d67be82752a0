import type { Answer } from '../common/answer.ts';

/** The form of what is wrong with a request. */
export function refused(status: number, code: string, path = ''): Answer {
  const errors = [{ code, message: `Refused: ${code}.`, path, arguments: [] }];
  return { status, body: { timestamp: '2026-01-01T00:00:00Z', errors } };
}

/** The form of what is wrong with a token. */
export function refusedToken(): Answer {
  return { status: 401, body: { error: 'invalid_token', error_description: 'Invalid token' } };
}

export const notFound = refused(404, 'not.found');

/** The vendor's words are `X-Rate-Limited-By` and `retry-after`; the body is not documented. */
export const tooMany = refused(429, 'too.many.requests');
