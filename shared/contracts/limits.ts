import type { ReachedLimit } from '../domain/redemption/reached-limit.ts';

/** A limit that is met: what is left of it as digits, and the local day on which it begins anew. */
export interface LimitDocument {
  readonly limit: string;
  readonly unit: string;
  readonly window: string;
  readonly pointsLeft?: string;
  readonly timesLeft?: string;
  readonly resetsOn?: string;
}

export function limitDocument({ pointsLeft, timesLeft, ...told }: ReachedLimit): LimitDocument {
  return {
    ...told,
    ...(pointsLeft !== undefined && { pointsLeft: pointsLeft.toString() }),
    ...(timesLeft !== undefined && { timesLeft: timesLeft.toString() }),
  };
}
