import { type Comparison, compare, type Measure } from './comparison.ts';
import { type DecileRow, decileRow } from './decile-row.ts';
import { type ProgramReport, programReport } from './program-report.ts';
import type { ProgramSimulation } from './simulate-program.ts';

/** Members against the old program, in what the measure says. */
export interface ComparisonReport {
  readonly measure: Measure;
  readonly up: number;
  readonly down: number;
  readonly same: number;
  readonly deciles: readonly DecileRow[];
  readonly losers: readonly Readonly<
    Record<'member' | 'spendMinor' | 'before' | 'after' | 'change', string>
  >[];
}

/** What `program simulate` prints. Amounts, points and percentages are texts. */
export interface SimulationReport {
  readonly new: ProgramReport;
  readonly old: ProgramReport | null;
  /** Null without an old program, or where nothing of the two compares. */
  readonly comparison: ComparisonReport | null;
}

export function simulationReport(
  next: ProgramSimulation,
  old: ProgramSimulation | undefined,
): SimulationReport {
  const comparison = old && compare(next, old);
  return {
    new: programReport(next),
    old: old === undefined ? null : programReport(old),
    comparison: comparison === undefined ? null : comparisonReport(comparison),
  };
}

function comparisonReport({ deciles, losers, ...rest }: Comparison): ComparisonReport {
  return {
    ...rest,
    deciles: deciles.map(decileRow),
    losers: losers.map(({ member, spendMinor, before, after }) => ({
      ...{ member, spendMinor: `${spendMinor}`, before: `${before}`, after: `${after}` },
      change: `${after - before}`,
    })),
  };
}
