import type { Money } from '../../domain/money/money.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { RedemptionStatus } from '../../domain/redemption/status.ts';
import type { RedemptionStore } from '../../ports/stores.ts';
import type { HistoryLine } from '../members/history-view.ts';
import { redemptionView } from '../redemption/redemption-view.ts';
import { rewardNameOf } from './claim-terms.ts';

interface RewardDependencies {
  readonly redemptions: Pick<RedemptionStore, 'read'>;
}

export interface OpenRedemption {
  readonly rewardName: string;
  readonly value: Money;
  readonly status: RedemptionStatus;
}

export interface StatementLine extends HistoryLine {
  /** Of a redemption that has ended: what it was called when it was asked for. */
  readonly rewardName?: string;
}

/** What is under way, of the lines of redemptions that are. */
export async function readOpen(
  { redemptions }: RewardDependencies,
  program: Program,
  lines: readonly HistoryLine[],
): Promise<OpenRedemption[]> {
  const records = await Promise.all(
    lines.map(({ redemption }) => redemptions.read(redemption?.id ?? '')),
  );
  return records.flatMap((record) => {
    if (record === undefined) return [];
    const { amountMinor, currency, status } = redemptionView(record);
    const rewardName = rewardNameOf(record.hold, program);
    return [{ rewardName, value: { amountMinor, currency }, status }];
  });
}

/** Lines with the names of their rewards: of each reward one redemption is read, the newest. */
export async function withRewardNames(
  { redemptions }: RewardDependencies,
  program: Program,
  lines: readonly HistoryLine[],
): Promise<StatementLine[]> {
  const newest = new Map<string, string>();
  for (const { rule, redemption } of lines) {
    if (rule === undefined || redemption === undefined || newest.has(rule)) continue;
    newest.set(rule, redemption.id);
  }
  const read = [...newest].map(async ([rewardId, redemption]) => {
    const record = await redemptions.read(redemption);
    return [rewardId, record && rewardNameOf(record.hold, program)] as const;
  });
  const names = new Map(await Promise.all(read));
  return lines.map((line) => {
    const { rule = '', redemption } = line;
    const rewardName = redemption && names.get(rule);
    return rewardName === undefined ? line : { ...line, rewardName };
  });
}
