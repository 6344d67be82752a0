import { describe, expect, it } from 'vitest';
import { createMemoryLedgerScan } from '../../../../../shared/adapters/memory/ledger-scan.ts';
import { check } from '../../../../../shared/app/dispatch/check.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { cancel } from '../../../../../shared/app/redemption/cancel.ts';
import { endToEndId } from '../../../../../shared/domain/payout/credit-transfer.ts';
import { attemptReference } from '../../../../../shared/domain/redemption/reference.ts';
import type { BankFile } from '../../../../providers/fake/bank-simulator.ts';
import { audit } from '../../../../stores/auditor.ts';
import { type BankPayingWorld, bankPayingWorld } from '../../../../support/bank-paying.ts';
import { orderOf } from '../../../../support/fulfilment.ts';
import { account, program } from '../../../../support/paying.ts';

const points = 5_000n;
const dayMs = 86_400_000;

interface Ordered {
  readonly at: BankPayingWorld;
  /** The payout of each member. */
  readonly payouts: ReadonlyMap<string, string>;
}

/** Payouts that wait in the outbox for the next file. */
async function ordered(...members: readonly string[]): Promise<Ordered> {
  const at = bankPayingWorld();
  const { dependencies, paying } = at;
  for (const member of members) {
    await paying.give(member, 'EUR', points);
    await paying.choose(member, {}, account);
  }
  const asOf = paying.world.clock.now();
  await runPayouts(dependencies, { program, run: 'run-1', asOf, requestedBy: 'fin' });
  await at.settle();
  const holds = [...paying.world.table.holds.values()];
  const payouts = new Map(holds.map(({ entry, redemption }) => [entry.member, redemption]));
  return { at, payouts };
}

function stateOf({ at, payouts }: Ordered, member: string) {
  return orderOf(at.paying.world, payouts.get(member) ?? '').state;
}

async function callOff({ at, payouts }: Ordered, member: string): Promise<void> {
  const redemption = payouts.get(member) ?? '';
  const own = { program, member, redemption };
  expect(await cancel(at.dependencies, own)).toMatchObject({
    value: { order: { cancelled: 'member' } },
  });
}

async function spendable({ at }: Ordered, member: string): Promise<bigint> {
  const { lots } = await at.dependencies.ledger.readBalance({ program, member, unit: 'EUR' });
  return [...lots.values()].reduce((sum, each) => sum + each, 0n);
}

function paidIn(files: readonly BankFile[]): readonly string[] {
  return files.flatMap(({ payments }) => payments.map((payment) => payment.endToEndId));
}

function idOf({ payouts }: Ordered, member: string): string {
  return endToEndId(attemptReference(payouts.get(member) ?? '', 1));
}

async function expectSound({ at }: Ordered): Promise<void> {
  await audit(createMemoryLedgerScan(at.paying.world.table));
  expect(at.paying.world.table.cases.size).toBe(0);
}

describe('a payout by the bank’s files that is called off', () => {
  it('while it waits is in no file, and back in the wallet', async () => {
    const both = await ordered('ann', 'bob');
    expect([stateOf(both, 'ann'), stateOf(both, 'bob')]).toEqual(['accepted', 'accepted']);
    await callOff(both, 'ann');
    await both.at.settle();
    expect([stateOf(both, 'ann'), stateOf(both, 'bob')]).toEqual(['released', 'accepted']);
    expect(paidIn(await both.at.days.write())).toEqual([idOf(both, 'bob')]);
    expect([await spendable(both, 'ann'), await spendable(both, 'bob')]).toEqual([points, 0n]);
    await expectSound(both);
  });

  it('with all that waits leaves nothing to write', async () => {
    const one = await ordered('ann');
    await callOff(one, 'ann');
    await one.at.settle();
    expect(await one.at.days.write()).toEqual([]);
    expect(await spendable(one, 'ann')).toBe(points);
  });

  it('once it is written stays open, and is paid', async () => {
    const one = await ordered('ann');
    const files = await one.at.days.write();
    await callOff(one, 'ann');
    await one.at.settle();
    expect(stateOf(one, 'ann')).toBe('accepted');
    expect(paidIn(files)).toEqual([idOf(one, 'ann')]);
    for (const file of files) await one.at.days.statement(file, () => ({ kind: 'paid' }));
    await one.at.settle();
    expect(stateOf(one, 'ann')).toBe('captured');
    expect(await spendable(one, 'ann')).toBe(0n);
    await expectSound(one);
  });

  it('once it is written goes back where the bank rejects it', async () => {
    const one = await ordered('ann');
    const files = await one.at.days.write();
    await callOff(one, 'ann');
    await one.at.settle();
    for (const file of files) {
      await one.at.days.report(file, () => ({ kind: 'rejected', reason: 'AC04' }));
    }
    await one.at.settle();
    expect([stateOf(one, 'ann'), await spendable(one, 'ann')]).toEqual(['released', points]);
    await expectSound(one);
  });

  it('either is in the file that is written meanwhile, or is back, and never both', async () => {
    const ends = new Set<string>();
    for (let turns = 0; turns < 120; turns += 3) {
      const one = await ordered('ann');
      await callOff(one, 'ann');
      const written = (async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        return one.at.days.write();
      })();
      const [files] = await Promise.all([written, one.at.settle()]);
      await one.at.settle();
      const isWritten = paidIn(files).length > 0;
      expect(stateOf(one, 'ann')).toBe(isWritten ? 'accepted' : 'released');
      expect(await spendable(one, 'ann')).toBe(isWritten ? 0n : points);
      ends.add(stateOf(one, 'ann'));
    }
    expect([...ends].sort()).toEqual(['accepted', 'released']);
  });

  it('is so as well when it is too late, by the delayed check', async () => {
    const one = await ordered('ann');
    const { world } = one.at.paying;
    const redemption = one.payouts.get('ann') ?? '';
    const requestedAt = world.clock.now();
    world.clock.advance(30 * dayMs);
    await check(one.at.dependencies, { program, redemption, requestedAt });
    expect(orderOf(world, redemption).cancelled).toBe('late');
    await one.at.settle();
    expect([stateOf(one, 'ann'), await spendable(one, 'ann')]).toEqual(['released', points]);
    expect(await one.at.days.write()).toEqual([]);
  });
});
