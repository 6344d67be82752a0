import { createMemoryLedgerScan } from '../../../shared/adapters/memory/ledger-scan.ts';
import type { Budget } from '../../../shared/domain/program/schema.ts';
import { type Difference, differs, namedDiffer } from './differences.ts';
import { lastOf } from './explained.ts';
import { memberDifferences } from './member-differences.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { ExpectStep } from './scenario-schema.ts';
import type { ReplayWorld } from './world.ts';

/** Compares what stands now. */
export async function expectDifferences(
  { expect }: ExpectStep,
  context: StepContext,
): Promise<StepFindings> {
  const { members = {}, cases, budgets, accounts } = expect;
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
  return { differences, because };
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

async function totalsOf({ table }: ReplayWorld, kind: string): Promise<Map<string, bigint>> {
  const totals = new Map<string, bigint>();
  for await (const { entry } of createMemoryLedgerScan(table).items()) {
    for (const { account, unit, amount } of entry.legs) {
      if (account.kind === kind) totals.set(unit, (totals.get(unit) ?? 0n) + amount);
    }
  }
  return totals;
}
