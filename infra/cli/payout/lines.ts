import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { PayoutHindrance } from '../../../shared/domain/payout/decide.ts';
import type { PayoutRun } from '../../../shared/ports/payouts.ts';
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
  readonly skipped?: PayoutHindrance;
}

/** In no order that means anything. */
export async function* linesOf(
  { payouts, redemptions }: Pick<StateTable, 'payouts' | 'redemptions'>,
  { program, run }: PayoutRun,
): AsyncGenerator<PrintedLine> {
  for await (const { available, member, outcome } of payouts.lines(program, run)) {
    const wallet = { availableMinor: `${available.amountMinor}`, currency: available.currency };
    const line = { member, ...wallet };
    if (outcome.kind === 'skipped') {
      yield { ...line, skipped: outcome.reason };
      continue;
    }
    const record = await redemptions.read(outcome.payout);
    const state = record && { state: stateOf(record) };
    yield { ...line, payout: outcome.payout, rail: outcome.rail, ...state };
  }
}

export function lineInWords(line: PrintedLine): string {
  const { availableMinor, currency, member, payout, rail, skipped, state } = line;
  const money = formatMoney('en', { amountMinor: BigInt(availableMinor), currency });
  const whose = `${member}, ${money}`;
  if (skipped !== undefined) return `${whose}: left, ${hindranceWords[skipped]}`;
  return `${whose}: ${payout} by ${rail} ${state ? payoutStates[state] : 'was not placed'}`;
}
