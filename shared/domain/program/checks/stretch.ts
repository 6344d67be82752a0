/** From the start of one day to the start of another; without a bound, for ever. */
export interface Stretch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const always: Stretch = {};

export function overlaps(one: Stretch = always, other: Stretch = always): boolean {
  return begins(one, other) && begins(other, one);
}

/** Whether one begins before the other ends. */
function begins({ from }: Stretch, { to }: Stretch): boolean {
  return from === undefined || to === undefined || from < to;
}

/** Whether two choices have something in common; without a choice it is everything. */
export function share<Item>(
  one: readonly Item[] | undefined,
  other: readonly Item[] | undefined,
): boolean {
  return one === undefined || other === undefined || one.some((item) => other.includes(item));
}
