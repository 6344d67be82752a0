import type { Language } from '../../domain/message/language.ts';
import type { Money } from '../../domain/money/money.ts';
import type { ReturnedMoney, ToldPayout } from '../../domain/payout/told.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { RedemptionStatus } from '../../domain/redemption/status.ts';
import type { Instant } from '../../domain/time.ts';
import type { RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import type { HistoryLine } from '../members/history-view.ts';
import { promisedByOf } from '../redemption/promised-by.ts';
import { redemptionView } from '../redemption/redemption-view.ts';
import { rewardNameOf } from './claim-terms.ts';
import { paidAgain, returnedMoney, toldPayout } from './payout-told.ts';

interface RewardDependencies {
  readonly redemptions: Pick<RedemptionStore, 'read'>;
}

/** Money that is paid out, and what of it has come back where its line tells of that. */
export interface StatementPayout extends ToldPayout {
  readonly returned?: ReturnedMoney;
}

export interface OpenRedemption {
  readonly rewardName: string;
  readonly value: Money;
  readonly status: RedemptionStatus;
  readonly payout?: StatementPayout & { readonly promisedBy: Instant };
}

export interface StatementLine extends HistoryLine {
  /** Of a redemption that has ended: what it was called when it was asked for. */
  readonly rewardName?: string;
  readonly payout?: StatementPayout;
}

interface Spoken {
  readonly program: Program;
  readonly language: Language;
}

/** What is under way, of the lines of redemptions that are. */
export async function readOpen(
  { redemptions }: RewardDependencies,
  { program, language }: Spoken,
  lines: readonly HistoryLine[],
): Promise<OpenRedemption[]> {
  const records = await Promise.all(
    lines.map(({ redemption }) => redemptions.read(redemption?.id ?? '')),
  );
  return records.flatMap((record) => {
    if (record === undefined) return [];
    const { amountMinor, currency, status } = redemptionView(record);
    const rewardName = rewardNameOf(record.hold, program);
    const told = toldPayout(record.hold, program, [language]);
    const payout = told && { ...told, promisedBy: promisedByOf(record) };
    return [{ rewardName, value: { amountMinor, currency }, status, ...(payout && { payout }) }];
  });
}

/**
 * Lines with the names of their rewards: of each reward one redemption is read, the newest. Each
 * payout has amounts of its own, and is read.
 */
export async function withRewardNames(
  { redemptions }: RewardDependencies,
  { program, language }: Spoken,
  lines: readonly HistoryLine[],
): Promise<StatementLine[]> {
  const reads = new Map<string, Promise<RedemptionRecord | undefined>>();
  const recordOf = (id: string) => {
    const reading = reads.get(id) ?? redemptions.read(id);
    reads.set(id, reading);
    return reading;
  };
  const newest = new Map<string, string>();
  for (const { rule, redemption } of lines) {
    if (rule === undefined || redemption === undefined || newest.has(rule)) continue;
    newest.set(rule, redemption.id);
  }
  const told = lines.map(async (line): Promise<StatementLine> => {
    const { rule = '', redemption } = line;
    const first = redemption && (await recordOf(newest.get(rule) ?? redemption.id));
    if (first === undefined) return line;
    if (first.hold.terms.payout === undefined) {
      return { ...line, rewardName: rewardNameOf(first.hold, program) };
    }
    const record = await recordOf(redemption?.id ?? '');
    const payout = record && payoutIn(line, record, toldPayout(record.hold, program, [language]));
    return payout ? { ...line, rewardName: payout.rail, payout } : line;
  });
  return Promise.all(told);
}

function payoutIn(
  { kind, amounts }: HistoryLine,
  record: RedemptionRecord,
  told: ToldPayout | undefined,
): StatementPayout | undefined {
  if (told === undefined) return undefined;
  if (kind === 'release') return { ...told, returned: returnedMoney(record) };
  const { amountMinor, currency } = told.amounts.gross;
  const isAgain = kind === 'capture' && amounts[currency] !== `${-amountMinor}`;
  return isAgain ? paidAgain(told) : told;
}
