import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import type { ProgramReport } from '../../infra/cli/simulate/program-report.ts';

/** What `run` and `simulate` both say of a file. */
export function totals({ events, ledger, members }: RunSummary | ProgramReport) {
  return { events, ledger, members };
}
