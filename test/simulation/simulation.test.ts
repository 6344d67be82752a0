import { describe, expect, it } from 'vitest';
import { audit } from './auditor.ts';
import { Simulator } from './simulator.ts';

const fixed = process.env.GUERDON_SEED;
const first = fixed === undefined ? 1 : Number(fixed);
const runs = fixed === undefined ? 200 : 1;

describe('the promises, over a storm of faults', () => {
  it(`hold from seed ${first} to ${first + runs - 1}`, async () => {
    const broken: string[] = [];
    const seen = { captured: 0, released: 0, events: 0 };
    for (let seed = first; seed < first + runs; seed += 1) {
      const evidence = await new Simulator(seed).run().catch((error: unknown) => {
        throw new Error(`Seed ${seed} (run it alone with GUERDON_SEED=${seed})`, { cause: error });
      });
      broken.push(...audit(evidence).map((finding) => `seed ${seed}: ${finding}`));
      for (const { state } of evidence.orders.values()) {
        if (state === 'captured' || state === 'released') seen[state] += 1;
      }
      seen.events += evidence.events.length;
    }
    expect(broken).toEqual([]);
    if (runs > 1) expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs / 4);
  });
});
