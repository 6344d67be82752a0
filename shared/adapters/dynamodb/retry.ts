import * as z from 'zod/mini';
import type { Randomness, Sleeper } from '../../ports/runtime.ts';

/** What a failed call may have done. */
export type FailureKind =
  /** Nothing: throttled, or met by another transaction. Send it again. */
  | 'notApplied'
  /** The answer is lost; the write may stand. Send it again if that is safe. */
  | 'unknown'
  /** Sending it again would not help. */
  | 'final';

const refusedForNow = new Set([
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionConflict',
]);

const answerLost = new Set([
  'TransactionInProgressException',
  'InternalServerError',
  'InternalFailure',
  'ServiceUnavailable',
  'TimeoutError',
  'RequestTimeout',
  'NetworkingError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
]);

const failureSchema = z.object({
  name: z.optional(z.string()),
  code: z.optional(z.string()),
  $metadata: z.optional(z.object({ httpStatusCode: z.optional(z.number()) })),
  CancellationReasons: z.optional(z.array(z.object({ Code: z.optional(z.string()) }))),
});

/** By name, not by class, so that it holds for any copy of the SDK. */
export function failureKind(error: unknown): FailureKind {
  const { success, data } = z.safeParse(failureSchema, error);
  if (!success) return 'final';
  const { name = '', code = '', $metadata, CancellationReasons } = data;
  if (name === 'TransactionCanceledException') {
    const reasons = (CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
    const failed = reasons.filter((reason) => reason !== 'None');
    return failed.length > 0 && failed.every((reason) => refusedForNow.has(reason))
      ? 'notApplied'
      : 'final';
  }
  if (refusedForNow.has(name)) return 'notApplied';
  if (answerLost.has(name) || answerLost.has(code)) return 'unknown';
  return ($metadata?.httpStatusCode ?? 0) >= 500 ? 'unknown' : 'final';
}

export interface Pacing {
  readonly randomness: Randomness;
  readonly sleeper: Sleeper;
}

/**
 * About 25 seconds of waiting in the mean; sixty-four writers of one item need a fifth of that in
 * the tests. Whoever called is redelivered after it.
 */
const maximumTries = 60;
const firstBackOffMs = 10;
const longestBackOffMs = 1_000;

/** Waits before try `tries + 1`: exponential, full jitter. */
export async function backOff({ randomness, sleeper }: Pacing, tries: number): Promise<void> {
  const ceilingMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (tries - 1));
  await sleeper.sleep(randomness.next() * ceilingMs);
}

/**
 * Repeats a call that was not applied or whose answer was lost; `onUnknown` hears of each lost
 * answer. The call itself must be safe to repeat. Throws the last failure, or one that is final.
 */
export async function retried<Output>(
  pacing: Pacing,
  call: () => Promise<Output>,
  onUnknown?: () => void,
): Promise<Output> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const kind = failureKind(error);
      if (kind === 'final' || tries === maximumTries) throw error;
      if (kind === 'unknown') onUnknown?.();
    }
    await backOff(pacing, tries);
  }
}

/** Repeats what the service leaves undone of a batch, until nothing is left. */
export async function drained<Batch>(
  pacing: Pacing,
  batch: Batch,
  call: (batch: Batch) => Promise<Batch | undefined>,
): Promise<void> {
  let left: Batch | undefined = batch;
  for (let tries = 1; left !== undefined; tries += 1) {
    const current: Batch = left;
    left = await retried(pacing, () => call(current));
    if (left === undefined) return;
    if (tries === maximumTries) throw new Error('A batch stayed unprocessed.');
    await backOff(pacing, tries);
  }
}
