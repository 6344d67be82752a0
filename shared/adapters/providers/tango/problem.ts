import type { ActOutcome, OrderOutcome, RejectionReason } from '../../../ports/provider.ts';
import type { HttpError, HttpFailure } from '../http.ts';
import { type Refusal, rejected, unknown } from '../order-outcome.ts';
import type { TangoProblem } from './reply.ts';

type Failure = HttpFailure<TangoProblem>;

type Meaning = readonly [reason: RejectionReason | 'unknown', detail: string];

/** Tango's own keys of what became of an order that was asked for. */
const keyMeanings: ReadonlyMap<string, Meaning> = new Map([
  ['402.001', ['waitForFunds', 'OUT_OF_FUNDS']],
  // Too many orders for their fraud checks: somebody has to talk to Tango before it goes on.
  ['403.016', ['waitForLimit', 'FRAUD_VELOCITY']],
  ['404.004', ['configuration', 'ACCOUNT_UNKNOWN']],
  ['409.002', ['unknown', 'IN_PROGRESS']],
  ['422.024', ['permanent', 'PRODUCT_UNKNOWN']],
  ['422.025', ['permanent', 'AMOUNT_OUT_OF_RANGE']],
  ['422.026', ['permanent', 'WHOLE_AMOUNTS_ONLY']],
  ['422.027', ['permanent', 'NOT_THE_FACE_VALUE']],
  ['422.028', ['permanent', 'RECIPIENT_INVALID']],
  ['422.029', ['permanent', 'RECIPIENT_INVALID']],
  ['422.030', ['permanent', 'PRODUCT_INACTIVE']],
  // Nothing was made, and nothing will be for some hours.
  ['503.002', ['waitForLimit', 'OUT_OF_STOCK']],
  ['503.035', ['unknown', 'SUPPLIER_ERROR']],
]);

const statusMeanings: ReadonlyMap<number, Meaning> = new Map([
  [400, ['permanent', 'BAD_REQUEST']],
  [402, ['waitForFunds', 'OUT_OF_FUNDS']],
  [404, ['configuration', 'NAMES_UNKNOWN_THING']],
  [409, ['unknown', 'REFERENCE_CONFLICT']],
  [422, ['permanent', 'INVALID_ORDER']],
]);

/** Whoever says so: neither frees anybody's points, and no order has come of the call. */
export const anybodysRefusals: ReadonlyMap<number, Refusal> = new Map([
  [401, ['configuration', 'KEY_REFUSED']],
  [403, ['configuration', 'NOT_PERMITTED']],
  [429, ['waitForLimit', 'RATE_LIMITED']],
]);

/** Whether it is Tango's own word: one of its forms of an error, about this very status. */
function isTangos({ status, problem }: HttpError<TangoProblem>): boolean {
  if (!problem) return false;
  const { requestId, httpCode, i18nKey } = problem;
  if (httpCode && requestId) return httpCode.text === `${status}`;
  return i18nKey?.startsWith(`${status}.`) === true;
}

function keysOf({ problem }: HttpError<TangoProblem>): readonly string[] {
  const keys = [problem?.i18nKey, ...(problem?.errors ?? []).map(({ i18nKey }) => i18nKey)];
  return keys.filter((key) => typeof key === 'string');
}

/** Whether Tango itself says this of the call. */
export function hasKey(failure: Failure, key: string): boolean {
  return failure.kind === 'error' && isTangos(failure) && keysOf(failure).includes(key);
}

function meaningOf(error: HttpError<TangoProblem>): Meaning | undefined {
  const { status } = error;
  if (!isTangos(error)) return anybodysRefusals.get(status);
  const key = keysOf(error).find((told) => told.startsWith(`${status}.`) && keyMeanings.has(told));
  const known = key === undefined ? undefined : keyMeanings.get(key);
  return known ?? statusMeanings.get(status) ?? anybodysRefusals.get(status);
}

/** What an error in answer to an order means: a no for good must be Tango's own word. */
export function errorMeaning(error: HttpError<TangoProblem>): OrderOutcome {
  const meaning = meaningOf(error);
  if (meaning === undefined) {
    return unknown(error.status >= 500 ? 'SERVER_ERROR' : 'UNEXPECTED_STATUS');
  }
  const [reason, detail] = meaning;
  return reason === 'unknown' ? unknown(detail) : rejected([reason, detail]);
}

/** Only Tango's own 404 counts: that of a proxy says nothing of the order. */
export function isAbsent(failure: Failure): boolean {
  return failure.kind === 'error' && failure.status === 404 && isTangos(failure);
}

const actRefusals: ReadonlyMap<string, string> = new Map([
  ['403.003', 'NOT_MAILED'],
  ['403.004', 'TOO_SOON'],
  ['403.005', 'TOO_SOON'],
  ['403.023', 'TOO_SOON'],
  ['403.010', 'NOT_CANCELLABLE'],
]);

/** What a failed resend or cancellation means. */
export function actFailure(failure: Failure): ActOutcome {
  if (failure.kind === 'notSent') return { kind: 'refused', detail: 'NOT_REACHED' };
  if (failure.kind !== 'error') return { kind: 'unknown', detail: failure.detail };
  if (isTangos(failure) && failure.status < 500) {
    const key = keysOf(failure).find((told) => actRefusals.has(told));
    const detail = key === undefined ? undefined : actRefusals.get(key);
    return { kind: 'refused', detail: detail ?? meaningOf(failure)?.[1] ?? 'NOT_PERMITTED' };
  }
  const known = anybodysRefusals.get(failure.status);
  if (known !== undefined) return { kind: 'refused', detail: known[1] };
  const detail = failure.status >= 500 ? 'SERVER_ERROR' : 'UNEXPECTED_STATUS';
  return { kind: 'unknown', detail };
}
