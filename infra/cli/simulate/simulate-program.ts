import { profileOf } from '../../../shared/domain/member/profile.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { tierAt } from '../../../shared/domain/tiers/tier.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { LedgerStore } from '../../../shared/ports/ledger.ts';
import type { LedgerScan } from '../../../shared/ports/stores.ts';
import type { GivenRates } from '../replay/given-rates.ts';
import type { EventCounts } from '../run/event-feed.ts';
import { type LedgerSummary, summariseState } from '../run/ledger-summary.ts';
import { DayFigures } from './day-figures.ts';
import { type DiskLedger, openDiskLedger } from './disk-ledger.ts';
import { type MemberFigure, MemberFigures, type Spend } from './member-figures.ts';
import { MonthFigures } from './month-figures.ts';
import { type LimitCount, ReasonCounts } from './reason-counts.ts';
import { type ReplayInput, replayFile } from './replay-file.ts';

export interface BudgetUse {
  readonly budget: string;
  readonly points: bigint;
  readonly used: bigint;
}

/** What a program would have done with a file of events. */
export interface ProgramSimulation {
  readonly program: Program;
  readonly asOf: Instant;
  /** Events, ledger and members are those of `run` on the same file. */
  readonly events: EventCounts;
  readonly ledger: LedgerSummary;
  readonly memberCount: number;
  readonly months: MonthFigures;
  readonly days: DayFigures;
  /** Those that it was played with. */
  readonly rates?: GivenRates;
  readonly members: ReadonlyMap<string, MemberFigure>;
  readonly spend: ReadonlyMap<string, Spend>;
  /** Members by level, from the lowest; absent without tiers. */
  readonly tiers?: ReadonlyMap<string, number>;
  readonly budgets: readonly BudgetUse[];
  readonly limits: readonly LimitCount[];
  /** Entries by kind and reason. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly cases: ReadonlyMap<string, number>;
}

/**
 * Plays a file of events through the engine and sums up what came of it. Entries lie in a temporary
 * file, which is gone afterwards whatever happens.
 */
export async function simulateProgram(input: ReplayInput): Promise<ProgramSimulation> {
  const { program, asOf, rates } = input;
  const ledger = openDiskLedger();
  try {
    const events = await replayFile(ledger.store, input);
    const months = new MonthFigures(program.timeZone);
    const days = new DayFigures(program.timeZone);
    const members = new MemberFigures(program);
    const reasons = new ReasonCounts(program);
    const seen = readBy(ledger.scan, [months, days, members, reasons]);
    const state = await summariseState(seen, program, asOf);
    const tiers = await tierMix(ledger.store, program, asOf);
    return {
      ...{ program, asOf, events, ledger: state.ledger, memberCount: state.members },
      ...{ months, days, ...(rates && { rates }) },
      ...{ members: members.members, spend: members.spend, ...(tiers && { tiers }) },
      ...{ budgets: budgetUse(ledger, program), limits: reasons.limits() },
      ...{ reasons: reasons.reasons, cases: await caseCounts(ledger.store, program.program) },
    };
  } finally {
    ledger.close();
  }
}

type Reader = Pick<MonthFigures | DayFigures | MemberFigures | ReasonCounts, 'add'>;

/** The same scan; whoever reads the entries reads them to the readers too. */
function readBy(scan: LedgerScan, readers: readonly Reader[]): LedgerScan {
  return {
    ...scan,
    async *items() {
      for await (const item of scan.items()) {
        for (const reader of readers) reader.add(item.entry);
        yield item;
      }
    },
  };
}

/** Whoever was merged into another is on no level of their own. */
async function tierMix(
  store: LedgerStore,
  program: Program,
  at: Instant,
): Promise<Map<string, number> | undefined> {
  const { tiers } = program;
  if (tiers === undefined) return undefined;
  const mix = new Map(tiers.levels.map(({ id }) => [id, 0]));
  for await (const member of store.members(program.program)) {
    const snapshot = await store.readMember({ program: program.program, member });
    const level = tierAt(snapshot, program, at);
    if (level === undefined || profileOf(snapshot)?.mergedInto !== undefined) continue;
    mix.set(level, (mix.get(level) ?? 0) + 1);
  }
  return mix;
}

function budgetUse({ budgetUsed }: DiskLedger, { program, budgets }: Program): BudgetUse[] {
  return budgets.map(({ id: budget, points, shards }) => ({
    ...{ budget, points: BigInt(points), used: budgetUsed({ program, budget, shards }) },
  }));
}

async function caseCounts(store: LedgerStore, program: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { reason } of store.cases(program)) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts;
}
