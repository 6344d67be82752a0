import { formatInstant } from '../../../shared/domain/time.ts';
import type { EventCounts } from '../run/event-feed.ts';
import type { LedgerSummary } from '../run/ledger-summary.ts';
import { pointsByDecile } from './comparison.ts';
import { type DecileRow, decileRow } from './decile-row.ts';
import { type FirstReward, firstReward } from './first-reward.ts';
import { emptyUnitMonth, type UnitMonth } from './month-figures.ts';
import { wholeMinor, worthMinor } from './ratio.ts';
import type { ProgramSimulation } from './simulate-program.ts';
import { type Valuation, valuationOf } from './valuation.ts';
import { mainCurrency, type Worth, worths } from './worth.ts';

/** Amounts, points and percentages are texts. */
export interface MonthRow {
  /** Such as `2026-03`, in the program's zone. */
  readonly month: string;
  readonly unit: string;
  readonly issued: string;
  readonly returned: string;
  readonly expired: string;
  /** From migration, adjustments and conversions; negative: taken, donated. */
  readonly other: string;
  /** Spendable at the end of the month, debts deducted. */
  readonly liability: string;
  /** Not spendable yet, at the end of the month. */
  readonly pending: string;
  /** What the issued points are worth, where that is known; money is worth itself. */
  readonly costMinor: string | null;
}

export interface ProgramReport extends Valuation {
  readonly program: string;
  readonly name: string;
  readonly asOf: string;
  readonly currency: string;
  readonly events: EventCounts;
  readonly ledger: LedgerSummary;
  readonly members: number;
  readonly worth: readonly WorthRow[];
  readonly months: readonly MonthRow[];
  readonly totals: readonly Omit<MonthRow, 'month'>[];
  readonly spend: readonly SpendRow[];
  readonly firstReward: FirstReward | null;
  readonly tiers: Readonly<Record<string, number>> | null;
  readonly deciles: readonly DecileRow[];
  readonly budgets: readonly Readonly<Record<'budget' | 'points' | 'used', string>>[];
  readonly limits: readonly {
    readonly limit: string;
    readonly id: string;
    readonly count: number;
  }[];
  readonly reasons: Readonly<Record<string, number>>;
  readonly cases: Readonly<Record<string, number>>;
}

export interface WorthRow {
  readonly unit: string;
  readonly currency: string;
  readonly amountMinor: string;
  readonly points: string;
  /** `policy`, the reward whose price it is, or `money`, which is worth itself. */
  readonly from: 'policy' | 'money' | { readonly reward: string };
}

export interface SpendRow {
  readonly currency: string;
  readonly spentMinor: string;
  readonly returnedMinor: string;
}

export function programReport(simulation: ProgramSimulation): ProgramReport {
  const { program, asOf, events, ledger, memberCount, spend, tiers } = simulation;
  const units = [...new Set([...Object.keys(program.units), ...simulation.months.units()])];
  const told = worths(program, units);
  const { rows, totals } = monthRows(simulation, units, told);
  return {
    ...{ program: program.program, name: program.name, asOf: formatInstant(asOf) },
    ...{ currency: mainCurrency(program), events, ledger, members: memberCount },
    worth: told.map(worthRow),
    months: rows,
    totals: [...totals].map(([unit, total]) => unitRow(unit, total, told)),
    spend: [...spend].map(([currency, { spentMinor, returnedMinor }]) => ({
      ...{ currency, spentMinor: `${spentMinor}`, returnedMinor: `${returnedMinor}` },
    })),
    ...valuationOf(simulation, told),
    firstReward: firstReward(simulation) ?? null,
    tiers: tiers === undefined ? null : Object.fromEntries(tiers),
    deciles: pointsByDecile(simulation).map(decileRow),
    budgets: simulation.budgets.map(({ budget, points, used }) => ({
      ...{ budget, points: `${points}`, used: `${used}` },
    })),
    limits: simulation.limits,
    reasons: Object.fromEntries([...simulation.reasons].sort()),
    cases: Object.fromEntries([...simulation.cases].sort()),
  };
}

type Totals = ReadonlyMap<string, UnitMonth>;

/** A row for each month and unit; liability and pending are sums so far. */
function monthRows(
  { months }: ProgramSimulation,
  units: readonly string[],
  told: readonly Worth[],
): { readonly rows: MonthRow[]; readonly totals: Totals } {
  const totals = new Map(units.map((unit) => [unit, emptyUnitMonth()]));
  const rows: MonthRow[] = [];
  for (const [month, found] of months.months()) {
    for (const [unit, total] of totals) {
      const figures = found.get(unit) ?? emptyUnitMonth();
      for (const key of unitMonthKeys) total[key] += figures[key];
      const { spendable, pending } = total;
      rows.push({ month, ...unitRow(unit, { ...figures, spendable, pending }, told) });
    }
  }
  return { rows, totals };
}

const unitMonthKeys = Object.keys(emptyUnitMonth()) as (keyof UnitMonth)[];

function unitRow(
  unit: string,
  figures: UnitMonth,
  told: readonly Worth[],
): Omit<MonthRow, 'month'> {
  const { issued, returned, expired, other, spendable, pending } = figures;
  const worth = told.find((it) => it.unit === unit);
  return {
    ...{ unit, issued: `${issued}`, returned: `${returned}`, expired: `${expired}` },
    ...{ other: `${other}`, liability: `${spendable}`, pending: `${pending}` },
    costMinor: worth === undefined ? null : `${wholeMinor(worthMinor(issued, worth))}`,
  };
}

function worthRow({ unit, currency, amountMinor, points, reward }: Worth): WorthRow {
  const said = reward === undefined ? 'policy' : { reward };
  const from = unit === currency ? 'money' : said;
  return { unit, currency, amountMinor: `${amountMinor}`, points: `${points}`, from };
}
