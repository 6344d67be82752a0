import type { FindOutcome, RewardProvider } from '../../../shared/ports/provider.ts';
import type { Clock, Sleeper } from '../../../shared/ports/runtime.ts';

export interface SandboxRun {
  readonly provider: RewardProvider;
  readonly clock: Clock;
  readonly sleeper: Sleeper;
  /** A reference that was never used. */
  readonly newReference: () => string;
}

/** Says what is wrong in words of ours, nothing where all is well. */
export type Check = (run: SandboxRun) => Promise<string | undefined>;

export const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Between two calls. */
export function pauseMs({ capabilities: { requestsPerMinute } }: RewardProvider): number {
  return requestsPerMinute === undefined ? 0 : Math.ceil(minuteMs / requestsPerMinute);
}

export function wordsOf(outcome: FindOutcome): string {
  if (outcome.kind === 'accepted') return outcome.final ? 'accepted' : 'accepted, and not final';
  return outcome.kind === 'notFound' ? 'not found' : `${outcome.kind}: ${outcome.detail}`;
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
