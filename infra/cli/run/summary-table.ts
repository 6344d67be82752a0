import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { toDecimal } from '../../../shared/domain/money/money.ts';
import type { RunSummary } from './run-pipeline.ts';

type Row = readonly [name: string, value: string];

/** The summary as a table for people. */
export function summaryTable(summary: RunSummary): string {
  const { events, ledger, redemptions } = summary;
  const sections: readonly (readonly [string, readonly Row[]])[] = [
    ['Events', [...counts(events), ...refusals(events.refused)]],
    ['Ledger', ledgerRows(summary)],
    ['Redemptions', [...counts(redemptions), ...refusals(redemptions.refused)]],
    ['Rewards delivered', rewardRows(summary)],
    ['Write units (mean, most)', unitRows(summary)],
    [
      'Run',
      [
        ['dead letters', String(summary.deadLetters)],
        ...deadLetterRows(summary),
        ['seconds', String(summary.seconds)],
        ['events a second', String(summary.eventsPerSecond)],
        ['books', ledger.balanced ? 'balanced' : 'NOT BALANCED'],
      ],
    ],
  ];
  const width = Math.max(...sections.flatMap(([, rows]) => rows.map(([name]) => name.length)));
  const text = sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => [title, ...rows.map((row) => `  ${row[0].padEnd(width)}  ${row[1]}`)]);
  return `${text.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function counts(counted: object): Row[] {
  return Object.entries(counted).flatMap(([name, value]): Row[] =>
    typeof value === 'number' ? [[name, String(value)]] : [],
  );
}

function refusals(refused: Readonly<Record<string, number>>): Row[] {
  return Object.entries(refused).map(([code, count]) => [`refused ${code}`, String(count)]);
}

function ledgerRows({ ledger, members }: RunSummary): Row[] {
  return [
    ['members', String(members)],
    ['entries', String(ledger.entries)],
    ...Object.entries(ledger.sumByUnit).map(([unit, sum]): Row => [`sum ${unit}`, sum]),
    ...Object.entries(ledger.liability).map(
      ([unit, sum]): Row => [`liability ${unit}`, amountText(sum, unit)],
    ),
  ];
}

/** Money in major units; JSON has minor units. */
function amountText(digits: string, unit: string): string {
  return isCurrency(unit) ? toDecimal({ amountMinor: BigInt(digits), currency: unit }) : digits;
}

function rewardRows({ rewards }: RunSummary): Row[] {
  return rewards.map(({ country, currency, provider, count, amountMinor }) => [
    `${country} ${currency} ${provider}`,
    `${count} worth ${amountMinor} minor units`,
  ]);
}

function deadLetterRows({ deadLettersByQueue }: RunSummary): Row[] {
  return deadLettersByQueue.map(({ count, lastCode, ...failed }) => [
    `  of ${failed.function}`,
    lastCode === undefined ? String(count) : `${count}, last fault ${lastCode}`,
  ]);
}

function unitRows({ writeUnits }: RunSummary): Row[] {
  return Object.entries(writeUnits).map(([name, { mean, max }]) => [name, `${mean}, ${max}`]);
}
