import { toDecimal } from '../../../shared/domain/money/money.ts';
import type { PayoutHindrance } from '../../../shared/domain/payout/decide.ts';
import { textTable } from '../text-table.ts';
import type { PrintedRow, ReportOfRun } from './report.ts';

/** Why wallets were left, as a person would say it. */
export const hindranceWords: Readonly<Record<PayoutHindrance, string>> = {
  NO_CHOICE: 'the member has not chosen how to be paid',
  RAIL_NOT_OFFERED: 'the program does not offer the chosen rail any more',
  CURRENCY_NOT_ON_RAIL: 'the rail does not pay that currency',
  COUNTRY_BLOCKED: 'nothing is paid to that country',
  COUNTRY_NOT_ON_RAIL: 'the rail does not reach that country',
  PAYEE_MISSING: 'no account to pay to is known',
  CHARITY_MISSING: 'no charity is chosen',
  SHARE_NOT_OFFERED: 'of points no part is given away',
  WALLET_OF_COMPANIES: 'only companies hold the points of the rail',
  EMAIL_MISSING: 'no address that works is known',
  BELOW_THRESHOLD: 'less than the rail pays out',
  FEE_TAKES_ALL: 'the fee would take all of it',
  RATE_MISSING: 'no fresh exchange rate',
  STILL_OPEN: 'an earlier payout is still on its way',
};

const columns = [
  ...['rail', 'currency', 'members', 'payouts', 'gross', 'fees', 'net', 'paid', 'open'],
  ...['failed', 'returned', 'FX result', 'donated', 'points'],
];

/** Amounts in major units. */
export function reportInWords(report: ReportOfRun): readonly string[] {
  const { asOf, differences, program, requestedBy, rows, run, state, totals } = report;
  const skipped = Object.entries(report.skipped).sort(([, left], [, right]) => right - left);
  const payouts = rows.reduce((sum, row) => sum + row.payouts, 0);
  const left = skipped.reduce((sum, [, count]) => sum + count, 0);
  return [
    `Run ${run} of ${program}, as of ${asOf}, asked for by ${requestedBy}: ${state}`,
    ...(rows.length === 0 ? [] : textTable(columns, [...rows, ...totals].map(cells))),
    `${payouts} payouts, ${left} wallets left`,
    ...skipped.map(([reason, count]) => {
      return `  ${count}  ${hindranceWords[reason as PayoutHindrance]} (${reason})`;
    }),
    ...(report.unplaced > 0 ? [`${report.unplaced} planned and not placed: run it again`] : []),
    ...(differences.length === 0 ? ['The report equals the ledger.'] : []),
  ];
}

export function differencesInWords({ differences }: ReportOfRun): readonly string[] {
  return differences.map(({ what, currency, reported, posted }) => {
    const unit = currency === '' ? '' : ` ${currency}`;
    return `NOT EQUAL: ${what}${unit}: the report has ${reported}, the ledger ${posted}.`;
  });
}

function cells(row: PrintedRow): string[] {
  const { currency, members, payouts, rail = 'all' } = row;
  const money = (digits: string) => major(digits, currency);
  return [
    ...[rail, currency, members === undefined ? '' : `${members}`, `${payouts}`],
    ...[money(row.grossMinor), money(row.feesMinor), money(row.netMinor), money(row.paidMinor)],
    ...[money(row.openMinor), money(row.failedMinor), money(row.returnedMinor)],
    ...[inEach(row.fxResult), inEach(row.donated), inUnits(row.points)],
  ];
}

function inUnits(points: Readonly<Record<string, string>>): string {
  const all = Object.entries(points).map(([unit, digits]) => `${digits} ${unit}`);
  return all.join(', ') || '-';
}

function inEach(amounts: Readonly<Record<string, string>>): string {
  const all = Object.entries(amounts).map(([unit, digits]) => `${major(digits, unit)} ${unit}`);
  return all.join(', ') || '-';
}

function major(digits: string, currency: string): string {
  return toDecimal({ amountMinor: BigInt(digits), currency });
}
