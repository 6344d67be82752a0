import type { Chart, Series } from './charts.ts';
import { columnName } from './overview.ts';
import type { MonthRow, ProgramReport } from './program-report.ts';
import type { SimulationReport } from './report.ts';
import type { Topic } from './section.ts';
import { amount, measureInWords, unitOf } from './words.ts';

/** The charts of a report, by the topic of the section that they stand in. */
export function chartsOf(
  report: SimulationReport,
): ReadonlyMap<Topic | undefined, readonly Chart[]> {
  const programs = report.old === null ? [report.new] : [report.new, report.old];
  return new Map<Topic | undefined, readonly Chart[]>([
    ['months', monthCharts(programs)],
    ['tiers', tierCharts(programs)],
    ['spend', spendCharts(report.new)],
    ['winners', winnerCharts(report)],
  ]);
}

function monthCharts(programs: readonly ProgramReport[]): Chart[] {
  const labels = [...new Set(programs.flatMap((it) => it.months.map((row) => row.month)))].sort();
  const units = new Set(programs.flatMap(({ totals }) => totals.map(({ unit }) => unit)));
  return [...units].flatMap((unit): Chart[] => {
    const of = (figureOf: (row: MonthRow) => bigint): Series[] =>
      programs.map(({ months }, index) => ({
        name: columnName(index),
        values: byMonth(months, unit, labels).map((row) =>
          row === undefined ? 0n : figureOf(row),
        ),
      }));
    const frame = { unit, labels, written: writtenIn(unit) };
    return [
      {
        ...{ ...frame, id: `issued-${unit}`, title: `${unit} issued`, kind: 'bars' },
        series: of(({ issued }) => BigInt(issued)),
      },
      ...costCharts(programs, unit, {
        labels,
        series: of(({ costMinor }) => BigInt(costMinor ?? 0)),
      }),
      {
        ...{ ...frame, id: `liability-${unit}`, kind: 'lines' },
        title: `${unit} liability at the end of the month`,
        series: of(({ liability }) => BigInt(liability)),
      },
    ];
  });
}

function byMonth(
  rows: readonly MonthRow[],
  unit: string,
  labels: readonly string[],
): (MonthRow | undefined)[] {
  const own = new Map(rows.filter((row) => row.unit === unit).map((row) => [row.month, row]));
  return labels.map((label) => own.get(label));
}

function writtenIn(unit: string): (value: bigint) => string {
  return (value) => amount(`${value}`, unit);
}

/** Only where every program counts the unit in one currency. */
function costCharts(
  programs: readonly ProgramReport[],
  unit: string,
  drawn: Pick<Chart, 'labels' | 'series'>,
): Chart[] {
  const currencies = new Set(
    programs.map(({ worth }) => worth.find((it) => it.unit === unit)?.currency),
  );
  const [currency, ...others] = currencies;
  // What money costs is what was issued of it.
  if (currency === undefined || currency === unit || others.length > 0) return [];
  return [
    {
      ...{ ...drawn, id: `cost-${unit}`, title: `Cost of ${unit} issued`, unit: currency },
      written: writtenIn(currency),
      kind: 'bars',
    },
  ];
}

function tierCharts(programs: readonly ProgramReport[]): Chart[] {
  const labels = [...new Set(programs.flatMap(({ tiers }) => Object.keys(tiers ?? {})))];
  const series = programs.flatMap(({ tiers }, index) => {
    if (tiers === null) return [];
    const values = labels.map((level) => BigInt(tiers[level] ?? 0));
    return [{ name: columnName(index), values }];
  });
  if (labels.length === 0) return [];
  return [
    { id: 'tiers', title: 'Members by level', unit: 'members', labels, series, kind: 'bars' },
  ];
}

function spendCharts({ deciles, totals }: ProgramReport): Chart[] {
  const unit = totals[0]?.unit ?? 'points';
  return [
    {
      ...{ id: 'deciles', title: `${unit} by tenth of spend`, unit, kind: 'bars' },
      written: writtenIn(unit),
      labels: deciles.map(({ decile }) => `${decile}`),
      series: [{ name: unit, values: deciles.map(({ sum }) => BigInt(sum)) }],
    },
  ];
}

function winnerCharts({ comparison }: SimulationReport): Chart[] {
  if (comparison === null) return [];
  const { deciles, measure } = comparison;
  const labels = deciles.map(({ decile }) => `${decile}`);
  const differences = deciles.map(({ sum }) => BigInt(sum));
  return [
    {
      ...{ id: 'difference', title: 'New less old', unit: measureInWords(measure), labels },
      series: [{ name: 'difference', values: differences }],
      written: writtenIn(unitOf(measure)),
      kind: 'bars',
    },
    {
      ...{ id: 'directions', title: 'Members who gain and who lose', unit: 'members', labels },
      series: [
        { name: 'gain', values: deciles.map(({ up }) => BigInt(up)) },
        { name: 'lose', values: deciles.map(({ down }) => BigInt(down)) },
      ],
      kind: 'bars',
    },
  ];
}
