import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryLedgerScan } from '../../shared/adapters/memory/ledger-scan.ts';
import { reportPayouts } from '../../shared/app/payouts/report-payouts.ts';
import { isFinal } from '../../shared/domain/redemption/order.ts';
import { parseReference } from '../../shared/domain/redemption/reference.ts';
import { invariant } from '../../shared/domain/result.ts';
import type { RedemptionRecord } from '../../shared/ports/stores.ts';
import { audit, collected } from '../stores/auditor.ts';
import { policy, program } from '../support/paying.ts';
import type { PlaceAnswer } from '../support/scripted-provider.ts';
import { type Death, PayoutStage } from './payout-stage.ts';
import { runs } from './runs.ts';
import { accountsIn } from './state.ts';

const anyUnit = fc.constantFrom('EUR', 'GBP', 'USD');
const anyMember = fc.constantFrom('ann', 'bob', 'eve');
const anyRun = fc.constantFrom('run-1', 'run-2', 'run-3');

const anyFee = fc.record({
  bearer: fc.constantFrom('member', 'program'),
  fixedMinor: fc.record({ EUR: fc.integer({ min: 1, max: 2_000 }) }),
  basisPoints: fc.integer({ min: 1, max: 900 }),
  maximumMinor: fc.record({ EUR: fc.integer({ min: 1, max: 3_000 }) }),
});

const anyAnswer: fc.Arbitrary<PlaceAnswer> = fc.oneof(
  fc.constantFrom<PlaceAnswer>('accept', 'pend', 'pend', 'lost', 'dropped'),
  fc
    .constantFrom(...(['permanent', 'retrySameKey', 'retryNewKey', 'waitForFunds'] as const))
    .map((reject) => ({ reject })),
);

const anyDeath: fc.Arbitrary<Death> = fc.record({
  nth: fc.integer({ min: 1, max: 60 }),
  when: fc.constantFrom('before', 'after'),
  isKilled: fc.boolean(),
});

const anyGift = fc.record({
  member: anyMember,
  unit: anyUnit,
  amountMinor: fc.integer({ min: 1, max: 9_000 }),
});

const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('run'), run: anyRun, death: fc.option(anyDeath) }),
  fc.record({
    kind: fc.constant('race'),
    ...{ names: fc.tuple(anyRun, anyRun), seed: fc.nat(), gifts: fc.array(anyGift) },
  }),
  fc.record({ kind: fc.constant('give'), gift: anyGift }),
  fc.record({
    kind: fc.constant('settle'),
    ...{ death: fc.option(anyDeath), state: fc.constantFrom('final', 'final', 'failed') },
  }),
  fc.record({ kind: fc.constant('undo'), isRedone: fc.boolean() }),
  fc.record({ kind: fc.constant('pass'), days: fc.constantFrom(1, 5, 40) }),
);

const anyChoice = fc.record({
  rail: fc.constantFrom('bank', 'bank', 'card', 'give'),
  currency: anyUnit,
  percent: fc.option(fc.constantFrom(1, 33, 50, 99, 100)),
  hasPayee: fc.constantFrom(true, true, true, false),
});

const anyStory = fc.record({
  fees: fc.tuple(fc.option(anyFee), fc.option(anyFee)),
  choices: fc.tuple(anyChoice, anyChoice, anyChoice),
  gifts: fc.array(anyGift, { minLength: 1, maxLength: 6 }),
  placing: fc.tuple(fc.array(anyAnswer, { maxLength: 6 }), fc.array(anyAnswer, { maxLength: 6 })),
  steps: fc.array(anyStep, { maxLength: 9 }),
});
type Value<Of> = Of extends fc.Arbitrary<infer Its> ? Its : never;
type Story = Value<typeof anyStory>;
type Step = Value<typeof anyStep>;

async function told({ fees, choices, gifts, placing, steps }: Story): Promise<PayoutStage> {
  const [bank, card, give] = policy.rails;
  const [bankFee, cardFee] = fees;
  const stage = new PayoutStage({
    rails: [
      { ...bank, fee: bankFee ?? { bearer: 'program' } },
      { ...card, ...(cardFee && { fee: cardFee }) },
      give,
    ],
  });
  for (const [index, member] of ['ann', 'bob', 'eve'].entries()) {
    const { rail, currency, percent, hasPayee } = choices[index] ?? choices[0];
    const donation = percent === null ? {} : { donation: { charity: 'food-bank', percent } };
    await stage.choose(member, { rail, currency, ...donation }, hasPayee);
  }
  for (const gift of gifts) await fill(stage, gift);
  for (const [index, provider] of stage.providers.entries()) {
    provider.placing = [...(placing[index] ?? [])];
  }
  for (const step of steps) {
    await taken(stage, step);
    await expectOneOpen(stage);
  }
  for (const name of stage.runs) expect(await stage.run(name)).toMatchObject({ failed: 0 });
  await stage.settle('final');
  return stage;
}

function fill(stage: PayoutStage, { member, unit, amountMinor }: Value<typeof anyGift>) {
  return stage.give(member, unit, BigInt(amountMinor));
}

async function taken(stage: PayoutStage, step: Step): Promise<void> {
  if (step.kind === 'give') await fill(stage, step.gift);
  else if (step.kind === 'run') await stage.run(step.run, step.death ?? undefined);
  else if (step.kind === 'settle') await stage.settle(step.state, step.death ?? undefined);
  else if (step.kind === 'undo') await stage.undo(step.isRedone);
  else if (step.kind === 'pass') stage.pass(step.days);
  else {
    await stage.race(step.names, step.seed, async () => {
      for (const gift of step.gifts) await fill(stage, gift);
    });
  }
}

