import { floorDivide } from '../money/fraction.ts';

/** What of `whole` belongs to the first `done` of `all`; all of it at the end. */
export function shareOf(whole: bigint, done: bigint, all: bigint): bigint {
  return all === 0n || done >= all ? whole : floorDivide(whole * done, all);
}

/** What of `whole` belongs to those after the first `before` of `all`, up to `after`. */
export function shareBetween(
  whole: bigint,
  { before, after, all }: { readonly before: bigint; readonly after: bigint; readonly all: bigint },
): bigint {
  return shareOf(whole, after, all) - shareOf(whole, before, all);
}

/**
 * Gives each part its share of a whole: whole numbers that sum to it exactly, by differences of
 * sums rounded down.
 */
export function sharesOfWhole(whole: bigint, parts: readonly bigint[]): bigint[] {
  const all = parts.reduce((sum, part) => sum + part, 0n);
  let before = 0n;
  return parts.map((part) => {
    const after = before + part;
    const share = after === before ? 0n : shareBetween(whole, { before, after, all });
    before = after;
    return share;
  });
}

export function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

export function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
