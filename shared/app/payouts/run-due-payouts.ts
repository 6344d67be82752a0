import { windowStart } from '../../domain/calendar.ts';
import type { PayoutPolicy } from '../../domain/payout/policy.ts';
import { type PublishedProgram, programAt, versionAt } from '../../domain/program/version.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import {
  addDays,
  addMs,
  type Instant,
  type LocalDate,
  localDateAt,
  startOfDay,
} from '../../domain/time.ts';
import type { PayMemberDependencies } from './paying-run.ts';
import { type RunResult, runPayouts } from './run-payouts.ts';

/** Who asks for the runs that nobody asks for. */
const requestedBy = 'schedule';

/**
 * Runs a program's payouts where it is time by its own calendar; `undefined` where it is not. A run
 * begins on the first day of its period and has that day's name, or later where it should have
 * begun and did not; one that did not get to its end goes on as long as the period lasts. Refusals:
 * those of `runPayouts`.
 */
export async function runDuePayouts(
  dependencies: PayMemberDependencies,
  { program, until }: { readonly program: string; readonly until: Instant },
): Promise<Result<RunResult, Refusal> | undefined> {
  const { clock, payouts, programs } = dependencies;
  const now = clock.now();
  const versions = await programs.load(program);
  const current = programAt(versions, now);
  const every = current?.payouts?.every;
  if (current === undefined || every === undefined) return undefined;
  const { timeZone } = current;
  const today = localDateAt(now, timeZone);
  const run = windowStart(every, today) ?? today;
  const begun = await payouts.readRun(program, run);
  if (begun?.state === 'done') return undefined;
  const period = { program, run, every, timeZone };
  const isDue = begun !== undefined || run === today;
  if (!isDue && !(await wasMissed(dependencies, versions, period))) return undefined;
  const asOf = begun?.asOf ?? now;
  return runPayouts(dependencies, { program, run, asOf, requestedBy, until });
}

interface Period {
  readonly program: string;
  /** Its first day. */
  readonly run: LocalDate;
  readonly every: NonNullable<PayoutPolicy['every']>;
  readonly timeZone: string;
}

/**
 * Whether the program paid by this period on its first day already. All versions but the first are
 * published before they are in force; the first one may say that it always was, which is believed
 * where the period before has had its run.
 */
async function wasMissed(
  { payouts }: Pick<PayMemberDependencies, 'payouts'>,
  versions: PublishedProgram | undefined,
  { program, run, every, timeZone }: Period,
): Promise<boolean> {
  const version = versionAt(versions, addMs(startOfDay(addDays(run, 1), timeZone), -1));
  if (version?.program.payouts?.every !== every) return false;
  if (version !== versions?.[0]) return true;
  const before = windowStart(every, addDays(run, -1));
  return before !== undefined && (await payouts.readRun(program, before)) !== undefined;
}
