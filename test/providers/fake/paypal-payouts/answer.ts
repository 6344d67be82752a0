import type { Answer } from '../common/answer.ts';

/** As PayPal writes an error. */
export function refused(status: number, name: string, details: readonly object[] = []): Answer {
  const words = { message: `About ${name}.`, debug_id: 'd2f960dd11018', information_link: '/' };
  return { status, body: { name, ...words, details, links: [] } };
}

/** As the token service does, and the gate of the API for a token that is not good. */
export function tokenRefused(status: number, error: string): Answer {
  return { status, body: { error, error_description: 'It is not good here.' } };
}
