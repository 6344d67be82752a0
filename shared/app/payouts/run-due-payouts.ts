import { windowStart } from '../../domain/calendar.ts';
import { programAt } from '../../domain/program/version.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { type Instant, localDateAt } from '../../domain/time.ts';
import type { PayMemberDependencies } from './paying-run.ts';
import { type RunResult, runPayouts } from './run-payouts.ts';

/** Who asks for the runs that nobody asks for. */
const requestedBy = 'schedule';

/**
 * Runs a program's payouts where it is time by its own calendar; `undefined` where it is not. A run
 * begins on the first day of its period and has that day's name; one that did not get to its end
 * goes on as long as the period lasts. Refusals: those of `runPayouts`.
 */
export async function runDuePayouts(
  dependencies: PayMemberDependencies,
  { program, until }: { readonly program: string; readonly until: Instant },
): Promise<Result<RunResult, Refusal> | undefined> {
  const { clock, payouts, programs } = dependencies;
  const now = clock.now();
  const current = programAt(await programs.load(program), now);
  const every = current?.payouts?.every;
  if (current === undefined || every === undefined) return undefined;
  const today = localDateAt(now, current.timeZone);
  const run = windowStart(every, today) ?? today;
  const begun = await payouts.readRun(program, run);
  const isDue = begun === undefined ? run === today : begun.state === 'running';
  if (!isDue) return undefined;
  const asOf = begun?.asOf ?? now;
  return runPayouts(dependencies, { program, run, asOf, requestedBy, until });
}
