import type { Answer } from '../common/answer.ts';
import { refused } from './answer.ts';

/** What PayPal's sandbox answers to a new batch whose first note says so. */
const byNote: ReadonlyMap<string, readonly [status: number, name: string]> = new Map([
  ['ERRPYO001', [403, 'SENDER_RESTRICTED']],
  ['ERRPYO002', [403, 'SENDER_EMAIL_UNCONFIRMED']],
  ['ERRPYO003', [403, 'AUTHORIZATION_ERROR']],
  ['ERRPYO005', [422, 'INSUFFICIENT_FUNDS']],
  ['ERRPYO006', [500, 'INTERNAL_ERROR']],
  ['ERRPYO010', [400, 'VALIDATION_ERROR']],
  ['ERRPYO011', [403, 'REQUIRED_SCOPE_MISSING']],
  ['ERRPYO012', [403, 'SENDER_LOCKED']],
  ['ERRPYO014', [400, 'USER_BUSINESS_ERROR']],
]);

/** `undefined` for any other note, POSPYO001 among them: the batch is taken. */
export function answerToNote(note: string): Answer | undefined {
  const answer = byNote.get(note);
  return answer && refused(...answer, [{ field: 'items[0].note', issue: 'A test value.' }]);
}

/** In the place of a batch's id. */
export function answerToId(id: string): Answer | undefined {
  return id === 'ERRPYO015' ? refused(422, 'CLOSED_MARKET') : undefined;
}
