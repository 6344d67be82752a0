import { describe, expect, it } from 'vitest';
import { createMemoryLedgerScan } from '../../../../../shared/adapters/memory/ledger-scan.ts';
import { reportPayouts } from '../../../../../shared/app/payouts/report-payouts.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import type { BankAccount } from '../../../../../shared/domain/payout/payee.ts';
import { monthsWith } from '../../../../../shared/domain/rates/months.ts';
import { audit, collected } from '../../../../stores/auditor.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';
import { offerPoints, railsWithPoints } from '../../../../support/paying-points.ts';
import { day } from '../../../../support/points.ts';

function pointsWorld(policy: object = {}, exchange: object = {}): PayingWorld {
  const paying = payingWorld({ rails: railsWithPoints, ...policy });
  offerPoints(paying.world, exchange);
  const rates = new Map([['USD', '1.25']]);
  for (const month of monthsWith('ecb', new Map(), [{ date: day('2026-06-14'), rates }])) {
    paying.world.table.rates.set(`ecb ${month.month}`, { ...month, version: 1 });
  }
  return paying;
}

async function run(paying: PayingWorld, name = 'run-1', dependencies = paying.dependencies) {
  const asOf = paying.world.clock.now();
  const asked = { program, run: name, asOf, requestedBy: 'fin' };
  const result = await runPayouts(dependencies, asked);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const report = (paying: PayingWorld, name = 'run-1') =>
  reportPayouts(paying.dependencies, { program, run: name });

async function spendable({ dependencies }: PayingWorld, member: string, unit: string) {
  const { lots } = await dependencies.ledger.readBalance({ program, member, unit });
  return [...lots.values()].reduce((sum, points) => sum + points, 0n);
}

const inPoints = { rail: 'points', currency: 'EUR' };
const exchangesOf = ({ world }: PayingWorld) =>
  [...world.table.entries.values()].filter(({ kind }) => kind === 'exchange');

describe('a run that pays points', () => {
  it('turns what fills a point into points at once, and leaves the rest', async () => {
    const paying = pointsWorld({}, { points: 3, amountMinor: 200 });
    await paying.give('ann', 'EUR', 1_050n);
    await paying.choose('ann', inPoints);
    expect(await run(paying)).toMatchObject({ paid: 1, skipped: 0, failed: 0 });
    // 1,050 cents are 15.75 points; 15 cost 1,000 cents.
    expect(await spendable(paying, 'ann', 'PTS')).toBe(15n);
    expect(await spendable(paying, 'ann', 'EUR')).toBe(50n);
    expect(paying.world.table.holds.size).toBe(0);
    const [entry] = exchangesOf(paying);
    expect(entry).toMatchObject({
      explanation: { rule: 'points', reason: 'PAID_OUT', inputs: { run: 'run-1', gives: '15' } },
    });
    await audit(createMemoryLedgerScan(paying.world.table));
  });

  it('converts another wallet down before, at the rate of the run', async () => {
    const paying = pointsWorld({}, { points: 1, amountMinor: 100 });
    await paying.give('bob', 'USD', 1_349n);
    await paying.choose('bob', inPoints);
    await run(paying);
    // 1,349 cents at 1.25 are 1,079 euro cents: 10 points, which 1,250 dollar cents buy.
    expect(await spendable(paying, 'bob', 'PTS')).toBe(10n);
    expect(await spendable(paying, 'bob', 'USD')).toBe(99n);
    const { report: told } = await report(paying);
    expect(told.rows()).toMatchObject([
      { rail: 'points', currency: 'USD', grossMinor: 1_250n, paidMinor: 1_250n, netMinor: 1_250n },
    ]);
    expect(exchangesOf(paying)[0]?.exchanges).toMatchObject([
      { fromMinor: 1_250n, toMinor: 1_000n },
    ]);
    await audit(createMemoryLedgerScan(paying.world.table));
  });

  it('takes all where the exchange rounds up: every part fills a point', async () => {
    const paying = pointsWorld({}, { points: 1, amountMinor: 100, rounding: 'up' });
    await paying.give('ann', 'EUR', 1_001n);
    await paying.choose('ann', inPoints);
    await run(paying);
    expect(await spendable(paying, 'ann', 'PTS')).toBe(11n);
    expect(await spendable(paying, 'ann', 'EUR')).toBe(0n);
  });

  it('takes as much as the exchange asks for, where fewer would fill the points', async () => {
    const paying = pointsWorld({}, { points: 1, amountMinor: 400, minimum: 500 });
    await paying.give('ann', 'EUR', 799n);
    await paying.choose('ann', inPoints);
    await run(paying);
    expect(await spendable(paying, 'ann', 'PTS')).toBe(1n);
    expect(await spendable(paying, 'ann', 'EUR')).toBe(299n);
    await audit(createMemoryLedgerScan(paying.world.table));
  });

  it('reports them beside the others, and pays no wallet twice', async () => {
    const paying = pointsWorld();
    await paying.give('ann', 'EUR', 1_000n);
    await paying.choose('ann', inPoints);
    await paying.give('bob', 'EUR', 2_500n);
    await paying.choose('bob', {}, account);
    expect(await run(paying)).toMatchObject({ paid: 2 });
    await paying.settle();
    const { report: told, unplaced } = await report(paying);
    expect([told.mismatches(), unplaced]).toEqual([[], 0]);
    expect(told.rows()).toMatchObject([
      { rail: 'bank', paidMinor: 2_470n, points: new Map() },
      {
        ...{ rail: 'points', currency: 'EUR', members: 1, payouts: 1, feesMinor: 0n },
        ...{ grossMinor: 1_000n, netMinor: 1_000n, paidMinor: 1_000n, openMinor: 0n },
        points: new Map([['PTS', 1_500n]]),
      },
    ]);
  });

  it('needs no address, opens no name, and stops for nobody', async () => {
    const paying = pointsWorld({ secondPersonFrom: { EUR: 1 } });
    await paying.give('ann', 'EUR', 90_000n);
    await paying.choose('ann', inPoints);
    const never = async () => Promise.reject(new Error('nobody is looked up'));
    const { dependencies } = paying;
    const blind = { ...dependencies, contacts: { read: never } };
    expect(await run(paying, 'run-1', blind)).toMatchObject({ paid: 1 });
    expect(paying.world.table.reviews.size).toBe(0);
  });

  const halfGiven = { ...inPoints, donation: { charity: 'food-bank', percent: 50 } };
  const blocked = { blockedCountries: ['DE'] };
  it.each([
    { where: 'the rail asks for more', amount: 99n },
    { where: 'the exchange asks for more', exchange: { minimum: 500 }, amount: 499n },
    { where: 'a part would be given away', choice: halfGiven, reason: 'SHARE_NOT_OFFERED' },
    { where: 'the country is blocked', policy: blocked, reason: 'COUNTRY_BLOCKED' },
  ])('leaves a wallet as it is where $where', async ({ policy, exchange, choice, ...told }) => {
    const { amount = 1_000n, reason = 'BELOW_THRESHOLD' } = told;
    const paying = pointsWorld(policy, exchange);
    await paying.give('ann', 'EUR', amount);
    await paying.choose('ann', choice ?? inPoints);
    expect(await run(paying)).toMatchObject({ paid: 0, skipped: 1 });
    expect([...(await report(paying)).skipped]).toEqual([[reason, 1]]);
    expect(await spendable(paying, 'ann', 'EUR')).toBe(amount);
  });

  it('leaves the wallet of a person where only companies hold the points', async () => {
    const paying = pointsWorld();
    const { table } = paying.world;
    const [first] = table.programs.get(program) ?? [];
    if (first === undefined) throw new Error('There is a program.');
    const wallets = { firm: { units: ['PTS'], owner: 'company' as const } };
    const members = { ...first.program.members, wallets };
    table.programs.set(program, [{ ...first, program: { ...first.program, members } }]);
    await paying.give('ann', 'EUR', 1_000n);
    await paying.choose('ann', inPoints);
    await run(paying);
    expect([...(await report(paying)).skipped]).toEqual([['WALLET_OF_COMPANIES', 1]]);
  });

  it('leaves a wallet that no rate leads from', async () => {
    const paying = pointsWorld();
    await paying.give('ann', 'GBP', 1_000n);
    await paying.choose('ann', inPoints);
    await run(paying);
    expect([...(await report(paying)).skipped]).toEqual([['RATE_MISSING', 1]]);
  });

  it('pays a wallet once, whatever is chosen before the run goes on', async () => {
    const paying = pointsWorld();
    await paying.give('ann', 'EUR', 1_000n);
    await paying.choose('ann', inPoints);
    const { dependencies } = paying;
    const endRun = async () => Promise.reject(new Error('killed'));
    const dying = { ...dependencies, payouts: { ...dependencies.payouts, endRun } };
    await expect(run(paying, 'run-1', dying)).rejects.toThrow('killed');
    await paying.give('ann', 'EUR', 5_000n);
    await dependencies.payouts.removeChoice({ program, member: 'ann' });
    await paying.choose('ann', {}, account);
    expect(await run(paying)).toMatchObject({ run: { state: 'done' } });
    expect(paying.world.table.holds.size).toBe(0);
    expect(await spendable(paying, 'ann', 'EUR')).toBe(5_000n);
    const lines = await collected(dependencies.payouts.lines(program, 'run-1'));
    expect(lines.map(({ outcome }) => outcome.kind)).toEqual(['points']);
  });
});

const inFrance: BankAccount = {
  ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'DE' },
  account: { kind: 'iban', iban: 'FR1420041010050500013M02606' },
};

it.each([
  { since: 'as the choice says', choice: { payeeCountries: ['DE', 'FR'] }, payee: account },
  { since: 'as an older choice does not say', choice: {}, payee: inFrance },
])('refuses a payee whose country has been blocked, $since', async ({ choice, payee }) => {
  const paying = payingWorld({ blockedCountries: ['FR'] });
  await paying.give('ann', 'EUR', 2_000n);
  await paying.choose('ann', choice as object, payee);
  await run(paying);
  expect([...(await report(paying)).skipped]).toEqual([['COUNTRY_BLOCKED', 1]]);
});
