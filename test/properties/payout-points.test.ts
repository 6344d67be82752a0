import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryLedgerScan } from '../../shared/adapters/memory/ledger-scan.ts';
import { reportPayouts } from '../../shared/app/payouts/report-payouts.ts';
import { one } from '../../shared/domain/money/fraction.ts';
import { type PaidPoints, paidPointsOf } from '../../shared/domain/payout/points.ts';
import { audit } from '../stores/auditor.ts';
import { program } from '../support/paying.ts';
import { offerPoints, railsWithPoints } from '../support/paying-points.ts';
import { type Death, PayoutStage } from './payout-stage.ts';
import { runs } from './runs.ts';

const anyMember = fc.constantFrom('ann', 'bob');
const anyRun = fc.constantFrom('run-1', 'run-2');
const anyGift = fc.record({
  member: anyMember,
  unit: fc.constantFrom('EUR', 'GBP', 'USD'),
  amountMinor: fc.integer({ min: 1, max: 9_000 }),
});
const anyDeath: fc.Arbitrary<Death> = fc.record({
  nth: fc.integer({ min: 1, max: 40 }),
  when: fc.constantFrom('before', 'after'),
  isKilled: fc.boolean(),
});
const anyChoice = fc.record({ member: anyMember, rail: fc.constantFrom('points', 'card') });
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('run'), run: anyRun, death: fc.option(anyDeath) }),
  fc.record({
    kind: fc.constant('race'),
    ...{ names: fc.tuple(anyRun, anyRun), seed: fc.nat(), gifts: fc.array(anyGift) },
    choices: fc.array(anyChoice, { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('choose'), choice: anyChoice }),
  fc.record({ kind: fc.constant('give'), gift: anyGift }),
  fc.record({ kind: fc.constant('pass'), days: fc.constantFrom(1, 40) }),
);
const anyTerms = fc.record({
  points: fc.integer({ min: 1, max: 7 }),
  amountMinor: fc.integer({ min: 1, max: 300 }),
  minimum: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
  rounding: fc.constantFrom('down', 'down', 'halfUp', 'up'),
});
const anyStory = fc.record({
  terms: anyTerms,
  gifts: fc.array(anyGift, { minLength: 1, maxLength: 5 }),
  steps: fc.array(anyStep, { maxLength: 7 }),
});
type Value<Of> = Of extends fc.Arbitrary<infer Its> ? Its : never;
type Story = Value<typeof anyStory>;
type Terms = Story['terms'];

const give = (stage: PayoutStage, { member, unit, amountMinor }: Value<typeof anyGift>) =>
  stage.give(member, unit, BigInt(amountMinor));

async function choose({ paying }: PayoutStage, { member, rail }: Value<typeof anyChoice>) {
  await paying.dependencies.payouts.removeChoice({ program, member });
  await paying.choose(member, { rail, currency: 'EUR' });
}

async function told({ terms, gifts, steps }: Story): Promise<PayoutStage> {
  const stage = new PayoutStage({ rails: railsWithPoints });
  offerPoints(stage.world, terms);
  for (const member of ['ann', 'bob'] as const) {
    await choose(stage, { member, rail: 'points' });
  }
  for (const gift of gifts) await give(stage, gift);
  for (const step of steps) {
    if (step.kind === 'run') await stage.run(step.run, step.death ?? undefined);
    else if (step.kind === 'give') await give(stage, step.gift);
    else if (step.kind === 'pass') stage.pass(step.days);
    else if (step.kind === 'choose') await choose(stage, step.choice);
    else {
      await stage.race(step.names, step.seed, async () => {
        for (const choice of step.choices) await choose(stage, choice);
        for (const gift of step.gifts) await give(stage, gift);
      });
    }
  }
  for (const name of stage.runs) expect(await stage.run(name)).toMatchObject({ failed: 0 });
  await stage.settle('final');
  return stage;
}

function paidIn({ world }: PayoutStage): readonly PaidPoints[] {
  return [...world.table.entries.values()].flatMap((entry) => paidPointsOf(entry) ?? []);
}

/** What was given is in the wallet, on a card, or became points; each wallet once in each run. */
async function expectNothingLost(stage: PayoutStage): Promise<void> {
  const { balances, holds } = stage.world.table;
  const paid = paidIn(stage);
  const left = new Map(stage.given);
  const got = new Map<string, bigint>();
  for (const { member, given, got: points } of paid) {
    const wallet = `${member} ${given.currency}`;
    left.set(wallet, (left.get(wallet) ?? 0n) - given.amountMinor);
    got.set(member, (got.get(member) ?? 0n) + points.points);
  }
  for (const { redemption, entry, unit, points } of holds.values()) {
    const record = await stage.world.dependencies.redemptions.read(redemption);
    if (record?.order?.state !== 'captured') continue;
    const wallet = `${entry.member} ${unit}`;
    left.set(wallet, (left.get(wallet) ?? 0n) - points);
  }
  for (const { member, unit, balance } of balances.values()) {
    const expected = unit === 'PTS' ? got.get(member) : left.get(`${member} ${unit}`);
    const found = [...balance.lots.values()].reduce((sum, lot) => sum + lot, 0n);
    expect([member, unit, found]).toEqual([member, unit, expected]);
    expect(balance.debt).toBe(0n);
  }
  const onCards = [...holds.values()].map(({ entry, unit, terms: { payout } }) => {
    return `${payout?.run} ${entry.member} ${unit}`;
  });
  const inPoints = paid.map(({ run, member, given }) => `${run} ${member} ${given.currency}`);
  const wallets = [...onCards, ...inPoints];
  expect(new Set(wallets).size).toBe(wallets.length);
}

/** By its own arithmetic: the exchange's terms, on what the conversion before it gave. */
function expectTerms(stage: PayoutStage, { points, amountMinor, minimum, rounding }: Terms): void {
  for (const entry of stage.world.table.entries.values()) {
    const paid = paidPointsOf(entry);
    if (paid === undefined) continue;
    const worth = entry.exchanges?.[0]?.toMinor ?? paid.given.amountMinor;
    const [times, rest] = [worth * BigInt(points), BigInt(amountMinor)];
    const [floor, over] = [times / rest, times % rest];
    const isUp = rounding === 'up' ? over > 0n : rounding === 'halfUp' && 2n * over >= rest;
    expect(paid.got.points).toBe(isUp ? floor + 1n : floor);
    expect(worth).toBeGreaterThanOrEqual(BigInt(minimum ?? 1));
    // A minor unit less would be a point less; all these currencies have two decimals.
    const { numerator, denominator } = entry.exchanges?.[0]?.rate ?? one;
    const less = ((paid.given.amountMinor - 1n) * numerator) / denominator;
    if (rounding === 'down') expect((less * BigInt(points)) / rest).toBeLessThan(floor);
  }
}

async function expectReported(stage: PayoutStage): Promise<void> {
  const paid = paidIn(stage);
  for (const run of stage.runs) {
    const asked = { program, run };
    const { report } = await reportPayouts(stage.paying.dependencies, asked);
    expect(report.mismatches()).toEqual([]);
    const own = paid.filter((each) => each.run === run);
    const holds = [...stage.world.table.holds.values()];
    const onCards = holds.filter(({ terms }) => terms.payout?.run === run);
    const count = report.rows().reduce((sum, { payouts }) => sum + payouts, 0);
    expect(count).toBe(own.length + onCards.length);
    const rows = report.rows().filter(({ rail }) => rail === 'points');
    for (const { currency, paidMinor, netMinor, grossMinor, points } of rows) {
      const same = own.filter(({ given }) => given.currency === currency);
      const total = same.reduce((sum, { given }) => sum + given.amountMinor, 0n);
      expect([paidMinor, netMinor, grossMinor]).toEqual([total, total, total]);
      expect(points.get('PTS')).toBe(same.reduce((sum, { got }) => sum + got.points, 0n));
    }
  }
}

describe('wallets that are paid in points, whatever machines do', () => {
  it('become points once, at the rate, and what does not fill one stays', async () => {
    const property = fc.asyncProperty(anyStory, async (story) => {
      const stage = await told(story);
      await audit(createMemoryLedgerScan(stage.world.table));
      await expectNothingLost(stage);
      expectTerms(stage, story.terms);
      await expectReported(stage);
    });
    await fc.assert(property, runs(100));
  }, 60_000);
});
