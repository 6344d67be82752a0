import { describe, expect, it } from 'vitest';
import { audit } from './auditor.ts';
import { RedemptionStorm } from './redemption-storm.ts';

const fixed = process.env.GUERDON_SEED;
const seeds = fixed === undefined ? [1, 2] : [Number(fixed)];
const thousand = 1000;

describe('a thousand redemptions over four providers, with faults and dying workers', () => {
  it.each(seeds)(
    'are exactly as many rewards or clean releases (seed %i)',
    async (seed) => {
      const evidence = await new RedemptionStorm(seed, 0.15).run(thousand);
      expect(audit(evidence)).toEqual([]);
      const states = [...evidence.orders.values()].map(({ state }) => state);
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      expect(count('captured') + count('released')).toBe(thousand);
      expect(count('captured')).toBe(evidence.rewards.length);
      expect(evidence.reopenings?.size).toBeGreaterThan(10);
      expect(evidence.cases).toEqual([]);
      expect(count('released')).toBeGreaterThan(20);
    },
    60_000,
  );

  it.each(seeds)(
    'are it also where most calls go wrong (seed %i)',
    async (seed) => {
      const evidence = await new RedemptionStorm(seed + 100, 0.6).run(150);
      expect(audit(evidence)).toEqual([]);
    },
    60_000,
  );
});
