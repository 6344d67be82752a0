import { toDecimal } from '../../../shared/domain/money/money.ts';
import { textTable } from '../text-table.ts';
import type { PositionDayRow, PositionFigures, PositionGains, PositionReport } from './position.ts';

type Amounts = (amountMinor: string) => string;

/** The report as tables for people, in major units; by day too where they ask for it. */
export function positionText(report: PositionReport, withDays: boolean): string {
  const { currency, day, source } = report;
  const inReport: Amounts = (amountMinor) => major(amountMinor, currency);
  const sections = [
    [
      `Open positions on ${day}, valued in ${currency} at rates of ${source}`,
      '  Positive: conversions took more of it in than they gave. A positive difference is a gain.',
      ...textTable(columns, [...currencyRows(report, inReport), totalRow(report, inReport)]),
      ...leftOutLine(report),
    ],
    roundingLines(report, inReport),
    ...(withDays ? [dayLines(report, inReport)] : []),
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const gainColumns = ['rate changes', 'booked late', 'rounding'];
const columns = [
  'currency',
  'position',
  'rate',
  'of',
  'value',
  'cost',
  'difference',
  ...gainColumns,
];

function currencyRows({ positions }: PositionReport, inReport: Amounts): string[][] {
  return positions.map((row) => {
    const position = major(row.positionMinor, row.currency);
    if ('refused' in row) return [row.currency, position, row.refused];
    const { decimal, asOf } = row.rate;
    return [row.currency, position, decimal, asOf, ...figures(row, inReport)];
  });
}

function totalRow({ totals }: PositionReport, inReport: Amounts): string[] {
  return ['total', '', '', '', ...figures(totals, inReport)];
}

function figures(row: PositionFigures, inReport: Amounts): string[] {
  const { valueMinor, costMinor, differenceMinor } = row;
  return [...[valueMinor, costMinor, differenceMinor].map(inReport), ...gains(row, inReport)];
}

function gains(row: PositionGains, inReport: Amounts): string[] {
  return [row.rateChangeMinor, row.bookingMinor, row.roundingMinor].map(inReport);
}

function leftOutLine({ totals: { leftOut } }: PositionReport): string[] {
  return leftOut.length === 0 ? [] : [`  The total is without ${leftOut.join(', ')}.`];
}

function roundingLines({ roundingAccounts }: PositionReport, inReport: Amounts): string[] {
  if (roundingAccounts.length === 0) return [];
  const rows = roundingAccounts.map((row) => {
    const value = 'refused' in row ? row.refused : inReport(row.valueMinor);
    return [row.currency, major(row.balanceMinor, row.currency), value];
  });
  return [
    'Rounding accounts',
    '  Negative: what members got beyond whole minor units of an exact result.',
    ...textTable(['currency', 'balance', 'value'], rows),
  ];
}

function dayLines({ days }: PositionReport, inReport: Amounts): string[] {
  const rows = days.map((row: PositionDayRow) => [
    ...[row.day, row.currency, major(row.openingMinor, row.currency)],
    ...[major(row.flowMinor, row.currency), row.rateBefore ?? '', row.rateAfter],
    ...gains(row, inReport),
  ]);
  const named = ['day', 'currency', 'opening', 'flow', 'rate before', 'rate after'];
  return ['By currency and day', ...textTable([...named, ...gainColumns], rows)];
}

function major(amountMinor: string, currency: string): string {
  return toDecimal({ amountMinor: BigInt(amountMinor), currency });
}
