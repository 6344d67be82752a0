import { createMemoryLedgerScan } from '../../../shared/adapters/memory/ledger-scan.ts';
import { MemoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { createMemoryProjectionStore } from '../../../shared/adapters/memory/projection-store.ts';
import { project } from '../../../shared/app/booking/project.ts';
import { offersOf } from '../../../shared/app/catalogue/offers.ts';
import { viewerOf } from '../../../shared/app/catalogue/viewer.ts';
import { viewHistory } from '../../../shared/app/members/history-view.ts';
import { viewStatement } from '../../../shared/app/members/statement.ts';
import { redemptionView } from '../../../shared/app/redemption/redemption-view.ts';
import type { Budget } from '../../../shared/domain/program/schema.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { accountName } from '../ledger/account-name.ts';
import { type Difference, differs, namedDiffer, partDiffers } from './differences.ts';
import { lastOf } from './explained.ts';
import { memberDifferences } from './member-differences.ts';
import { payoutRowsDiffer } from './payout-step.ts';
import { recordOf } from './redemption-step.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { ExpectStep } from './scenario-schema.ts';
import type { ReplayWorld } from './world.ts';

/** Compares what stands now. */
export async function expectDifferences(
  { expect }: ExpectStep,
  context: StepContext,
): Promise<StepFindings> {
  const { members = {}, cases, budgets, accounts, totals = {} } = expect;
  const { redemptions = {}, offers = [], payouts = {}, history = {} } = expect;
  const { world, compiled } = context;
  const differences: Difference[] = [];
  const because: string[] = [];
  for (const [member, state] of Object.entries(members)) {
    const snapshot = await readMember(world, member);
    const found = memberDifferences({ compiled, snapshot, at: world.now }, state);
    differences.push(...found.map((one) => ({ ...one, path: `members.${member}.${one.path}` })));
    if (found.length > 0) because.push(...lastOf(world, member, compiled.program.timeZone));
  }
  if (cases !== undefined) {
    differences.push(...differs('cases', cases.toSorted(), (await casesOf(world)).sort()));
  }
  if (budgets !== undefined) {
    const left = await budgetsLeft(world, compiled.program.budgets);
    differences.push(...namedDiffer('budgets', budgets, (budget) => left.get(budget) ?? 0n));
  }
  for (const [account, sums] of Object.entries(accounts ?? {})) {
    const totals = await totalsOf(world, account);
    differences.push(...namedDiffer(`accounts.${account}`, sums, (unit) => totals.get(unit) ?? 0n));
  }
  for (const [id, status] of Object.entries(redemptions)) {
    const record = await recordOf(id, context);
    differences.push(...differs(`redemptions.${id}`, status, redemptionView(record).status));
  }
  for (const [place, offered] of offers.entries()) {
    const found = await rewardsFor(offered, context);
    differences.push(...differs(`offers.${place}`, offered.rewards.toSorted(), found.sort()));
  }
  for (const [member, total] of Object.entries(totals)) {
    differences.push(...(await totalDiffers(world, member, total)));
  }
  for (const [run, rows] of Object.entries(payouts)) {
    differences.push(...(await payoutRowsDiffer(world, run, rows)));
  }
  for (const [member, lines] of Object.entries(history)) {
    differences.push(...(await historyDiffers(world, member, lines)));
  }
  return { differences, because };
}

/** The newest first, as the statement's page has them. */
async function historyDiffers(
  { program, table }: ReplayWorld,
  member: string,
  expected: readonly Readonly<Record<string, unknown>>[],
): Promise<Difference[]> {
  const store = createMemoryProjectionStore(new MemoryTable());
  await project(store, [...table.entries.values()]);
  const { lines } = await viewHistory(store, { program, member });
  return expected.flatMap((line, index) =>
    partDiffers(`history.${member}.${index}`, line, lines[index]),
  );
}

/** As the catalogue shows them. */
async function rewardsFor(
  { member, country }: { readonly member: string; readonly country: string },
  { compiled, world }: StepContext,
): Promise<string[]> {
  const snapshot = await readMember(world, member);
  const viewer = viewerOf({ compiled, now: world.now, country, language: undefined }, snapshot);
  const offers = await offersOf(world.dependencies, compiled.program, viewer);
  return offers.map(({ rewardId }) => rewardId);
}

/** What the member's statement says. */
async function totalDiffers(
  { dependencies, program }: ReplayWorld,
  member: string,
  expected: NonNullable<ExpectStep['expect']['totals']>[string],
): Promise<Difference[]> {
  const seen = await viewStatement(dependencies, { program, member });
  invariant(seen.ok, 'The program of a world is published.');
  const { currency, amountMinor, leftOut } = seen.value.total;
  const path = `totals.${member}`;
  return [
    ...differs(`${path}.currency`, expected.currency, currency),
    ...differs(`${path}.amountMinor`, expected.amountMinor, amountMinor),
    ...differs(`${path}.leftOut`, expected.leftOut.toSorted(), leftOut.toSorted()),
  ];
}

/** Somebody whose points went into another member's wallet is shown by what is theirs. */
function readMember({ dependencies: { ledger }, program }: ReplayWorld, member: string) {
  return ledger.readMember({ program, member });
}

async function casesOf({ dependencies: { ledger }, program }: ReplayWorld): Promise<string[]> {
  const reasons: string[] = [];
  for await (const { reason } of ledger.cases(program)) reasons.push(reason);
  return reasons;
}

async function budgetsLeft(
  { dependencies: { ledger }, program }: ReplayWorld,
  declared: readonly Budget[],
): Promise<Map<string, bigint>> {
  const budgets = declared.map(({ id, shards }) => ({ budget: id, shards }));
  const asked = { members: [], hashes: [], originals: [], budgets };
  const { budgets: drawn } = await ledger.readForPosting({ program, ...asked });
  return new Map(
    declared.map(({ id, points }) => [
      id,
      (drawn.get(id) ?? []).reduce((left, used) => left - used, BigInt(points)),
    ]),
  );
}

/** Of every account of a kind, or of the one that is named whole. */
async function totalsOf({ table }: ReplayWorld, named: string): Promise<Map<string, bigint>> {
  const totals = new Map<string, bigint>();
  for await (const { entry } of createMemoryLedgerScan(table).items()) {
    for (const { account, unit, amount } of entry.legs) {
      if (![account.kind, accountName(account)].includes(named)) continue;
      totals.set(unit, (totals.get(unit) ?? 0n) + amount);
    }
  }
  return totals;
}
