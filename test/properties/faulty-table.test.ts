import { describe, expect, it } from 'vitest';
import { accrue } from '../../shared/app/booking/accrue.ts';
import {
  type CommandDelivery,
  executeCommands,
} from '../../shared/app/booking/execute-commands.ts';
import { readMemberCommand } from '../../shared/contracts/commands.ts';
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

const terms = { unit: 'PTS', points: 3, amountMinor: 2, currency: 'EUR' };

function exchanging() {
  return programOf({
    money: { wallets: ['EUR'] },
    exchanges: [
      { id: 'cash', direction: 'pointsToWallet', ...terms },
      { id: 'back', direction: 'walletToPoints', ...terms },
    ],
  });
}

/** Of 1,000 points in all: more than half of these cannot be had together. */
const asked = Array.from({ length: 12 }, (_, index) => {
  const isBack = index % 3 === 2;
  const data = { exchange: isBack ? 'back' : 'cash', amount: `${isBack ? 50 : 200 + 7 * index}` };
  return { id: `x${index}`, data };
});

describe('a balance that two workers exchange on such a table', () => {
  for (const backend of backends(dynamodb).filter(({ name }) => name.includes('faults'))) {
    it(`is never overspent, and each is booked once (${backend.name})`, async () => {
      const stage = new Stage(exchanging());
      const { ledger, scan } = await backend.open();
      const dependencies = { ...createWorld(stage.program).dependencies, ledger };
      for (let kind = 'failed'; kind === 'failed'; ) {
        const delivery = stage.delivery({ id: 'o1', amountMinor: 100_000 });
        kind = (await accrue(dependencies, [delivery]))[0]?.kind ?? 'failed';
      }
      const deliveryOf = (worker: number, { id, data }: (typeof asked)[number]) => {
        const occurredAt = new Date(stage.now()).toISOString();
        const sender = { source: 'app', actor: 'ann', member: 'ann', occurredAt };
        const body = readMemberCommand({ ...sender, id, type: 'wallet.exchanged', data });
        if (!body.ok) throw new Error(body.failure.code);
        return { delivery: `${worker}-${id}`, program: stage.name, received: body.value };
      };
      const insist = async (sent: CommandDelivery) => {
        for (;;) {
          const [outcome] = await executeCommands(dependencies, [sent]);
          if (outcome !== undefined && outcome.kind !== 'failed') return outcome.kind;
        }
      };
      const work = async (worker: number) => {
        const told = new Map<string, string>();
        for (const one of shuffled(asked, seededRandomness(worker))) {
          told.set(one.id, await insist(deliveryOf(worker, one)));
        }
        return told;
      };
      const [one, other] = await Promise.all([work(1), work(2)]);
      const entries = await audit(scan);
      const booked = entries.filter(({ kind }) => kind === 'exchange');
      expect(booked.length).toBeGreaterThan(3);
      for (const { id } of asked) {
        const told = [one.get(id), other.get(id)];
        expect(told).not.toEqual(['done', 'done']);
        expect(told).not.toContain('conflict');
      }
      const done = asked.filter(({ id }) => one.get(id) === 'done' || other.get(id) === 'done');
      expect(done).toHaveLength(booked.length);
      let euros = 0n;
      let points = 0n;
      for await (const { unit, balance } of scan.balances()) {
        const held = [...balance.lots.values()].reduce((sum, amount) => sum + amount, 0n);
        expect(balance.debt).toBe(0n);
        expect(held).toBeGreaterThanOrEqual(0n);
        if (unit === 'EUR') euros += held;
        else points += held;
      }
      // Three points are two cents, and what is rounded is lost.
      expect(3n * euros + 2n * points).toBeLessThanOrEqual(2000n);
      expect(3n * euros + 2n * points).toBeGreaterThan(2000n - 3n * BigInt(booked.length));
    });
  }
});
