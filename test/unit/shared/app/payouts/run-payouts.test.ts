import { describe, expect, it } from 'vitest';
import { reportPayouts } from '../../../../../shared/app/payouts/report-payouts.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { decideReview } from '../../../../../shared/app/redemption/review.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';

async function run(paying: PayingWorld, name = 'run-1') {
  const asOf = paying.world.clock.now();
  const command = { program, run: name, asOf, requestedBy: 'fin' };
  const result = await runPayouts(paying.dependencies, command);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const report = (paying: PayingWorld, name = 'run-1') =>
  reportPayouts(paying.dependencies, { program, run: name });

const spendable = async ({ dependencies }: PayingWorld, member: string, unit: string) => {
  const { lots } = await dependencies.ledger.readBalance({ program, member, unit });
  return [...lots.values()].reduce((sum, points) => sum + points, 0n);
};

describe('a payout run', () => {
  it('pays each wallet that is due by its rail, once, and reports what the books say', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 2_500n);
    await paying.choose('ann', {}, account);
    await paying.give('bob', 'USD', 4_000n);
    await paying.choose('bob', { rail: 'card', currency: 'USD', country: 'GB' });
    await paying.give('eve', 'GBP', 1_500n);
    const gift = { charity: 'food-bank', percent: 100 };
    await paying.choose('eve', { rail: 'give', donation: gift });
    await paying.give('low', 'EUR', 999n);
    await paying.choose('low', {}, account);
    await paying.give('mum', 'EUR', 5_000n);
    expect(await run(paying)).toMatchObject({ paid: 3, skipped: 2, failed: 0 });
    await paying.settle();
    expect(await run(paying)).toMatchObject({ paid: 0, failed: 0 });
    const { report: told, skipped, unplaced } = await report(paying);
    expect(told.mismatches()).toEqual([]);
    expect([unplaced, Object.fromEntries(skipped)]).toEqual([
      0,
      { BELOW_THRESHOLD: 1, NO_CHOICE: 1 },
    ]);
    expect(told.rows()).toMatchObject([
      { rail: 'bank', currency: 'EUR', grossMinor: 2_500n, feesMinor: 30n, paidMinor: 2_470n },
      { rail: 'card', currency: 'USD', grossMinor: 4_000n, paidMinor: 4_000n },
      { rail: 'give', currency: 'GBP', grossMinor: 0n, donated: new Map([['GBP', 1_500n]]) },
    ]);
    expect(paying.bank.orders.size).toBe(1);
    expect(await spendable(paying, 'ann', 'EUR')).toBe(0n);
    expect(await spendable(paying, 'low', 'EUR')).toBe(999n);
  });

  it('waits while an earlier payout is on its way, then pays what has come since', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 2_000n);
    await paying.choose('ann', {}, account);
    await run(paying);
    await paying.give('ann', 'EUR', 3_000n);
    expect(await run(paying, 'run-2')).toMatchObject({ paid: 0, skipped: 1 });
    await paying.settle();
    expect(await run(paying, 'run-3')).toMatchObject({ paid: 1, skipped: 0 });
  });

  it('gives back what nobody could pay, and pays it again in the next run', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 2_000n);
    await paying.choose('ann', {}, account);
    paying.bank.placing = [{ reject: 'permanent' }];
    await run(paying);
    await paying.settle();
    expect(await spendable(paying, 'ann', 'EUR')).toBe(2_000n);
    expect((await report(paying)).report.rows()).toMatchObject([{ failedMinor: 1_970n }]);
    expect(await run(paying, 'run-2')).toMatchObject({ paid: 1 });
  });

  it('stops a name that is like one on the list, and a great amount, for a person', async () => {
    const paying = payingWorld({ sanctionsList: 'eu', secondPersonFrom: { EUR: 5_000 } }, [
      'EXAMPLE, Ann',
    ]);
    await paying.give('ann', 'EUR', 2_000n);
    await paying.choose('ann', {}, account);
    await paying.give('bob', 'EUR', 5_000n);
    await paying.choose('bob', {}, { ...account, holderName: 'Bob Other' } as typeof account);
    await run(paying);
    const waiting = [...paying.world.table.reviews.values()].map(({ rules }) => rules).sort();
    expect(waiting).toEqual([['amount'], ['sanctions']]);
    await paying.route();
    expect(paying.world.table.orders.size).toBe(0);
  });

  it('asks no bank for nothing where all of it is given away', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 2_500n);
    const donation = { charity: 'food-bank', percent: 100 };
    await paying.choose('ann', { donation }, account);
    expect(await run(paying)).toMatchObject({ paid: 1 });
    await paying.settle();
    expect(paying.bank.calls).toEqual([]);
    expect((await report(paying)).report.rows()).toMatchObject([
      { rail: 'bank', netMinor: 0n, donated: new Map([['EUR', 2_500n]]) },
    ]);
  });

  it('lets nobody let go what they have asked for themselves', async () => {
    const paying = payingWorld({ secondPersonFrom: { EUR: 2_000 } });
    await paying.give('ann', 'EUR', 2_000n);
    await paying.choose('ann', {}, account);
    await run(paying);
    const [redemption = ''] = paying.world.table.holds.keys();
    const decide = (actor: string) => {
      const decision = { decision: 'release', reason: 'known', actor } as const;
      return decideReview(paying.dependencies, { program, redemption, ...decision });
    };
    expect(await decide('fin')).toMatchObject({ failure: { code: 'SAME_PERSON' } });
    expect(await decide('boss')).toMatchObject({ ok: true });
    await paying.settle();
    expect(paying.bank.orders.size).toBe(1);
  });

  it('does nothing once it is done, whatever has come since', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 999n);
    await paying.choose('ann', {}, account);
    expect(await run(paying)).toMatchObject({ skipped: 1, run: { state: 'done' } });
    await paying.give('ann', 'EUR', 5_000n);
    expect(await run(paying)).toMatchObject({ members: 0, paid: 0, run: { state: 'done' } });
    expect(paying.world.table.holds.size).toBe(0);
  });

  it('goes on by the program that it began under', async () => {
    const paying = payingWorld();
    const { table, clock } = paying.world;
    await paying.give('ann', 'EUR', 2_000n);
    await paying.choose('ann', {}, account);
    const { sealer } = paying.dependencies;
    const broken = { ...sealer, seal: async () => Promise.reject(new Error('down')) };
    const stuck = { ...paying, dependencies: { ...paying.dependencies, sealer: broken } };
    expect(await run(stuck)).toMatchObject({ failed: 1, run: { state: 'running' } });
    clock.advance(1_000);
    const [first] = table.programs.get(program) ?? [];
    if (first === undefined) throw new Error('There is a program.');
    const { payouts: _, ...without } = first.program;
    table.programs.set(program, [first, { from: clock.now(), program: without }]);
    expect(await run(paying)).toMatchObject({ paid: 1, run: { state: 'done' } });
  });

  it('logs why somebody could not be paid, and nothing of whom or what', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 2_000n);
    await paying.choose('ann', {}, account);
    const error = Object.assign(new TypeError('ann, ann@example.com'), { code: 'ECONNRESET' });
    const { sealer } = paying.dependencies;
    const broken = { ...sealer, seal: async () => Promise.reject(error) };
    await run({ ...paying, dependencies: { ...paying.dependencies, sealer: broken } });
    const [line = '', ...more] = paying.world.logged;
    const [code, fields = ''] = line.split(/ (.*)/);
    expect([code, more]).toEqual(['PAYOUT_FAILED', []]);
    expect(JSON.parse(fields)).toEqual({
      ...{ program, members: 1, failed: 1, errorName: 'TypeError', errorCode: 'ECONNRESET' },
      at: expect.any(String),
    });
    expect(fields).not.toContain('ann');
  });

  it('keeps the line of a payout that another process has placed meanwhile', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 999n);
    await paying.choose('ann', {}, account);
    const { redemptions } = paying.dependencies;
    let isFirst = true;
    const lastPayout: typeof redemptions.lastPayout = async (wallet) => {
      const last = await redemptions.lastPayout(wallet);
      if (isFirst) {
        isFirst = false;
        await paying.give('ann', 'EUR', 1n);
        expect(await run(paying)).toMatchObject({ paid: 1 });
      }
      return last;
    };
    const late = { ...paying.dependencies, redemptions: { ...redemptions, lastPayout } };
    // It has read 999 cents.
    await run({ ...paying, dependencies: late });
    const { report: told, skipped } = await report(paying);
    expect([told.rows().length, skipped.size]).toEqual([1, 0]);
  });
});
