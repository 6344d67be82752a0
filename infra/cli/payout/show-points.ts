import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { PaidPoints } from '../../../shared/domain/payout/points.ts';
import { formatInstant } from '../../../shared/domain/time.ts';
import type { PayoutRun } from '../../../shared/ports/payouts.ts';
import { inColumns, type PrintedMoney, payoutStates } from './show.ts';

/** A payout that became points at once; digits. */
export interface ShownPoints {
  readonly payout: string;
  readonly member: string;
  readonly run: string;
  readonly requestedBy?: string;
  readonly rail: string;
  /** One of the program's. */
  readonly exchange: string;
  readonly gross: PrintedMoney;
  /** How money changed its currency before, at which rate and of which day. */
  readonly converted?: string;
  readonly points: { readonly unit: string; readonly points: string };
  readonly state: 'paid';
  readonly paidAt: string;
}

export function shownPoints(
  payout: string,
  { member, run: name, rail, exchange, given, got, converted, paidAt }: PaidPoints,
  run: PayoutRun | undefined,
): ShownPoints {
  return {
    ...{ payout, member, run: name },
    ...(run && { requestedBy: run.requestedBy }),
    ...{ rail, exchange, state: 'paid' },
    gross: { amountMinor: `${given.amountMinor}`, currency: given.currency },
    ...(converted !== undefined && { converted }),
    points: { unit: got.unit, points: `${got.points}` },
    paidAt: formatInstant(paidAt),
  };
}

export function pointsInWords(shown: ShownPoints): readonly string[] {
  const { converted, exchange, gross, points, rail, requestedBy } = shown;
  const { amountMinor, currency } = gross;
  const by = requestedBy === undefined ? '' : `, asked for by ${requestedBy}`;
  return inColumns([
    ['payout', `${shown.payout} ${payoutStates[shown.state]}`],
    ['member', shown.member],
    ['run', `${shown.run}${by}`],
    ['rail', rail],
    ['from the wallet', formatMoney('en', { amountMinor: BigInt(amountMinor), currency })],
    converted === undefined ? undefined : ['converted', converted],
    ['to the member', `${points.points} ${points.unit}, by ${exchange}`],
    ['booked', shown.paidAt],
  ]);
}
