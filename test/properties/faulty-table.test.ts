import { describe, expect, it } from 'vitest';
import { accrue } from '../../shared/app/accrue.ts';
import { seededRandomness, shuffled } from '../faults/seeded-randomness.ts';
import { audit } from '../stores/auditor.ts';
import { backends } from '../stores/backends.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { createWorld } from '../support/world.ts';
import { perMajor, placed, programOf } from './program-json.ts';
import { type Sent, Stage } from './stage.ts';
import { batchesOf } from './traffic.ts';

const dynamodb = useDynamoDbLocal();
const most = 500;
const pot = { id: 'pot', unit: 'PTS', points: 400, shards: 3 };

function cappedAndPromoted() {
  return programOf({
    earning: {
      rules: [{ id: 'base', when: placed, award: perMajor }],
      caps: [{ id: 'most', per: 'member', window: 'lifetime', points: most }],
      promotions: [{ id: 'spring', between: {}, points: 30, budget: 'pot' }],
    },
    budgets: [pot],
  });
}

const orders = Array.from({ length: 14 }, (_, index): Sent => {
  const member = index % 2 === 0 ? 'ann' : 'bob';
  return { id: `o${index}`, member, amountMinor: 5000 + 700 * index };
});
const back = { id: 'r0', type: 'order.returned', of: 'o0', member: 'ann', amountMinor: 90_000 };

describe('two workers on a table that conflicts, throttles and loses answers', () => {
  for (const backend of backends(dynamodb).filter(({ name }) => name.includes('faults'))) {
    it(`book each event once, within caps and budgets (${backend.name})`, async () => {
      const stage = new Stage(cappedAndPromoted());
      const { ledger, scan } = await backend.open();
      const dependencies = { ...createWorld(stage.program).dependencies, ledger };
      const insist = async (batch: readonly Sent[]) => {
        for (let left = batch.map((sent) => stage.delivery(sent)); left.length > 0; ) {
          const told = await accrue(dependencies, left);
          left = left.filter((_, index) => told[index]?.kind === 'failed');
        }
      };
      const work = async (seed: number) => {
        const mixed = shuffled([...orders, back], seededRandomness(seed));
        for (const batch of batchesOf(mixed, 5)) await insist(batch);
      };
      await Promise.all([work(1), work(2)]);
      await insist([{ ...back, id: 'r1' }]);
      const entries = await audit(scan);
      const accruals = entries.filter(({ kind }) => kind === 'accrual');
      expect(accruals).toHaveLength(orders.length);
      const awards = accruals.flatMap(({ awards: all = [] }) => all);
      const drawn = awards.flatMap(({ budgets = [] }) => budgets);
      const total = drawn.reduce((sum, { points }) => sum + points, 0n);
      // One draw may have come back in between, and have been given again.
      expect(total).toBeLessThanOrEqual(BigInt(pot.points + 30));
      for await (const { balance } of scan.balances()) {
        const held = [...balance.lots.values()].reduce((sum, points) => sum + points, 0n);
        expect(held - balance.debt).toBeLessThanOrEqual(BigInt(most));
      }
    });
  }
});
