import type { Randomness } from '../../shared/ports/runtime.ts';

/** Mulberry32: the same seed gives the same numbers. */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** The same members in another order. */
export function shuffled<Member>(members: readonly Member[], randomness: Randomness): Member[] {
  const left = [...members];
  const result: Member[] = [];
  while (left.length > 0) {
    result.push(...left.splice(Math.floor(randomness.next() * left.length), 1));
  }
  return result;
}
