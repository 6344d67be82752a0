import { createHash } from 'node:crypto';
import type { Answer } from '../common/answer.ts';

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const envelope = (status: number) => ({
  timestamp: '2026-01-01T00:00:00.000Z',
  requestId: createHash('sha256').update(`${status}`).digest('hex').slice(0, 32),
  path: '/raas/v2/orders',
  httpCode: status,
  httpPhrase: phrases[status] ?? 'Error',
});

/** The status stands in the key: `402.001` is a 402. */
export function refused(i18nKey: string): Answer {
  const status = Number(i18nKey.slice(0, 3));
  const body = { ...envelope(status), i18nKey, message: 'This cannot be done.', errors: [] };
  return { status, body };
}

/** What is wrong with a field stands in a list of its own. */
export function refusedField(path: string, i18nKey: string): Answer {
  const status = Number(i18nKey.slice(0, 3));
  const error = { path, i18nKey, message: 'This is not valid.', invalidValue: '', constraint: '' };
  return { status, body: { ...envelope(status), errors: [error] } };
}

/** A thing that is not there may be said in the short form. */
export function notThere(i18nKey: string): Answer {
  return { status: 404, body: { i18nKey, i18nTokenReplacements: [], message: 'Not found.' } };
}
