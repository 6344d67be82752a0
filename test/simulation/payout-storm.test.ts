import { describe, expect, it } from 'vitest';
import { trialBalance } from '../../infra/cli/ledger/trial-balance.ts';
import { createMemoryLedgerScan } from '../../shared/adapters/memory/ledger-scan.ts';
import { reportPayouts } from '../../shared/app/payouts/report-payouts.ts';
import { audit } from '../stores/auditor.ts';
import { program } from '../support/paying.ts';
import { auditPayouts } from './payout-auditor.ts';
import { payoutRows, tally } from './payout-books.ts';
import { faultKinds } from './payout-faults.ts';
import { auditDueAgain, auditReport } from './payout-report-audit.ts';
import { PayoutStorm } from './payout-storm.ts';

const seed = Number(process.env.GUERDON_SEED ?? 20_261_122);
/** All is played with 10,000. */
const members = Number(process.env.GUERDON_PAYOUT_MEMBERS ?? 2000);
const share = 0.1;

/** Of members who are not paid, and never were to be. */
const hindrances = ['BELOW_THRESHOLD', 'COUNTRY_BLOCKED', 'NO_CHOICE', 'PAYEE_MISSING'];

async function leftIn({ dependencies }: PayoutStorm, run: string): Promise<readonly string[]> {
  const { skipped } = await reportPayouts(dependencies, { program, run });
  return [...skipped.keys()];
}

async function expectSound(storm: PayoutStorm, runs: readonly string[]): Promise<void> {
  expect(auditPayouts(storm)).toEqual([]);
  for (const run of runs) expect(await auditReport(storm, run)).toEqual([]);
  const scan = createMemoryLedgerScan(storm.paying.world.table);
  expect(await trialBalance(scan)).toMatchObject({ balanced: true });
  await audit(scan);
}

/** That nothing is found means something, for what is wrong is seen. */
function expectSeen(storm: PayoutStorm): void {
  const wrongs = storm.rails.flatMap(({ payments }) => {
    return [...payments.values()].filter(({ state }) => state === 'paid').slice(0, 2);
  });
  expect(wrongs).toHaveLength(6);
  for (const payment of wrongs) {
    payment.state = 'failed';
    expect(auditPayouts(storm)).toHaveLength(2);
    payment.state = 'paid';
  }
  const wallet = [...storm.given.keys()][0] ?? '';
  storm.given.set(wallet, (storm.given.get(wallet) ?? 0n) + 1n);
  expect(auditPayouts(storm)).toHaveLength(1);
}

describe(`payouts of ${members} members by four rails, with faults of every kind`, () => {
  it(`are paid once, still owed, or open with a case (seed ${seed})`, async () => {
    const storm = new PayoutStorm(seed, { members, share });
    await storm.enrol(members);
    storm.workers.killAfter(members * 8);
    await storm.run('june', [members * 4, members * 2]);
    expect([storm.runsKilled, storm.workers.killed]).toEqual([2, 1]);
    await storm.earn(members / 10);
    await storm.pass(34);
    await expectSound(storm, ['june']);
    const june = tally(storm, payoutRows(storm), 'june');
    expect(june).toMatchObject({ several: 0 });
    expect(june.paid).toBeGreaterThan(members / 2);
    expect(june.open).toBeGreaterThan(0);
    expect(await leftIn(storm, 'june')).toEqual(expect.arrayContaining(hindrances));

    await storm.run('july');
    await storm.pass(40);
    await expectSound(storm, ['june', 'july']);
    const again = await auditDueAgain(storm, { before: 'june', next: 'july' });
    expect(again.findings).toEqual([]);
    expect(again.placed).toBeGreaterThan(members / 20);
    const july = tally(storm, payoutRows(storm), 'july');
    expect(july).toMatchObject({ several: 0 });
    expect(july.paid).toBeGreaterThan(members / 20);
    const { struck } = storm.faults;
    expect(faultKinds.filter((kind) => !struck.has(kind))).toEqual([]);
    expect(storm.calledOff().given).toBeGreaterThan(0);
    // Messages do not become more and more, however many members there are.
    const tasks = Math.round(storm.workers.tasks / members);
    expect(tasks).toBeLessThan(200);
    expectSeen(storm);
    const { open, paid } = july;
    const counts = { seed, members, june, july: { open, paid }, tasks, ...storm.calledOff() };
    process.stdout.write(`${JSON.stringify({ ...counts, ...Object.fromEntries(struck) })}\n`);
  }, 600_000);
});
