import { PayoutReport, type PayoutStanding } from '../../domain/payout/report.ts';
import { invariant } from '../../domain/result.ts';
import type { PayoutLine, PayoutStore } from '../../ports/payouts.ts';
import type { RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import { type PaidPointsDependencies, readPaidPoints } from './paid-points.ts';

export interface ReportDependencies extends PaidPointsDependencies {
  readonly payouts: Pick<PayoutStore, 'lines'>;
  readonly redemptions: Pick<RedemptionStore, 'read'>;
}

export interface ReportedRun {
  readonly report: PayoutReport;
  /** Wallets that were left, by the reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Planned, and never held or booked: the run ended between the two. */
  readonly unplaced: number;
}

/** What became of a run's payouts by now. Memory grows with its rails and members' names. */
export async function reportPayouts(
  dependencies: ReportDependencies,
  { program, run }: { readonly program: string; readonly run: string },
): Promise<ReportedRun> {
  const { payouts, redemptions } = dependencies;
  const report = new PayoutReport();
  const skipped = new Map<string, number>();
  let unplaced = 0;
  for await (const { outcome, member } of payouts.lines(program, run)) {
    if (outcome.kind === 'skipped') {
      skipped.set(outcome.reason, (skipped.get(outcome.reason) ?? 0) + 1);
      continue;
    }
    const { payout } = outcome;
    const record = await redemptions.read(payout);
    // Where two processes of one run have read two choices, the line may tell the other one.
    const points = record ? undefined : await readPaidPoints(dependencies, { program, payout });
    if (record !== undefined) addRecord(report, record, { outcome, member });
    else if (points !== undefined) report.addPoints(points);
    else unplaced += 1;
  }
  return { report, skipped, unplaced };
}

function addRecord(
  report: PayoutReport,
  record: RedemptionRecord,
  { member }: Pick<PayoutLine, 'outcome' | 'member'>,
): void {
  const { hold, settlements, reopenings } = record;
  const { amountMinor, currency, points, rewardId: rail, terms, unit } = hold;
  invariant(terms.payout !== undefined, 'A line of a run names a payout.');
  const entries = [hold, ...settlements, ...reopenings].map(({ entry }) => entry);
  report.add({
    ...{ member, rail, unit, points, amountMinor, currency, terms: terms.payout },
    standing: standingOf(record),
    wasPaid: reopenings.length > 0,
    legs: entries.map(({ legs }) => legs),
  });
}

/** How it stands, in the words of reports. */
export function standingOf({ order, reopenings }: RedemptionRecord): PayoutStanding {
  if (order?.state === 'captured') return 'paid';
  if (order?.state !== 'released') return 'open';
  return reopenings.length > 0 ? 'returned' : 'failed';
}
