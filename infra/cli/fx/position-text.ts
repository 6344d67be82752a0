import { toDecimal } from '../../../shared/domain/money/money.ts';
import { parseInstant } from '../../../shared/domain/time.ts';
import { endOfDay } from '../run/as-of.ts';
import { textTable } from '../text-table.ts';
import { decimalOfRatio } from './decimal-text.ts';
import type {
  PositionDayRow,
  PositionFigures,
  PositionGains,
  PositionReport,
} from './position-report.ts';
import { stateIsAt } from './refused-rate.ts';

type Amounts = (amountMinor: string) => string;

/** The report as tables for people, in major units; by day too where they ask for it. */
export function positionText(report: PositionReport, withDays: boolean): string {
  const { currency, day, ratesUntil, source } = report;
  const inReport: Amounts = (amountMinor) => major(amountMinor, currency);
  const sections = [
    [
      `Open positions ${timeOf(report)}, valued in ${currency} at rates of ${source}`,
      `  Rates: ${currency} for one of the other, with at most 12 significant digits.`,
      ...(ratesUntil < day ? [`  ${stateIsAt(ratesUntil)}`] : []),
      ...explanations,
      ...textTable(columns, [...currencyRows(report, inReport), totalRow(report, inReport)]),
      ...leftOutLine(report),
    ],
    roundingLines(report, inReport),
    resultLines(report, inReport),
    ...(withDays ? [dayLines(report, inReport)] : []),
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const explanations = [
  '  Positive: conversions took more of it in than they gave. A positive difference is a gain.',
  '  Rate changes: what rates have moved since the day of posting.',
  '  Booked late: what they had moved by then since the event, at whose rate it was converted;',
  "  a run posts at the end of each of the program's periods.",
  '  Rounding: positions are in whole minor units; what conversions cut off is a gain here.',
];

/** All of a day is meant where its last instant is. */
function timeOf({ asOf, day, timeZone }: PositionReport): string {
  const isWholeDay = parseInstant(asOf) === endOfDay(day, timeZone);
  return isWholeDay ? `at the end of ${day} (${timeZone})` : `at ${asOf}`;
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
    '  Negative: minor units that members got where a fraction, cut off above, was rounded up.',
    '  Both count in the result: the gain of the column above, and this that was given of it.',
    ...textTable(['currency', 'balance', 'value'], rows),
  ];
}

function resultLines({ roundingAccounts, totals }: PositionReport, inReport: Amounts): string[] {
  if (roundingAccounts.length === 0) return [];
  const { differenceMinor, roundingAccountsMinor, resultMinor, leftOut } = totals;
  const without = leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`;
  const [difference, accounts, result] = [differenceMinor, roundingAccountsMinor, resultMinor].map(
    inReport,
  );
  return [
    `Result${without}: difference ${difference} and rounding accounts ${accounts} are ${result}`,
  ];
}

function dayLines({ days }: PositionReport, inReport: Amounts): string[] {
  const rows = days.map((row: PositionDayRow) => [
    ...[row.day, row.currency, major(row.openingMinor, row.currency)],
    ...[major(row.flowMinor, row.currency), ...ratesOf(row)],
    ...gains(row, inReport),
  ]);
  const named = ['day', 'currency', 'opening', 'flow', 'rate before', 'rate after'];
  return ['By currency and day', ...textTable([...named, ...gainColumns], rows)];
}

function ratesOf({ rateBefore, rateAfter }: PositionDayRow): string[] {
  return [rateBefore === null ? '' : decimalOfRatio(rateBefore), decimalOfRatio(rateAfter)];
}

function major(amountMinor: string, currency: string): string {
  return toDecimal({ amountMinor: BigInt(amountMinor), currency });
}
