import fc from 'fast-check';
import { systemDigest } from '../../shared/adapters/crypto.ts';
import { seededRandomness, shuffled } from '../faults/seeded-randomness.ts';
import type { Sent } from './stage.ts';

/** Events in any order, some of them several times, in batches of two workers. */
export interface Mix {
  readonly seed: number;
  readonly repeats: number;
  readonly batch: number;
}

export const anyMix: fc.Arbitrary<Mix> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  repeats: fc.integer({ min: 0, max: 6 }),
  batch: fc.integer({ min: 1, max: 6 }),
});

/** All of the events in another order, the first of them repeated. */
export function mixed(events: readonly Sent[], { seed, repeats }: Mix): Sent[] {
  const randomness = seededRandomness(seed);
  const again = shuffled(events, randomness).slice(0, repeats);
  return shuffled([...events, ...again], randomness);
}

export function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** The batches of two workers, one each in turn. */
export function dealt(events: readonly Sent[], mix: Mix): Sent[][][] {
  const batches = batchesOf(mixed(events, mix), mix.batch);
  return [0, 1].map((worker) => batches.filter((_, index) => index % 2 === worker));
}

/** Under which an event's entry stands, by design: the digest of source and id. */
export function hashOf(id: string): string {
  return systemDigest.sha256Short(JSON.stringify(['shop', id]));
}
