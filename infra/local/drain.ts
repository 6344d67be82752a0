import type { Activity } from './activity.ts';
import type { LocalQueue } from './queues/local-queue.ts';

export interface Drainable {
  readonly activity: Activity;
  /** Queues that somebody consumes; failures stand elsewhere and wait for a person. */
  readonly consumedQueues: readonly LocalQueue[];
  readonly streams: readonly { readonly emptyAt: number }[];
}

const lookEveryMs = 15;

/**
 * Queues whose delayed messages are appointments, not work: they are looked at when their time
 * comes, and nobody waits for that. The stack has one, which checks on redemptions after a quarter
 * of an hour; a queue is one by the word `check` in its logical id. What is visible or in flight
 * in it is waited for as in any other.
 */
function keepsAppointments({ logicalId }: { readonly logicalId: string }): boolean {
  return /check/i.test(logicalId);
}

/**
 * Resolves when nothing is going on: no invocation runs, no consumed queue has a message, and
 * every stream reader has asked for records after the last thing that happened and got none. All of
 * it is seen at one moment, and the count of `activity` tells that nothing came in between.
 */
export async function drain(stack: Drainable): Promise<void> {
  // Readers have to ask again, for what the caller has written just now.
  stack.activity.touch();
  while (!isQuiet(stack)) await stack.activity.changed(lookEveryMs);
}

/** Until the next delayed message that is work comes; `undefined` where none is. */
export function nextWorkDelayMs({ consumedQueues }: Drainable): number | undefined {
  return nextDelayMs(consumedQueues.filter((queue) => !keepsAppointments(queue)));
}

/** Until the next delayed message comes, in any of the queues. */
export function nextDelayMs(queues: readonly LocalQueue[]): number | undefined {
  const delays = queues.flatMap((queue) => queue.nextDelayMs() ?? []);
  return delays.length === 0 ? undefined : Math.min(...delays);
}

/** The same, but what is delayed, in whichever queue, is left for its time. */
export async function rest(stack: Drainable): Promise<void> {
  stack.activity.touch();
  while (!isQuiet(stack, () => true)) await stack.activity.changed(lookEveryMs);
}

function isQuiet(
  { activity, consumedQueues, streams }: Drainable,
  mayDelay: (queue: LocalQueue) => boolean = keepsAppointments,
): boolean {
  if (activity.running > 0) return false;
  const isEmpty = consumedQueues.every((queue) => {
    const { ready, inFlight, delayed } = queue.counts();
    return ready + inFlight === 0 && (delayed === 0 || mayDelay(queue));
  });
  return isEmpty && streams.every(({ emptyAt }) => emptyAt === activity.count);
}
