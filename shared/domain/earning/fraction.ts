import { floorDivide } from '../money/fraction.ts';

/** What of `whole` belongs to the first `done` of `all`; all of it at the end. */
export function shareOf(whole: bigint, done: bigint, all: bigint): bigint {
  return all === 0n || done >= all ? whole : floorDivide(whole * done, all);
}

export function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

export function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