async function recordsOf({ world }: PayoutStage): Promise<RedemptionRecord[]> {
  const { redemptions } = world.dependencies;
  const read = [...world.table.holds.keys()].map((id) => redemptions.read(id));
  return (await Promise.all(read)).flatMap((record) => record ?? []);
}

/** What came back after it was paid may be open beside a newer one. */
async function expectOneOpen(stage: PayoutStage): Promise<void> {
  const open = (await recordsOf(stage)).filter(
    ({ order, reopenings }) => reopenings.length === 0 && !(order && isFinal(order)),
  );
  const wallets = open.map(({ hold }) => `${hold.entry.member} ${hold.unit}`);
  expect(new Set(wallets).size).toBe(wallets.length);
}

/** Every minor unit that was ever given is there, was paid out once, or was given away. */
async function expectNothingLost(stage: PayoutStage): Promise<void> {
  const { table } = stage.world;
  const found = new Map<string, bigint>();
  const add = (wallet: string, amount: bigint) => {
    found.set(wallet, (found.get(wallet) ?? 0n) + amount);
  };
  for (const { member, unit, balance } of table.balances.values()) {
    expect(balance.debt).toBe(0n);
    for (const [, amount] of balance.lots) add(`${member} ${unit}`, amount);
  }
  for (const { hold, order, reopenings } of await recordsOf(stage)) {
    const { terms, points, entry, unit } = hold;
    invariant(terms.payout !== undefined, 'Only payouts are held here.');
    expect(['captured', 'released']).toContain(order?.state);
    const isPaid = order?.state === 'captured';
    const given = reopenings.length > 0 ? terms.payout.donatedMinor : 0n;
    add(`${entry.member} ${unit}`, isPaid ? points : given);
  }
  const printed = (amounts: ReadonlyMap<string, bigint>) =>
    Object.fromEntries([...amounts].filter(([, amount]) => amount !== 0n).sort());
  expect(printed(found)).toEqual(printed(stage.given));
}

/** In the providers' own books: one order for each payout that is paid, of its amount. */
async function expectPaidOnce(stage: PayoutStage): Promise<void> {
  const made = stage.providers.flatMap((provider) => provider.rewards());
  const orders = made.map(({ order }) => [
    ...[parseReference(order.reference)?.redemption, order.value.amountMinor, order.value.currency],
  ]);
  const paid = (await recordsOf(stage)).filter(
    ({ hold, order }) => order?.state === 'captured' && hold.terms.kind !== 'donation',
  );
  const asked = paid.map(({ hold }) => [hold.redemption, hold.amountMinor, hold.currency]);
  expect(orders.sort()).toEqual(asked.sort());
  for (const [, amountMinor] of orders) expect(amountMinor).toBeGreaterThan(0n);
  const cases = [...stage.world.table.cases.values()].map(({ reason }) => reason);
  expect(cases.filter((reason) => reason.startsWith('SUCCESS'))).toEqual([]);
}

async function expectBooked(stage: PayoutStage): Promise<void> {
  const { table } = stage.world;
  const entries = await audit(createMemoryLedgerScan(table));
  for (const { kind, legs, exchanges = [] } of entries) {
    if (!legs.some(({ account }) => account.kind === 'fxResult')) continue;
    expect([kind, exchanges.length]).toEqual(['reopen', 1]);
  }
  const held = Object.keys(accountsIn(table)).filter((account) => account.endsWith(' held'));
  expect(held).toEqual([]);
}

async function expectReported(stage: PayoutStage): Promise<void> {
  const { paying, runs: names } = stage;
  const records = await recordsOf(stage);
  for (const run of names) {
    const { report, unplaced, skipped } = await reportPayouts(paying.dependencies, {
      ...{ program, run },
    });
    expect(report.mismatches()).toEqual([]);
    const lines = await collected(paying.dependencies.payouts.lines(program, run));
    const placed = records.filter(({ hold }) => hold.terms.payout?.run === run);
    const payouts = lines.flatMap(({ outcome }) => ('payout' in outcome ? outcome.payout : []));
    expect(payouts).toEqual(expect.arrayContaining(placed.map(({ hold }) => hold.redemption)));
    expect(payouts).toHaveLength(placed.length + unplaced);
    const rows = report.rows();
    const total = (of: (row: (typeof rows)[number]) => bigint | number) =>
      rows.reduce((sum, row) => sum + BigInt(of(row)), 0n);
    expect(total((row) => row.payouts)).toBe(BigInt(placed.length));
    expect([...skipped.values()].reduce((sum, count) => sum + count, 0)).toBe(
      lines.length - payouts.length,
    );
    const net = placed.reduce((sum, { hold }) => sum + hold.amountMinor, 0n);
    expect(total((row) => row.netMinor)).toBe(net);
    expect(total((row) => row.openMinor)).toBe(0n);
  }
}

describe('payouts, whatever runs, providers and machines do', () => {
  it('leave each wallet whole, paid once, or given back, to the cent', async () => {
    const property = fc.asyncProperty(anyStory, async (story) => {
      const stage = await told(story);
      await expectBooked(stage);
      await expectNothingLost(stage);
      await expectPaidOnce(stage);
      await expectReported(stage);
    });
    await fc.assert(property, runs(200));
  }, 120_000);
});
