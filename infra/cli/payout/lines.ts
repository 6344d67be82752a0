import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { readPaidPoints } from '../../../shared/app/payouts/paid-points.ts';
import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { PayoutHindrance } from '../../../shared/domain/payout/decide.ts';
import type { UnitAmount } from '../../../shared/domain/points/wallet-swap.ts';
import type { PayoutRun } from '../../../shared/ports/payouts.ts';
import type { RedemptionRecord } from '../../../shared/ports/stores.ts';
import type { StateTable } from '../state-table.ts';
import { hindranceWords } from './report-words.ts';
import { type PayoutState, payoutStates, stateOf } from './show.ts';

/** What a run has made of one wallet. */
export interface PrintedLine {
  readonly member: string;
  /** Digits of the wallet's currency. */
  readonly availableMinor: string;
  readonly currency: string;
  readonly payout?: string;
  readonly rail?: string;
  /** Absent where the run ended before it was held. */
  readonly state?: PayoutState;
  /** Of one that failed or came back, what its provider, or the pipeline, said last. */
  readonly why?: string;
  readonly skipped?: PayoutHindrance;
  /** What it has become, in digits, where it was paid in points. */
  readonly points?: { readonly unit: string; readonly points: string };
}

/** In no order that means anything. */
export async function* linesOf(
  table: Pick<StateTable, 'ledger' | 'payouts' | 'redemptions'>,
  { program, run }: PayoutRun,
): AsyncGenerator<PrintedLine> {
  const { payouts, redemptions } = table;
  const dependencies = { ...table, digest: systemDigest };
  for await (const { available, member, outcome } of payouts.lines(program, run)) {
    const wallet = { availableMinor: `${available.amountMinor}`, currency: available.currency };
    const line = { member, ...wallet };
    if (outcome.kind === 'skipped') {
      yield { ...line, skipped: outcome.reason };
      continue;
    }
    const { payout, rail } = outcome;
    const record = await redemptions.read(payout);
    const points = record ? undefined : await readPaidPoints(dependencies, { program, payout });
    if (points !== undefined) {
      yield { ...line, payout, rail: points.rail, state: 'paid', points: printed(points.got) };
      continue;
    }
    yield { ...line, payout, rail, ...(record && endOf(record)) };
  }
}

function endOf(record: RedemptionRecord): Pick<PrintedLine, 'state' | 'why'> {
  const state = stateOf(record);
  const why = record.order?.reasons.at(-1);
  const isWhole = state === 'failed' || state === 'returned';
  return isWhole && why !== undefined ? { state, why } : { state };
}

function printed({ unit, points }: UnitAmount): { unit: string; points: string } {
  return { unit, points: `${points}` };
}

export function lineInWords(line: PrintedLine): string {
  const { availableMinor, currency, member, payout, points, rail, skipped, state, why } = line;
  const money = formatMoney('en', { amountMinor: BigInt(availableMinor), currency });
  const whose = `${member}, ${money}`;
  if (skipped !== undefined) return `${whose}: left, ${hindranceWords[skipped]}`;
  if (points !== undefined) {
    return `${whose}: ${payout} by ${rail} became ${points.points} ${points.unit}`;
  }
  const told = state ? payoutStates[state] : 'was not placed';
  return `${whose}: ${payout} by ${rail} ${told}${why === undefined ? '' : ` (${why})`}`;
}
