import { describe, expect, it } from 'vitest';
import { trialBalance } from '../../../../../infra/cli/ledger/trial-balance.ts';
import { createMemoryLedgerScan } from '../../../../../shared/adapters/memory/ledger-scan.ts';
import { reportPayouts } from '../../../../../shared/app/payouts/report-payouts.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { seededRandomness } from '../../../../faults/seeded-randomness.ts';
import type { BankAct, BankFile } from '../../../../providers/fake/bank-simulator.ts';
import { audit } from '../../../../stores/auditor.ts';
import type { ActOf } from '../../../../support/bank-days.ts';
import { type BankPayingWorld, bankPayingWorld } from '../../../../support/bank-paying.ts';
import { account, program } from '../../../../support/paying.ts';
import { schemaFaults } from '../../../../support/xmllint.ts';

const seed = 20_261_122;
const members = 200;
const weekMs = 7 * 86_400_000;

interface Owed {
  readonly member: string;
  readonly unit: 'EUR' | 'GBP';
  readonly points: bigint;
}

/** Everybody has money in one of two currencies, and wants it in their bank account. */
async function owing({ paying }: BankPayingWorld, random: () => number): Promise<readonly Owed[]> {
  const owed: Owed[] = [];
  for (let number = 1; number <= members; number += 1) {
    const unit = random() < 0.5 ? 'EUR' : 'GBP';
    const member = `member-${number}`;
    const points = 1_000n + BigInt(Math.floor(random() * 500_000));
    await paying.give(member, unit, points);
    await paying.choose(member, { currency: unit }, account);
    owed.push({ member, unit, points });
  }
  return owed;
}

const paid: BankAct = { kind: 'paid' };

/** Of ten, one is rejected and two come back: one at once, one after weeks, both less a fee. */
function actsOf(files: readonly BankFile[], random: () => number): ReadonlyMap<string, BankAct> {
  const kinds: readonly BankAct[] = [
    { kind: 'rejected', reason: 'AC04' },
    { kind: 'returned', reason: 'AC06' },
    { kind: 'returned', reason: 'MS03', isLater: true, keptMinor: 250n },
  ];
  const ids = files.flatMap(({ payments }) => payments.map(({ endToEndId }) => endToEndId));
  return new Map(ids.map((id) => [id, kinds[Math.floor(random() * 10)] ?? paid]));
}

async function spendable({ dependencies }: BankPayingWorld, { member, unit }: Owed) {
  const { lots } = await dependencies.ledger.readBalance({ program, member, unit });
  return [...lots.values()].reduce((sum, points) => sum + points, 0n);
}

function minorOf(decimal: string): bigint {
  return BigInt(decimal.replace('.', ''));
}

describe('payouts by the bank’s files', { timeout: 120_000 }, () => {
  it(`book every payment, rejection and return, to the cent (seed ${seed})`, async () => {
    const randomness = seededRandomness(seed);
    const random = () => randomness.next();
    const world = bankPayingWorld();
    const { days, dependencies, paying } = world;
    const owed = await owing(world, random);
    const asOf = paying.world.clock.now();
    const run = { program, run: 'run-1', asOf, requestedBy: 'fin' };
    expect(await runPayouts(dependencies, run)).toMatchObject({ value: { paid: members } });
    await world.settle();

    const files = await days.write();
    const sizes = files.map(({ payments }) => payments.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(members);
    expect(files.length).toBeGreaterThan(2);
    for (const { text } of days.files) expect(schemaFaults(text)).toBe('');
    for (const { count, payments, sum } of files) {
      const summed = payments.reduce((total, { amount }) => total + minorOf(amount), 0n);
      expect([count, minorOf(sum)]).toEqual([`${payments.length}`, summed]);
    }
    await world.settle();
    expect([...paying.world.table.orders.values()].map(({ state }) => state)).toEqual(
      Array(members).fill('accepted'),
    );

    const acts = actsOf(files, random);
    const actOf: ActOf = (id) => acts.get(id) ?? paid;
    const isLater = (act: BankAct) => 'isLater' in act;
    const atFirst: ActOf = (id) => (isLater(actOf(id)) ? paid : actOf(id));
    for (const file of files) await days.report(file, actOf);
    await world.settle();
    for (const file of files) await days.statement(file, atFirst);
    await world.settle();
    paying.world.clock.advance(3 * weekMs);
    for (const file of files) {
      const payments = file.payments.filter(({ endToEndId }) => isLater(actOf(endToEndId)));
      const reading = await days.statement({ ...file, payments }, actOf);
      expect(reading.returned).toBe(payments.length);
      expect(reading.conflicts.map(({ reason }) => reason)).toEqual(
        payments.map(() => 'BANK_RETURNED_SHORT'),
      );
    }
    await world.settle();

    const kept = [...acts.values()].filter(({ kind }) => kind === 'paid').length;
    const left = [...acts.values()].filter(isLater).length;
    expect([kept > 120, left > 5]).toEqual([true, true]);
    const orders = [...paying.world.table.orders.values()];
    const inState = (state: string) => orders.filter((order) => order.state === state).length;
    expect([inState('captured'), inState('released')]).toEqual([kept, members - kept]);
    let paidOut = 0;
    for (const each of owed) {
      const there = await spendable(world, each);
      if (there === 0n) paidOut += 1;
      else expect(there).toBe(each.points);
    }
    expect(paidOut).toBe(kept);
    const scan = createMemoryLedgerScan(paying.world.table);
    await audit(scan);
    expect(await trialBalance(scan)).toMatchObject({ balanced: true });
    const { report } = await reportPayouts(dependencies, { program, run: 'run-1' });
    expect(report.mismatches()).toEqual([]);
    const cases = [...paying.world.table.cases.values()].map(({ reason }) => reason);
    expect(cases).toEqual(Array(left).fill('BANK_RETURNED_SHORT'));
    expect(await runPayouts(dependencies, { ...run, run: 'run-2' })).toMatchObject({
      value: { paid: members - kept },
    });
  });
});
